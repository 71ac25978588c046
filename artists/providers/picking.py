"""Which of several candidates may be linked without a person, by the mode of a bulk run: pure.

| mode            | is linked alone                                                 | is left for a person             |
|-----------------|-----------------------------------------------------------------|----------------------------------|
| prompt_no_match | nobody; nothing is even searched                                | every artist without an MBID     |
| auto_exact      | the only entry of exactly this name                             | no or several such entries       |
| auto_similar    | that, or the only entry about alike whose albums agree by 70 %  | alike, but no albums to prove it |
| yolo            | that, or the best entry about alike, proven by albums or not    | nobody alike, or two equally     |

"About alike" is the threshold of provider.name_similarity_threshold. No mode links what the artist's own albums or
tags contradict (bug 19), a name that another artist of the library has too without albums that prove it (bug 20), or
over an MBID that is stored (bug 18: nobody is searched then).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from artists.matching.albums import AlbumOverlap
from artists.matching.similarity import identity_key, name_score
from artists.providers.answers import SearchHit

PROMPT_NO_MATCH, AUTO_EXACT, AUTO_SIMILAR, YOLO = "prompt_no_match", "auto_exact", "auto_similar", "yolo"
MODES: Mapping[str, str] = {
    PROMPT_NO_MATCH: "Ask me about everybody without an ID",
    AUTO_EXACT: "Link where exactly one entry has this name",
    AUTO_SIMILAR: "Also link a similar name that the albums prove",
    YOLO: "Link the best similar name",
}
"""From the most careful to the least; the words are the page's."""

NOBODY, NOBODY_ALIKE = "MusicBrainz has nobody of this name", "no entry has a name alike"

PROVEN_BY = 70
"""Percent of the local albums that an entry has to have (behaviour.md 5)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom we look for. `tagged`: the MBIDs that the audio files name; `unique`: nobody else here has this name."""

    name: str
    threshold: int
    tagged: frozenset[str] = frozenset()
    unique: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """One candidate with what speaks for and against it. `albums` in percent; None: there was nothing to compare."""

    hit: SearchHit
    likeness: int
    is_exact: bool
    albums: int | None
    contradicted: bool

    @property
    def is_proven(self) -> bool:
        return self.albums is not None and self.albums >= PROVEN_BY

    @property
    def rank(self) -> tuple[int, int, int]:
        return (self.albums or 0, self.likeness, self.hit.score)


@dataclass(frozen=True, slots=True)
class Pick:
    """The entry to link, or None; `why` tells the evidence, or why a person has to choose."""

    hit: SearchHit | None
    why: str


def pick(mode: str, wanted: Wanted, candidates: Sequence[tuple[SearchHit, AlbumOverlap | None]]) -> Pick:
    """The decision of one mode."""
    if mode == PROMPT_NO_MATCH:
        return Pick(None, "it has no MusicBrainz ID")
    if not identity_key(wanted.name):
        return Pick(None, "this is no name to search for")
    entries = _entries(wanted, candidates)
    if not entries:
        return Pick(None, NOBODY)
    for way in _WAYS[mode]:
        chosen = way(wanted, entries)
        if chosen is not None:
            return Pick(chosen.hit, _evidence(chosen))
    return Pick(None, _doubt(wanted, entries))


def _entries(wanted: Wanted, candidates: Sequence[tuple[SearchHit, AlbumOverlap | None]]) -> list[Entry]:
    """Each MBID once, in the order in which they were found."""
    found: dict[str, Entry] = {}
    for hit, overlap in candidates:
        if hit.musicbrainz_id:
            found.setdefault(hit.musicbrainz_id.lower(), _entry(wanted, hit, overlap))
    return list(found.values())


def _entry(wanted: Wanted, hit: SearchHit, overlap: AlbumOverlap | None) -> Entry:
    compared = overlap is not None and overlap.local_count and overlap.remote_count
    albums = overlap.percent if overlap is not None and compared else None
    denied = bool(wanted.tagged) and hit.musicbrainz_id.lower() not in wanted.tagged
    return Entry(
        hit,
        likeness=max(name_score(wanted.name, name) for name in (hit.name, hit.sort_name or hit.name, *hit.aliases)),
        is_exact=identity_key(hit.name) == identity_key(wanted.name),
        albums=albums,
        contradicted=denied or albums == 0,
    )


def _by_exact_name(wanted: Wanted, entries: Sequence[Entry]) -> Entry | None:
    """A namesake is a rival even where its albums contradict: the albums here may be those of both."""
    exact = [entry for entry in entries if entry.is_exact]
    alone = len(exact) == 1 and wanted.unique and not exact[0].contradicted
    return exact[0] if alone else None


def _by_albums(wanted: Wanted, entries: Sequence[Entry]) -> Entry | None:
    proven = [entry for entry in _alike(wanted, entries) if entry.is_proven]
    return proven[0] if len(proven) == 1 else None


def _by_best(wanted: Wanted, entries: Sequence[Entry]) -> Entry | None:
    if not wanted.unique:
        return None
    ranked = sorted(_alike(wanted, entries), key=lambda entry: entry.rank, reverse=True)
    tied = len(ranked) > 1 and ranked[0].rank == ranked[1].rank
    return ranked[0] if ranked and not tied else None


Way = Callable[[Wanted, Sequence[Entry]], Entry | None]
_WAYS: Mapping[str, tuple[Way, ...]] = {
    AUTO_EXACT: (_by_exact_name,),
    AUTO_SIMILAR: (_by_exact_name, _by_albums),
    YOLO: (_by_exact_name, _by_albums, _by_best),
}


def _alike(wanted: Wanted, entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.likeness >= wanted.threshold and not entry.contradicted]


def _evidence(entry: Entry) -> str:
    name = "the same name" if entry.is_exact else f"{entry.hit.name}, a name {entry.likeness} % alike"
    return name if entry.albums is None else f"{name}, {entry.albums} % of the albums"


def _doubt(wanted: Wanted, entries: Sequence[Entry]) -> str:
    exact = [entry for entry in entries if entry.is_exact]
    if not wanted.unique:
        return "another artist here has the same name"
    if any(entry.contradicted for entry in exact):
        return "the albums here contradict the entry of this name"
    if len(exact) > 1:
        return f"{len(exact)} entries have this name"
    if _alike(wanted, entries):
        return f"similar names only, such as {entries[0].hit.name}"
    return NOBODY_ALIKE
