"""Decides who an artist is from evidence, strongest first: the files' tags, a server's entry, albums, the name. Pure.

Each tier gives a Decision, or None where it has nothing to say and the next one is asked. Thresholds: behaviour.md 5;
stricter than there where namesakes would be mixed (users-and-risks.md 1, bugs 18 to 21).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from artists.matching.albums import AlbumOverlap
from artists.matching.similarity import identity_key, search_key
from artists.providers.answers import SearchHit

Verdict = Literal["link", "queue", "unmatched", "not_asked"]
Tier = Literal["", "tags", "connection", "album", "name", "wizard"]

SURE_ALBUMS, SOME_ALBUMS = 70, 30
"""Percent of the local albums that the candidate has: enough to link, and enough to show to a person."""
LEAST_LIKE = 60
"""How alike (0 to 100) the name must be for albums to count: everybody has a Greatest Hits."""
SURE_NAME, NEAR_NAME = 90, 80
"""The score (0 to 100) that a lone hit needs, and the one that makes another hit its rival."""
LEAST_CONFIDENCE = 0.3
"""Of score / 200: below it nobody is shown."""
MOST_COMPARED = 3
MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody the artist may be; `albums` is None where there was nothing to compare."""

    hit: SearchHit
    confidence: float = 0.0
    reason: str = ""
    albums: AlbumOverlap | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do and why. `evidence` is plain data: numbers, titles, the rival. `machine_picked`: by name alone."""

    verdict: Verdict
    tier: Tier = ""
    reason: str = ""
    mbid: str = ""
    discogs_id: str = ""
    candidates: tuple[Candidate, ...] = ()
    evidence: Mapping[str, Any] = field(default_factory=dict)
    machine_picked: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What a server's library says about an artist of this name."""

    name: str
    mbid: str
    discogs_id: str = ""
    library: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is to be identified. `has_namesake`: another artist of the library is called the same."""

    name: str
    disambiguation: str = ""
    has_namesake: bool = False

    @property
    def is_nameless(self) -> bool:
        return not identity_key(self.name)


def by_tags(subject: Subject, claims: Mapping[str, int], albums: int, *, in_conflict: bool) -> Decision | None:
    """The MBIDs that the album folders' own tags name, with how many of `albums` name each."""
    if not claims:
        return None
    ranked = sorted(claims.items(), key=lambda pair: (-pair[1], pair[0]))
    evidence = {"claims": dict(ranked), "albums": albums}
    is_tied = len(ranked) > 1 and ranked[0][1] == ranked[1][1]
    if in_conflict or is_tied:
        shown = tuple(_claimed(subject, mbid, count, albums) for mbid, count in ranked[:MOST_SHOWN])
        return Decision("queue", "tags", "the albums' tags name different artists", candidates=shown, evidence=evidence)
    mbid, count = ranked[0]
    reason = f"the tags of {count} of {albums} albums name this artist"
    return Decision(
        "link", "tags", reason, mbid, candidates=(_claimed(subject, mbid, count, albums),), evidence=evidence
    )


def by_connection(subject: Subject, entries: Sequence[Entry]) -> Decision | None:
    """The entries of servers' libraries with this name: they have to agree, and nobody else may be called so."""
    mbids = sorted({entry.mbid.lower() for entry in entries if entry.mbid})
    if not mbids or subject.is_nameless:
        return None
    libraries = sorted({entry.library for entry in entries if entry.library})
    evidence = {"mbids": mbids, "libraries": libraries}
    shown = tuple(_entered(entries, mbid) for mbid in mbids[:MOST_SHOWN])
    if len(mbids) > 1:
        return Decision(
            "queue", "connection", "servers know several artists of this name", candidates=shown, evidence=evidence
        )
    if subject.has_namesake:
        return Decision("queue", "connection", _NAMESAKE, candidates=shown, evidence=evidence)
    discogs = {entry.discogs_id for entry in entries if entry.discogs_id}
    reason = f"{', '.join(libraries) or 'a server'} has an artist of this name with this MusicBrainz ID"
    discogs_id = discogs.pop() if len(discogs) == 1 else ""
    return Decision("link", "connection", reason, mbids[0], discogs_id, shown, evidence)


def by_albums(candidates: Sequence[Candidate]) -> Decision | None:
    """Hits whose albums were compared with the local ones; None where no one has enough of them."""
    compared = [each for each in candidates if each.albums is not None and each.hit.score >= LEAST_LIKE]
    some = [each for each in compared if _percent(each) >= SOME_ALBUMS]
    if not some:
        return None
    sure = [each for each in some if _percent(each) >= SURE_ALBUMS]
    shown = tuple(_with_album_reason(each) for each in _best_first(candidates))[:MOST_SHOWN]
    evidence = {"percent": {each.hit.musicbrainz_id: _percent(each) for each in compared}}
    if len(sure) == 1:
        found = sure[0]
        reason = f"{_share(found)} of the albums here are theirs"
        return Decision("link", "album", reason, found.hit.musicbrainz_id, candidates=shown, evidence=evidence)
    reason = "several artists have most of these albums" if sure else "only some of the albums here are theirs"
    return Decision("queue", "album", reason, candidates=shown, evidence=evidence)


def by_name(subject: Subject, candidates: Sequence[Candidate]) -> Decision:
    """The name alone: linked where exactly one hit is called so, nobody comes near, and no album speaks against it."""
    if subject.is_nameless:
        return Decision("unmatched", "name", "the name is no name that anybody could be found by")
    shown = [_with_name_reason(each) for each in _by_score(candidates)]
    shown = [each for each in shown if each.confidence >= LEAST_CONFIDENCE][:MOST_SHOWN]
    if not shown:
        return Decision("unmatched", "name", "MusicBrainz knows nobody of a like name")
    evidence = {"scores": [[each.hit.musicbrainz_id, each.hit.score] for each in shown]}
    doubt, rival = _doubt(subject, shown)
    if doubt:
        if rival:
            evidence["rival"] = [[rival.hit.musicbrainz_id, rival.hit.score]]
        return Decision("queue", "name", doubt, candidates=tuple(shown), evidence=evidence)
    reason = f"the only artist of this name (score {shown[0].hit.score}); picked by machine, no album was compared"
    if _percent(shown[0]):
        reason = f"the only artist of this name (score {shown[0].hit.score}), with {_share(shown[0])} of the albums"
    return Decision(
        "link", "name", reason, shown[0].hit.musicbrainz_id,
        candidates=tuple(shown), evidence=evidence, machine_picked=True,
    )  # fmt: skip


def without_declined(decision: Decision, declined: Iterable[str]) -> Decision:
    """A person has said that it is none of these: they are neither linked nor shown again."""
    gone = {mbid.lower() for mbid in declined}
    left = tuple(each for each in decision.candidates if each.hit.musicbrainz_id.lower() not in gone)
    if not gone or (len(left) == len(decision.candidates) and decision.mbid.lower() not in gone):
        return decision
    if not left:
        return replace(decision, verdict="unmatched", mbid="", candidates=(), reason="everybody found was declined")
    return replace(decision, verdict="queue", mbid="", candidates=left, reason="others were declined")


def is_called(subject: Subject, hit: SearchHit) -> bool:
    """Whether the hit has exactly this name; a disambiguation behind it counts, so Nirvana (UK) is not Nirvana."""
    wanted = _spelt(subject.name)
    names = {_spelt(name) for name in (hit.name, hit.sort_name, *hit.aliases) if name}
    return wanted in names or (bool(hit.disambiguation) and wanted == _spelt(f"{hit.name} ({hit.disambiguation})"))


_NAMESAKE = "another artist here has the same name"


def _doubt(subject: Subject, shown: Sequence[Candidate]) -> tuple[str, Candidate | None]:
    """Why the best hit is not taken, and who else it may be."""
    first = shown[0]
    rival = next((each for each in shown[1:] if each.hit.score >= NEAR_NAME or is_called(subject, each.hit)), None)
    if first.hit.score < SURE_NAME or not is_called(subject, first.hit):
        return "no artist has exactly this name", None
    if rival:
        return f"another artist is called nearly or quite so ({rival.hit.name}, score {rival.hit.score})", rival
    if subject.has_namesake:
        return _NAMESAKE, None
    ours, theirs = search_key(subject.disambiguation), search_key(first.hit.disambiguation)
    if ours and theirs and ours != theirs:
        return f"it is told apart differently ({first.hit.disambiguation})", None
    if first.albums is not None and first.albums.remote_count and _percent(first) < SOME_ALBUMS:
        return f"the name fits, but only {_share(first)} of the albums here are theirs", None
    return "", None


def _spelt(name: str) -> str:
    return search_key(name).removeprefix("the ")


def _percent(candidate: Candidate) -> int:
    return candidate.albums.percent if candidate.albums else 0


def _share(candidate: Candidate) -> str:
    albums = candidate.albums
    return f"{len(albums.matches)} of {albums.local_count}" if albums else "none"


def _best_first(candidates: Sequence[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda each: (-_percent(each), -each.hit.score, each.hit.musicbrainz_id))


def _by_score(candidates: Sequence[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda each: (-each.hit.score, -_percent(each), each.hit.musicbrainz_id))


def _with_album_reason(candidate: Candidate) -> Candidate:
    if candidate.albums is None:
        return _with_name_reason(candidate)
    return replace(candidate, confidence=_percent(candidate) / 100, reason=f"{_share(candidate)} albums")


def _with_name_reason(candidate: Candidate) -> Candidate:
    return replace(candidate, confidence=candidate.hit.score / 200, reason=f"name score {candidate.hit.score}")


def _claimed(subject: Subject, mbid: str, count: int, albums: int) -> Candidate:
    hit = SearchHit("tags", mbid, subject.name, musicbrainz_id=mbid, score=round(100 * count / max(1, albums)))
    return Candidate(hit, count / max(1, albums), f"named by the tags of {count} of {albums} albums")


def _entered(entries: Sequence[Entry], mbid: str) -> Candidate:
    entry = next(each for each in entries if each.mbid.lower() == mbid)
    hit = SearchHit("connection", mbid, entry.name, musicbrainz_id=mbid, score=100)
    return Candidate(hit, 1.0, f"known to {entry.library or 'a server'}")
