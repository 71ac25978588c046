"""Writes artist.nfo: after an edit where the file exists, for the first time, or over a file that can't be merged."""

import hashlib
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from artists.models import Artist, NfoState, Operation
from artists.nfo.document import WRITTEN_FIELDS
from artists.nfo.outline import MAX_BYTES
from artists.nfo.reader import read_nfo
from artists.nfo.writer import NfoNotMergeable, same_but_for_stamp, write_nfo
from artists.services.change import Change
from artists.services.gates import require_write, write_block
from artists.services.nfo_output import locks_data, output_values
from artists.services.operations import operation
from artists.services.permission import MANUAL
from artists.services.places import nfo_path, require_folder
from artists.services.profiles import active_profile
from stillwater.errors import Conflict, StillwaterError
from stillwater.files import FileMissing, read_bytes_limited
from stillwater.models import User


def write_back(change: Change) -> None:
    """A step for `change.after_rows`: bring an existing artist.nfo up to what is stored now.

    Nothing is written where there is no file, the profile wants none, a guard objects or the file can't be merged
    without loss; the last two leave a warning. The fields stay changed in any case.
    """
    path = nfo_path(change.artist)
    if path is None or not change.changed.keys() & set(WRITTEN_FIELDS) or not profile_wants_nfo():
        return
    try:
        existing = present_nfo(path)
        data = None if existing is None else _merged(change.artist, existing)
    except StillwaterError as problem:
        change.warn(f"artist.nfo was not updated: {problem.message}")
        return
    if existing is not None and data is not None and not same_but_for_stamp(existing, data):
        write_in(change, path, data)


def create_nfo(
    artist: Artist, *, source: str = MANUAL, actor: User | None = None, group: UUID | None = None
) -> Operation | None:
    """Write the first artist.nfo of an artist. Raises Conflict for no path, a file that is there, or a profile without.

    Raises WriteBlocked and Locked as every write of a file does.
    """
    path = require_folder(artist) / "artist.nfo"
    if not profile_wants_nfo():
        raise Conflict("the active platform profile writes no NFO files")
    if present_nfo(path):
        raise Conflict("artist.nfo already exists")
    return _write(artist, path, source, "Created artist.nfo", actor, group)


def save_over(artist: Artist, *, actor: User | None = None) -> Operation | None:
    """Replace a file that can't be merged (broken, only a web address) by what is stored; its bytes are kept.

    Raises Conflict for an artist without a folder, WriteBlocked.
    """
    return _write(artist, require_folder(artist) / "artist.nfo", MANUAL, "Replaced artist.nfo", actor, None)


def nfo_bytes(artist: Artist, existing: bytes | None) -> bytes:
    """The file for what the artist holds, merged into `existing`. Raises NfoNotMergeable."""
    return write_nfo(output_values(artist), existing=existing, lock_data=locks_data(artist), written=timezone.now())


def write_in(change: Change, path: Path, data: bytes | None, *, mode: int | None = None) -> None:
    """Let a change write artist.nfo (None: remove it), and note afterwards what lies there."""
    if data is None:
        change.remove_file(path)
    else:
        change.write_file(path, data, mode=mode)
    change.after_files(lambda done: done.set_facts(**nfo_facts(data, _time(done, path))))


def nfo_facts(data: bytes | None, mtime_ns: int) -> dict[str, object]:
    """The columns that describe a file that we just wrote or removed."""
    if data is None:
        reading, digest = None, ""
    else:
        reading, digest = read_nfo(data), hashlib.sha256(data).hexdigest()
    return {
        "nfo_exists": data is not None,
        "nfo_state": reading.state if reading else NfoState.MISSING.value,
        "nfo_error": reading.error[:500] if reading else "",
        "nfo_hash": digest,
        "nfo_written_hash": digest,
        "nfo_mtime_ns": mtime_ns,
    }


def present_nfo(path: Path) -> bytes | None:
    """The bytes of the file; None where there is none. Raises what the disk says otherwise."""
    try:
        return read_bytes_limited(path, MAX_BYTES)
    except FileMissing:
        return None


def profile_wants_nfo() -> bool:
    """Without an active profile files are written, as every profile but one does."""
    profile = active_profile()
    return profile is None or profile.nfo_enabled


def _merged(artist: Artist, existing: bytes) -> bytes:
    block = write_block("nfo", artist)
    if block is not None:
        raise block
    try:
        return nfo_bytes(artist, existing)
    except NfoNotMergeable as problem:
        raise NfoNotMergeable(
            f"the file on disk cannot be merged ({problem.message}); save over it to replace it"
        ) from None


def _write(
    artist: Artist, path: Path, source: str, summary: str, actor: User | None, group: UUID | None
) -> Operation | None:
    require_write("nfo", artist)
    with operation(artist, source=source, summary=summary, actor=actor, group=group) as change:
        write_in(change, path, nfo_bytes(artist, None))
    return change.operation


def _time(change: Change, path: Path) -> int:
    written = change.written.get(path)
    return written.mtime_ns if written else 0
