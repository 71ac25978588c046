"""Takes an operation back: rows and files together, or not at all, with the reason."""

import copy
import os
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

from artists.fields import BY_KEY
from artists.folders.storable import on_disk
from artists.models import Artist, FileSnapshot, Merge, MetadataChange, Operation
from artists.nfo.document import WRITTEN_FIELDS
from artists.services.change import Change
from artists.services.collections import COLLECTIONS, Row, column_of, plain
from artists.services.file_changes import present_hash
from artists.services.folder_look import look_at_folder
from artists.services.gates import require_write
from artists.services.merging.folding import bring_back, count_albums
from artists.services.nfo_disk import present_nfo
from artists.services.operations import operation
from artists.services.permission import MOVE, REVERT
from artists.services.places import NFO_NAME, folder_of, nfo_path
from artists.services.snapshots import kept, oldest_kept
from artists.services.writeback import nfo_bytes, write_in
from stillwater.errors import Conflict, Gone, Invalid, NotFound, StillwaterError
from stillwater.models import User
from stillwater.progress import Progress, no_progress


@dataclass
class UndoneGroup:
    """What came of taking a whole run back: how many operations, and why the others stayed."""

    undone: int = 0
    refused: list[tuple[Operation, str]] = field(default_factory=list)


def undo(operation_id: int, actor: User | None = None, *, group: UUID | None = None) -> Operation:
    """Restore what the operation changed; returns the operation that did so (source revert).

    Raises NotFound, Invalid for an operation that is itself an undo, Conflict when it was undone before or anything
    has changed since, Locked for a field that is locked by now, Gone when the artist or the kept bytes are, and
    WriteBlocked where a server would write the same files.
    """
    undone = _undoable(operation_id)
    artist = undone.artist
    if artist is None:
        raise Gone("artist no longer exists")
    summary = f"Undid: {undone.summary}"
    with operation(artist, source=REVERT, summary=summary, actor=actor, group=group, undoes=undone) as change:
        changes = list(undone.changes.all())
        for recorded in changes:
            _take_back(change, recorded)
        for snapshot in reversed(undone.files.all()):
            _take_back_file(change, snapshot)
        _let_nfo_follow(change, undone)
        if undone.files.exists():
            change.after_files(look_at_folder)
        for merge in Merge.objects.filter(operation=undone):
            change.after_files(partial(_bring_back, merge))
    if change.operation is None:
        raise Conflict("there is nothing to take back")
    return change.operation


def undo_group(group: UUID, actor: User | None = None, *, progress: Progress = no_progress) -> UndoneGroup:
    """Take back every operation of a run, the newest first; what can't be is left, with its reason.

    Raises NotFound for a run that nobody knows.
    """
    run = Operation.objects.filter(group=group).exclude(source=REVERT)
    if not run.exists():
        raise NotFound("change not found")
    operations = list(run.filter(undone_at=None))
    result, together = UndoneGroup(), uuid4()
    for number, each in enumerate(operations):
        progress(number, len(operations), each.artist_name)
        try:
            undo(each.pk, actor, group=together)
            result.undone += 1
        except StillwaterError as problem:
            result.refused.append((each, problem.message))
    return result


def undo_together(done: Operation, actor: User | None = None) -> list[Operation]:
    """Take back what was done to one artist at one press, the newest first. Raises as `undo` does, at the first."""
    together = Operation.objects.filter(artist=done.artist_id, group=done.group, undone_at=None).exclude(source=REVERT)
    operations = list(together) if done.group else [done]
    group = uuid4() if len(operations) > 1 else None
    return [undo(each.pk, actor, group=group) for each in operations or [done]]


def can_undo(undone: Operation) -> bool:
    """Whether it is worth offering: not undone yet, no undo itself, young enough. The files may still object."""
    return undone.undone_at is None and undone.source not in (REVERT, MOVE) and undone.created_at >= oldest_kept()


def _bring_back(merge: Merge, change: Change) -> None:
    bring_back(merge)
    count_albums(change)


def _undoable(operation_id: int) -> Operation:
    undone = Operation.objects.select_related("artist", "merged_with").filter(pk=operation_id).first()
    if undone is None:
        raise NotFound("change not found")
    if undone.source == REVERT:
        raise Invalid("an undo cannot be undone")
    if undone.source == MOVE:
        raise Invalid("the pictures stay with the artist, who has a folder by now")
    if undone.undone_at is not None:
        raise Conflict("this change has already been undone")
    if undone.merged_with is not None:
        raise Conflict(f"{undone.artist_name} has become part of another artist since; undo that first")
    if undone.created_at < oldest_kept():
        raise Gone("this change is too old to be undone")
    return undone


def _take_back(change: Change, recorded: MetadataChange) -> None:
    key, old = recorded.field, recorded.old_value
    if key == "path":
        return  # follows from the folder's way back
    if key.startswith("images."):
        change.revise(key, lambda stored: _with_present_locks(stored, key, old or []))
        return
    _require_unchanged(recorded, change.artist)
    change.require(lambda stored: _require_unchanged(recorded, stored))
    if key in COLLECTIONS:
        change.set(key, old)
    elif key in BY_KEY:
        change.set(key, old)
        change.labels[key] = recorded.old_label
    else:
        change.set_facts(**{key: column_of(Artist, key).to_python(old)})


def _require_unchanged(recorded: MetadataChange, artist: Artist) -> None:
    """Asked before any file is touched, and once more when the row is locked."""
    key = recorded.field
    now = COLLECTIONS[key].read(artist) if key in COLLECTIONS else plain(getattr(artist, key))
    if now not in (recorded.new_value, recorded.old_value):
        name = BY_KEY[recorded.field].label.lower() if recorded.field in BY_KEY else recorded.field.replace("_", " ")
        raise Conflict(f"{name} has been changed since")


def _with_present_locks(artist: Artist, key: str, rows: list[Row]) -> list[Row]:
    """A lock belongs to a picture, wherever it stands; one that is not there now has the lock that it had."""
    locks = {_picture_of(row): row["locked"] for row in COLLECTIONS[key].read(artist)}
    return [{**row, "locked": locks.get(_picture_of(row), row["locked"])} for row in rows]


def _picture_of(row: Row) -> str:
    return row.get("content_hash") or f"slot {row['slot']}"


def _take_back_file(change: Change, snapshot: FileSnapshot) -> None:
    path = Path(on_disk(snapshot.path))
    if snapshot.moved_to:
        _take_back_move(change, snapshot, path)
        return
    if snapshot.is_folder:
        if not path.is_dir():
            change.make_folder(path)
        return
    now = present_hash(path)
    if now == snapshot.content_hash:
        return
    is_nfo = path.name.lower() == NFO_NAME and path.parent == folder_of(change.artist)
    require_write("nfo" if is_nfo else "image", change.artist)
    if now != snapshot.after_hash:
        _refresh_nfo(change, path, now)
        return
    data = kept(snapshot.content_hash) if snapshot.content_hash else None
    if snapshot.link_to:
        change.link_file(path, on_disk(snapshot.link_to), data or b"", based_on=now)
    elif is_nfo:
        write_in(change, path, data, mode=snapshot.mode, based_on=now)
    elif data is None:
        change.remove_file(path, based_on=now)
    else:
        change.write_file(path, data, mode=snapshot.mode, based_on=now, mtime_ns=snapshot.mtime_ns)


def _take_back_move(change: Change, snapshot: FileSnapshot, path: Path) -> None:
    there = Path(on_disk(snapshot.moved_to))
    if there.parent == folder_of(change.artist):
        if os.path.lexists(there):
            change.move(there, path)
        elif not os.path.lexists(path):
            raise Conflict(f"{there.name} is not there any more")
        return
    if change.artist.path != snapshot.moved_to:
        raise Conflict("the folder has been renamed since")
    change.rename_folder(Path(on_disk(snapshot.moved_to)), path)


def _let_nfo_follow(change: Change, undone: Operation) -> None:
    """A run writes artist.nfo once, at its end: what is taken back of it alone goes out of the file too."""
    path = nfo_path(change.artist)
    if path is None or not change.wanted.keys() & set(WRITTEN_FIELDS) or _wrote_nfo(undone):
        return
    later = Operation.objects.filter(artist=undone.artist_id, group=undone.group, pk__gt=undone.pk, undone_at=None)
    if any(_wrote_nfo(each) for each in later.exclude(source=REVERT)) and (now := present_hash(path)):
        require_write("nfo", change.artist)
        _refresh_nfo(change, path, now)


def _wrote_nfo(made: Operation) -> bool:
    return made.files.filter(path__iendswith=f"/{NFO_NAME}").exists()


def _refresh_nfo(change: Change, path: Path, now: str) -> None:
    """An artist.nfo that we wrote again for a later edit says what that edit left: it is written anew, not put back."""
    if path.name.lower() != NFO_NAME or now != change.artist.nfo_written_hash:
        raise Conflict(f"{path.name} has been changed since")
    restored = copy.copy(change.artist)
    for key, value in change.wanted.items():
        if key in BY_KEY:
            setattr(restored, key, value)
    write_in(change, path, nfo_bytes(restored, present_nfo(path)), based_on=now)
