"""The artist.nfo that lies on disk: its bytes, the columns that describe it, whether another program is at it."""

import hashlib
import os
import time
from pathlib import Path

from artists.models import NfoState
from artists.nfo.outline import MAX_BYTES
from artists.nfo.reader import read_nfo
from stillwater.files import FileMissing, read_bytes_limited

BEING_WRITTEN_SECONDS = 5.0


def present_nfo(path: Path) -> bytes | None:
    """The bytes of the file; None where there is none. Raises what the disk says otherwise."""
    try:
        return read_bytes_limited(path, MAX_BYTES)
    except FileMissing:
        return None


def digest_of(data: bytes | None) -> str:
    """SHA-256 in hex; blank for no file."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def nfo_facts(data: bytes | None, mtime_ns: int) -> dict[str, object]:
    """The columns that describe the file and its bytes."""
    reading = None if data is None else read_nfo(data)
    facts: dict[str, object] = {
        "nfo_exists": data is not None,
        "nfo_state": reading.state if reading else NfoState.MISSING.value,
        "nfo_error": reading.error[:500] if reading else "",
        "nfo_hash": digest_of(data),
        "nfo_mtime_ns": mtime_ns,
    }
    return facts | ({"album_count": len(reading.document.albums)} if reading and reading.document else {})


def is_being_written(path: Path, data: bytes) -> bool:
    """An empty file that was touched a moment ago: Jellyfin truncates the file first and fills it then."""
    if data.strip():
        return False
    try:
        return time.time() - os.stat(path).st_mtime < BEING_WRITTEN_SECONDS
    except OSError:
        return True
