"""Takes stock of one artist's folder from its directory entries alone: NFO, pictures per slot, strangers, oddities."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from artists.folders.lookup import Fanart, Lookup, lookup_for
from artists.folders.naming import EXTENSIONS, ImageNaming, fanart_name, fold, split_name

NFO_NAME = "artist.nfo"
_PICTURES = (*EXTENSIONS, ".webp")
_EXTRA_FOLDERS = frozenset({"extrafanart", "extrathumbs"})


class FolderEntry(NamedTuple):
    """One name in a folder; regular, size (bytes) and time (ns) are those of a link's target, if there is one."""

    name: str
    is_regular_file: bool = True
    size: int = 1
    mtime_ns: int = 0
    is_symlink: bool = False
    is_there: bool = True


class ImageSlot(NamedTuple):
    """Which file is the picture of a slot; only fanart has slots above 0."""

    kind: str
    slot: int
    entry: FolderEntry


class SequenceProblem(NamedTuple):
    """A numbered fanart that is not called as its place demands."""

    found: str
    expected: str


class Oddity(NamedTuple):
    """Something a person may want to look at; nothing was lost by it."""

    name: str
    note: str


@dataclass(frozen=True, slots=True)
class FolderInventory:
    """What a folder holds. `fanart_count` counts pictures, whichever family of names they carry."""

    nfo: FolderEntry | None = None
    other_nfos: tuple[FolderEntry, ...] = ()
    images: tuple[ImageSlot, ...] = ()
    sequence_problems: tuple[SequenceProblem, ...] = ()
    extraneous: tuple[FolderEntry, ...] = ()
    oddities: tuple[Oddity, ...] = ()

    def image(self, kind: str, slot: int = 0) -> FolderEntry | None:
        return next((image.entry for image in self.images if image.kind == kind and image.slot == slot), None)

    @property
    def fanart_count(self) -> int:
        return sum(image.kind == "fanart" for image in self.images)


@dataclass(slots=True)
class _Found:
    nfos: list[FolderEntry] = field(default_factory=list)
    singles: dict[str, list[tuple[int, FolderEntry]]] = field(default_factory=lambda: defaultdict(list))
    fanart: dict[tuple[int, int], list[tuple[int, FolderEntry]]] = field(default_factory=lambda: defaultdict(list))
    extraneous: list[FolderEntry] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)


def take_inventory(
    entries: Iterable[FolderEntry],
    naming: ImageNaming,
    *,
    follow_links: bool = True,
    also_allowed: Sequence[ImageNaming] = (),
) -> FolderInventory:
    """Sort the entries of one folder; the same entries in any order give the same answer.

    Names of the active profile count, and the names that other players use count as well. Where several
    files fit one slot the profile's own name wins, then the usual order, then a file that is not empty.
    With `follow_links` false, links are reported and not counted. `also_allowed` holds the other profiles'
    names for a folder that is shared with other programs.
    """
    lookup = lookup_for(naming, tuple(also_allowed))
    found = _Found()
    for entry in entries:
        _sort_entry(entry, lookup, found, follow_links)
    nfos = sorted(found.nfos, key=lambda entry: (entry.name != NFO_NAME, entry.size == 0, entry.name))
    images = [ImageSlot(kind, 0, _pick(found.singles[kind], found)) for kind in sorted(found.singles)]
    return FolderInventory(
        nfo=nfos[0] if nfos else None,
        other_nfos=tuple(nfos[1:]),
        images=(*images, *_fanart_slots(lookup, found)),
        sequence_problems=_sequence_problems(naming, found),
        extraneous=tuple(sorted(found.extraneous)),
        oddities=tuple(sorted(found.oddities)),
    )


def is_picture(name: str) -> bool:
    """Whether a file is called as a picture, one that players look for or not."""
    return fold(name).endswith(_PICTURES)


def _sort_entry(entry: FolderEntry, lookup: Lookup, found: _Found, follow_links: bool) -> None:
    folded = fold(entry.name)
    is_nfo, extension = folded == NFO_NAME, split_name(folded)[1]
    if folded in _EXTRA_FOLDERS:
        found.oddities.append(Oddity(entry.name, "pictures in this folder are not counted"))
    if folded.startswith(".") or not (is_nfo or extension in EXTENSIONS or extension == ".webp"):
        return
    if problem := _unusable(entry, follow_links):
        found.oddities.append(Oddity(entry.name, problem))
    elif is_nfo:
        found.nfos.append(entry)
    else:
        _sort_picture(entry, folded, lookup, found)


def _sort_picture(entry: FolderEntry, folded: str, lookup: Lookup, found: _Found) -> None:
    rank = lookup.ranks.get(folded)
    fanart: Fanart | None = None if rank else lookup.fanart(folded)
    if rank:
        found.singles[rank[0]].append((rank[1], entry))
    elif fanart:
        found.fanart[fanart.family, fanart.number].append((fanart.preference, entry))
    elif folded.endswith(".webp"):
        if folded.removesuffix(".webp") + ".jpg" in lookup.allowed:
            found.oddities.append(Oddity(entry.name, "players look for .jpg or .png, not for .webp"))
    elif folded not in lookup.allowed:
        found.extraneous.append(entry)


def _unusable(entry: FolderEntry, follow_links: bool) -> str:
    if entry.is_symlink and not follow_links:
        return "a link, which is not followed"
    if not entry.is_regular_file:
        return "not a regular file" if not entry.is_symlink else _unusable_link(entry)
    return ""


def _unusable_link(entry: FolderEntry) -> str:
    return "a link to what is no regular file" if entry.is_there else "a broken link"


def _pick(candidates: list[tuple[int, FolderEntry]], found: _Found) -> FolderEntry:
    """The best file of a slot: not empty, best name, then by spelling; the others are noted."""
    ranked = sorted(candidates, key=lambda item: (item[1].size == 0, item[0], item[1].name.swapcase()))
    best = ranked[0][1]
    if best.size == 0:
        found.oddities.append(Oddity(best.name, "the file is empty"))
    found.oddities += [Oddity(entry.name, f"{best.name} is used instead") for _, entry in ranked[1:]]
    return best


def _fanart_slots(lookup: Lookup, found: _Found) -> list[ImageSlot]:
    """The profile's own family, by number, then families of other players' names.

    Further names of the profile hold copies of the same pictures, so they only stand in where the
    names before them are absent.
    """
    chosen = {key: _pick(candidates, found) for key, candidates in sorted(found.fanart.items())}
    own = min((family for family, _ in chosen if family < lookup.profile_families), default=-1)
    used = [entry for (family, _), entry in chosen.items() if family == own or family >= lookup.profile_families]
    return [ImageSlot("fanart", slot, entry) for slot, entry in enumerate(used)]


def _sequence_problems(naming: ImageNaming, found: _Found) -> tuple[SequenceProblem, ...]:
    """Where the profile's own fanart, sorted by number, departs from the names it should have; extensions are free."""
    numbers = sorted(number for family, number in found.fanart if family == 0)
    problems = []
    for index, number in enumerate(numbers):
        name = min(found.fanart[0, number])[1].name
        base, extension = split_name(name)
        expected = split_name(fanart_name(naming.primary("fanart"), index, naming.kodi_numbering))[0]
        if fold(base) != fold(expected):
            problems.append(SequenceProblem(name, expected + extension))
    return tuple(problems)
