"""Compares the albums that somebody owns with those that a provider lists: evidence of who an artist is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from artists.matching.similarity import normalise

_YEAR_AROUND = re.compile(r"^[\[(]?(?:19|20)\d\d[\])]?\s*[-–._ ]\s*(?=\S)|\s*[\[(](?:19|20)\d\d[^\])]*[\])]\s*$")
_TRAILING_BRACKET = re.compile(r"(?<=\S)\s*\[[^\[\]]*\]\s*$")


@dataclass(frozen=True, slots=True)
class AlbumOverlap:
    """Titles as they are written on either side; `percent` is the share of the local ones that the other side has."""

    matches: tuple[str, ...]
    local_only: tuple[str, ...]
    remote_only: tuple[str, ...]

    @property
    def local_count(self) -> int:
        return len(self.matches) + len(self.local_only)

    @property
    def remote_count(self) -> int:
        return len(self.matches) + len(self.remote_only)

    @property
    def percent(self) -> int:
        return round(100 * len(self.matches) / self.local_count) if self.local_count else 0


def compare_albums(local: Iterable[str], remote: Iterable[str]) -> AlbumOverlap:
    """Each title once, in the order given; compared without case, punctuation, editions and years around it."""
    ours, theirs = _by_key(local), _by_key(remote)
    return AlbumOverlap(
        matches=tuple(title for key, title in ours.items() if key in theirs),
        local_only=tuple(title for key, title in ours.items() if key not in theirs),
        remote_only=tuple(title for key, title in theirs.items() if key not in ours),
    )


def album_key(title: str) -> str:
    """The form in which titles are compared: `1999 - Lamp Weather (Remaster) [FLAC]` is lamp weather."""
    bare = _TRAILING_BRACKET.sub("", title.strip())
    return normalise(_YEAR_AROUND.sub("", bare) or bare)


def _by_key(titles: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for title in titles:
        if key := album_key(title):
            found.setdefault(key, title)
    return found
