"""Which folder is which artist: by path, by a name that only differs in spelling, or by what its NFO says."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from artists.folders.storable import storable

Thing = TypeVar("Thing")
First = TypeVar("First")
Second = TypeVar("Second")


class KnownArtist(NamedTuple):
    """What a scan remembers of a stored artist. `path` in storable spelling; `is_member` of the library at hand."""

    pk: int
    path: str
    stamp: str
    is_missing: bool
    is_member: bool = False


@dataclass(slots=True)
class Sight:
    """One artist folder of a root: its name on disk, its storable path, and the artist it belongs to, if any."""

    name: str
    path: str
    artist: KnownArtist | None = None

    @property
    def moved(self) -> bool:
        return self.artist is not None and self.artist.path != self.path


def sights(root: str, names: Iterable[str], known: Iterable[KnownArtist]) -> tuple[list[Sight], list[KnownArtist]]:
    """The folders of a root (storable path) with their artists, and the artists whose folders are not there.

    A folder that has no artist of its own takes one whose folder is gone and was spelled alike: file systems
    change case and Unicode composition on their own. Two folders that both exist stay two artists.
    """
    by_path = {artist.path: artist for artist in known}
    found = [Sight(name, path, by_path.pop(path, None)) for name in names if (path := f"{root}/{storable(name)}")]
    strangers = [(sight, spelling(sight.path)) for sight in found if sight.artist is None]
    for sight, artist in pairs(strangers, [(artist, spelling(path)) for path, artist in by_path.items()]):
        sight.artist = by_path.pop(artist.path)
    return found, list(by_path.values())


def pairs(first: Iterable[tuple[First, str]], second: Iterable[tuple[Second, str]]) -> list[tuple[First, Second]]:
    """Things that share a mark which nothing else has; where two on one side have it, nobody is paired."""
    by_mark = _only_ones(second)
    return [(thing, by_mark[mark]) for mark, thing in _only_ones(first).items() if mark in by_mark]


def spelling(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def twin_names(names: Sequence[str]) -> set[str]:
    """Names that differ from another one in case or Unicode composition alone."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[spelling(name)].append(name)
    return {name for group in groups.values() if len(group) > 1 for name in group}


def _only_ones(marked: Iterable[tuple[Thing, str]]) -> dict[str, Thing]:
    groups: dict[str, list[Thing]] = defaultdict(list)
    for thing, mark in marked:
        if mark:
            groups[mark].append(thing)
    return {mark: things[0] for mark, things in groups.items() if len(things) == 1}
