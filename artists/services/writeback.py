"""Writes artist.nfo: after an edit where the file exists, for the first time, or over a file that can't be merged."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from artists.models import Artist, Operation
from artists.nfo.document import WRITTEN_FIELDS, NfoAlbum
from artists.nfo.reader import read_nfo
from artists.nfo.writer import NfoNotMergeable, same_but_for_stamp, write_nfo
from artists.services.change import Change
from artists.services.gates import require_write
from artists.services.nfo_disk import digest_of, is_being_written, nfo_facts, present_nfo
from artists.services.nfo_news import take_in_news
from artists.services.nfo_output import library_locks_data, output_values
from artists.services.operations import operation
from artists.services.permission import MANUAL
from artists.services.places import nfo_path, require_nfo_path
from artists.services.profiles import profile_wants_nfo
from stillwater.errors import Conflict, StillwaterError
from stillwater.models import User

_SHOWN = frozenset({*WRITTEN_FIELDS, "locked"})
NFO_FOLLOWS = "artist.nfo follows at the end of the run"
"""Stands with an operation of a run until the file that the run writes once for each artist is done."""
_BEING_WRITTEN = "it is empty and was touched just now, so another program may be writing it; try again in a moment"


def follow_nfo(change: Change, *, later: bool = False) -> None:
    """Let an existing artist.nfo follow what the change does to the fields; what it says by now is taken in first.

    `later`: the run that it belongs to writes the file once for all that it did to the artist (catching_up.py).
    """
    change.before_rows(take_in_news)
    change.after_rows(_promise if later else write_back)


def write_back(change: Change) -> None:
    """A step for `change.after_rows`: bring an existing artist.nfo up to what is stored now.

    Nothing is written where there is no file, the profile wants none, a guard objects or the file can't be merged
    without loss; the last two leave a warning, and so does a folder that is not there. The fields stay changed in
    any case. A person who saves the value that is stored already wants it in the file too: it may lack it since the
    disk refused.
    """
    if not (_concerned(change) & _SHOWN):
        return
    try:
        _bring_up(change, unlocking=_is_unlocking(change))
    except StillwaterError as problem:
        change.warn(f"artist.nfo was not updated: {problem.message}")


def _promise(change: Change) -> None:
    if _concerned(change) & _SHOWN and nfo_path(change.artist) is not None and profile_wants_nfo():
        change.warn(NFO_FOLLOWS)


def renew_nfo(
    artist: Artist, *, source: str = MANUAL, actor: User | None = None, group: UUID | None = None
) -> Operation | None:
    """Bring an existing artist.nfo up to what is stored, whatever changed; what it says by now is taken in first.

    None where it is up to date, or there is none. Raises WriteBlocked, NfoNotMergeable, Conflict, Locked.
    """
    summary = "Brought artist.nfo up to date"
    with operation(artist, source=source, summary=summary, actor=actor, group=group) as change:
        change.before_rows(take_in_news)
        change.after_rows(_bring_up)
    return change.operation


def create_nfo(
    artist: Artist, *, source: str = MANUAL, actor: User | None = None, group: UUID | None = None
) -> Operation | None:
    """Write the first artist.nfo of an artist. Raises Conflict for no path, a file that is there, or a profile without.

    Raises WriteBlocked and Locked as every write of a file does.
    """
    path = require_nfo_path(artist)
    if not profile_wants_nfo():
        raise Conflict("the active platform profile writes no NFO files")
    existing = present_nfo(path)
    if existing:
        raise Conflict("artist.nfo already exists")
    if existing is not None and is_being_written(path, existing):
        raise Conflict(_BEING_WRITTEN)
    return _write(artist, path, existing, source, "Created artist.nfo", actor, group)


def save_over(artist: Artist, *, actor: User | None = None) -> Operation | None:
    """Replace a file that can't be merged (broken, only a web address) by what is stored; its bytes are kept.

    One that can be merged by now is. Raises Conflict for an artist without a folder, WriteBlocked.
    """
    path = require_nfo_path(artist)
    return _write(artist, path, present_nfo(path), MANUAL, "Replaced artist.nfo", actor, None)


def nfo_bytes(
    artist: Artist, existing: bytes | None, *, unlocked: bool = False, more_albums: Sequence[NfoAlbum] = ()
) -> bytes:
    """The file for what the artist holds, merged into `existing`. Raises NfoNotMergeable.

    `unlocked`: a person has just unlocked the artist, so the file must not lock it any more.
    """
    lock = True if library_locks_data(artist) else False if unlocked else None
    values, now = output_values(artist), timezone.now()
    return write_nfo(values, existing=existing, lock_data=lock, written=now, more_albums=more_albums)


def write_in(
    change: Change, path: Path, data: bytes | None, *, mode: int | None = None, based_on: str | None = None
) -> None:
    """Let a change write artist.nfo (None: remove it), and note afterwards what lies there.

    `based_on`: SHA-256 of the file that the new bytes were made from, blank for none; when another one lies there by
    now, nothing is written. None: whatever it is.
    """
    if data is None:
        change.remove_file(path, based_on=based_on)
    else:
        change.write_file(path, data, mode=mode, based_on=based_on)
    change.after_files(lambda done: done.set_facts(**_facts(done, path, data)))


def _facts(done: Change, path: Path, data: bytes | None) -> dict[str, object]:
    written = done.written.get(path)
    return nfo_facts(data, written.mtime_ns if written else 0) | {"nfo_written_hash": digest_of(data)}


def _bring_up(change: Change, *, unlocking: bool = False) -> None:
    """`unlocking`: only a file that locks has to change."""
    path = nfo_path(change.artist)
    if path is None or not profile_wants_nfo():
        return
    existing = existing_nfo(path)
    if existing is None or (unlocking and not _locks(existing)):
        return
    data = merged_nfo(change, existing)
    if not same_but_for_stamp(existing, data):
        write_in(change, path, data, based_on=digest_of(existing))


def existing_nfo(path: Path) -> bytes | None:
    """None where there is no file. A folder that is away proves nothing of the kind. Raises what the disk says."""
    existing = present_nfo(path)
    if existing is None and not path.parent.is_dir():
        raise Conflict("its folder is not there")
    if existing is not None and is_being_written(path, existing):
        raise Conflict(_BEING_WRITTEN)
    return existing


def merged_nfo(change: Change, existing: bytes, more_albums: Sequence[NfoAlbum] = ()) -> bytes:
    """The file for what is stored now, with these albums too. Raises WriteBlocked, NfoNotMergeable."""
    require_write("nfo", change.artist)
    unlocked = "locked" in change.changed and not change.artist.locked
    try:
        return nfo_bytes(change.artist, existing, unlocked=unlocked, more_albums=more_albums)
    except NfoNotMergeable as problem:
        raise NfoNotMergeable(
            f"the file on disk cannot be merged ({problem.message}); save over it to replace it"
        ) from None


def _concerned(change: Change) -> set[str]:
    return {*change.changed, *(change.asked if change.source == MANUAL else ())}


def _is_unlocking(change: Change) -> bool:
    """Whether the lock is all that changes in the file."""
    return not _concerned(change) & set(WRITTEN_FIELDS)


def _locks(existing: bytes) -> bool:
    document = read_nfo(existing).document
    return document is not None and document.lock_data


def _write(
    artist: Artist,
    path: Path,
    existing: bytes | None,
    source: str,
    summary: str,
    actor: User | None,
    group: UUID | None,
) -> Operation | None:
    require_write("nfo", artist)
    try:
        data = nfo_bytes(artist, existing)
    except NfoNotMergeable:
        data = nfo_bytes(artist, None)
    with operation(artist, source=source, summary=summary, actor=actor, group=group) as change:
        write_in(change, path, data, based_on=digest_of(existing))
    return change.operation
