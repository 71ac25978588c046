"""The columns of an artist that describe its folder, from what a look into it found."""

from django.utils import timezone

from artists.models import NfoState
from artists.services.scanner.inspection import FolderFacts


def folder_columns(facts: FolderFacts, stamp: str) -> dict[str, object]:
    """Facts that always hold for a folder that was listed; the stamp only when nothing was left unread."""
    columns: dict[str, object] = {
        "extraneous_files": list(facts.extraneous),
        "other_pictures": [list(other) for other in facts.others],
        "sequence_problem": facts.sequence_problem,
        "scan_note": facts.note,
        "folder_album_count": facts.album_folders,
        "folder_stamp": stamp if facts.complete else "",
        "last_scanned_at": timezone.now(),
    }
    return columns | _nfo_columns(facts)


def _nfo_columns(facts: FolderFacts) -> dict[str, object]:
    """A file that does not read now keeps the number of albums that it had when it did."""
    nfo = facts.nfo
    if nfo is None:
        gone = {"nfo_exists": False, "nfo_state": NfoState.MISSING.value, "nfo_error": ""}
        return gone | {"nfo_mtime_ns": 0, "album_count": 0}
    columns = {"nfo_exists": True, "nfo_state": nfo.state, "nfo_error": nfo.error[:500], "nfo_mtime_ns": nfo.mtime_ns}
    return columns | ({"album_count": nfo.albums} if nfo.state == "ok" else {})
