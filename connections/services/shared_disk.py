"""Do we and a server see the same files? Looks at where the servers' libraries lie and at who wrote pictures last.

A library is `confirmed` as shared where a known mapping leads from a server's folder into it, `suspected` where the
paths only read alike or a picture is newer than what we wrote. A server that does not answer proves nothing: what was
found before stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from artists.models import ArtistImage, Library
from connections.folders import overlap
from connections.models import SeenLibrary
from connections.services.ledger import refresh
from connections.services.paths import Places
from stillwater.progress import Progress, no_progress
from stillwater.services.options import change_options, option_flag

TOLERANCE = timedelta(seconds=2)
"""The coarsest clock of a file system (FAT)."""
MOST_EVIDENCE = 20
DISMISSED = "shared_filesystem.dismissed"
NONE, SUSPECTED, CONFIRMED = "none", "suspected", "confirmed"

Platform = Literal["emby", "jellyfin"]
Risk = Literal["warn", "critical"]

_RISKS: dict[str, tuple[Platform, Risk]] = {"emby": ("emby", "warn"), "jellyfin": ("jellyfin", "critical")}
"""How bad it is where such a server gets pictures itself (files-and-platforms 4.1)."""


@dataclass(frozen=True, slots=True)
class FetcherWarning:
    """A server that gets pictures of artists itself; `fetchers` is empty where it uses its defaults."""

    platform: Platform
    library_name: str
    fetchers: tuple[str, ...]
    risk_level: Risk
    message: str


@dataclass(slots=True)
class Shared:
    """How it stands, from what is stored. `libraries`: those that are shared, by name."""

    libraries: list[Library] = field(default_factory=list)
    warnings: list[FetcherWarning] = field(default_factory=list)
    dismissed: bool = False


@dataclass(slots=True)
class Rechecked:
    """`silent`: the servers that did not answer, with the reason."""

    shared: int = 0
    silent: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Verdict:
    status: str = NONE
    evidence: list[str] = field(default_factory=list)
    peers: list[int] = field(default_factory=list)


def shared_status() -> Shared:
    """Asks nobody."""
    libraries = list(Library.objects.filter(shared_fs_status__in=(SUSPECTED, CONFIRMED)))
    fetching = [seen for seen in _seen() if seen.fetchers != [] and seen.connection.type in _RISKS]
    return Shared(libraries, [_warning(seen) for seen in fetching], option_flag(DISMISSED))


def dismiss() -> None:
    """Do not show it any more, until another library turns out to be shared."""
    change_options({DISMISSED: True})


def recheck(progress: Progress = no_progress) -> Rechecked:
    """Ask every server that is switched on where its music lies, and compare. Raises nothing for one that fails."""
    found = refresh(progress)
    result = Rechecked(silent={each.name: each.problem for each in found.entries if each.enabled and each.problem})
    before = set(Library.objects.filter(shared_fs_status__in=(SUSPECTED, CONFIRMED)).values_list("pk", flat=True))
    now = _judge_all(is_whole=not result.silent)
    if now - before:
        change_options({DISMISSED: False})
    result.shared = len(now)
    return result


def found_in(server: str) -> str:
    """How the evidence begins that a server has the folder among its libraries."""
    return f"{server}: its library "


def _seen() -> list[SeenLibrary]:
    return list(SeenLibrary.objects.filter(connection__enabled=True).select_related("connection"))


def _judge_all(*, is_whole: bool) -> set[int]:
    """Store what can be said of each library; returns the keys of those that are shared."""
    seen = _seen()
    places = {each.connection_id: Places.of(each.connection) for each in seen}
    for library in Library.objects.exclude(path=""):
        verdict = _judged(library, seen, places)
        if verdict.status == NONE and not is_whole:
            continue
        Library.objects.filter(pk=library.pk).update(
            shared_fs_status=verdict.status,
            shared_fs_evidence=verdict.evidence[:MOST_EVIDENCE],
            shared_fs_peer_library_ids=",".join(map(str, verdict.peers))[:500],
        )
    return set(Library.objects.filter(shared_fs_status__in=(SUSPECTED, CONFIRMED)).values_list("pk", flat=True))


def _judged(library: Library, seen: Iterable[SeenLibrary], places: dict[int, Places]) -> _Verdict:
    verdict = _Verdict()
    for each in seen:
        for location in each.locations:
            is_mapped = overlap(places[each.connection_id].local(location), library.path)
            if not is_mapped and not overlap(location, library.path):
                continue
            verdict.status = CONFIRMED if is_mapped or verdict.status == CONFIRMED else SUSPECTED
            verdict.evidence.append(f"{found_in(each.connection.name)}{each.name} lies in {location}")
            verdict.peers += _ours(each)
    newer = _newer_pictures(library)
    if newer and verdict.status == NONE:
        verdict.status = SUSPECTED
    verdict.evidence += newer
    verdict.peers = sorted(set(verdict.peers))
    return verdict


def _ours(seen: SeenLibrary) -> list[int]:
    """The library of ours that was taken over from it, if any."""
    taken = Library.objects.filter(connection_id=seen.connection_id, external_id=seen.external_id)
    return list(taken.values_list("pk", flat=True))


def _newer_pictures(library: Library) -> list[str]:
    """One for each folder in which a picture of an artist that a server knows is newer than all that we wrote there."""
    rows = ArtistImage.objects.filter(artist__libraries=library, artist__links__connection__enabled=True).distinct()
    newest_ours: dict[int, datetime] = {}
    newest_file: dict[int, tuple[int, str]] = {}
    columns = rows.values_list("artist_id", "artist__path", "file_name", "mtime_ns", "last_written_at")
    for artist_id, path, name, mtime_ns, written in columns.iterator(chunk_size=2000):
        if written is not None:
            newest_ours[artist_id] = max(written, newest_ours.get(artist_id, written))
        newest_file[artist_id] = max((mtime_ns, f"{path}/{name}"), newest_file.get(artist_id, (0, "")))
    return sorted(
        f"{newest_file[artist_id][1]} was written by another program"
        for artist_id, ours in newest_ours.items()
        if datetime.fromtimestamp(newest_file[artist_id][0] / 1e9, UTC) > ours + TOLERANCE
    )


def _warning(seen: SeenLibrary) -> FetcherWarning:
    fetchers = tuple(seen.fetchers or ())
    whence = f"from {', '.join(fetchers)}" if fetchers else "as it does by default"
    said = f"{seen.connection.name} gets pictures of artists for {seen.name} itself, {whence}"
    platform, risk = _RISKS[seen.connection.type]
    return FetcherWarning(platform, seen.name, fetchers, risk, said)
