"""The one place where a write to an artist is applied: locks obeyed, old values and bytes kept, files and all.

    with operation(artist, source="manual", summary="Typed a biography", actor=user) as change:
        change.set("biography", text)
        change.after_rows(write_back)

Order: the fields first, in one short transaction; then the files, all or none; then what describes the files.
When the files fail, fields that were changed stay and the operation carries a warning (files-and-platforms.md 5);
an operation of files alone fails as a whole and leaves nothing behind. Taking an operation back goes the other way
round, files first, since it has to happen as a whole or not at all.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID, uuid4

from django.db import transaction

from artists.folders.storable import storable
from artists.models import Artist, FileSnapshot, Operation
from artists.services.change import Change
from artists.services.cut_off import settle
from artists.services.file_changes import ChangedMeanwhile, NotPutBack, Prepared, apply_all, prepare, put_back
from artists.services.gates import require_files
from artists.services.locked_files import refuse_locked_files
from artists.services.permission import MANUAL
from artists.services.places import stored
from artists.services.rows import mark_undone, refuse_undone, save_rows, the_operation
from artists.services.snapshots import follow_folder
from artists.services.turns import turns
from stillwater.errors import StillwaterError
from stillwater.events import publish
from stillwater.models import User

logger = logging.getLogger(__name__)

ATTEMPTS = 3
"""How often a file is read and written anew when another program is quicker."""

__all__ = ["Change", "operation"]


@contextmanager
def operation(
    artist: Artist,
    *,
    source: str = MANUAL,
    summary: str = "",
    actor: User | None = None,
    group: UUID | None = None,
    undoes: Operation | None = None,
    absorbs: Artist | None = None,
) -> Iterator[Change]:
    """Collect changes in the block; they are applied when it ends without an error.

    `absorbs`: another artist becomes part of this one; both wait for their turn, and files go first as on a way back,
    but what they were is kept before. `source`: manual, scan, import, revert, provider:<name> or rule:<id>. Afterwards
    `artist` shows what is stored, and the change tells what was done, refused and warned of. Raises Locked or Invalid
    for a person's edit that a lock or a check refuses, Gone for an artist that was deleted meanwhile, and the file's
    problem where nothing but files was to change.
    """
    change = Change(artist, source, summary, actor, group or uuid4(), undoes)
    yield change
    with turns(artist, absorbs):
        for each in filter(None, (artist, absorbs)):
            settle(each)
        refuse_locked_files(change)
        if absorbs is not None:
            _absorb(change)
        elif undoes is None:
            _rows_then_files(change)
        else:
            _files_then_rows(change)
        _keep_warning(change)
    _announce(change)


def _absorb(change: Change) -> None:
    """Nothing of it stays when it fails, unless files could not be put back: then they can be taken back later."""
    try:
        for step in change.steps_before_rows:
            step(change)
        _files_then_rows(change)
    except NotPutBack:
        raise
    except Exception:
        if change.operation is not None:
            change.operation.delete()
        raise


def _rows_then_files(change: Change) -> None:
    for step in change.steps_before_rows:
        step(change)
    save_rows(change)
    try:
        prepared = _files_follow(change)
    except StillwaterError as problem:
        _without_files(change, problem)
        return
    try:
        _describe_files(change, prepared)
    except BaseException:
        if not put_back(prepared):
            _forget_files(change)
        raise


def _files_follow(change: Change, attempts: int = ATTEMPTS) -> list[Prepared]:
    """From the beginning once more when another program writes the file that we have just read."""
    files, steps, warning = dict(change.files), list(change.steps_after_files), change.warning
    try:
        for step in change.steps_after_rows:
            step(change)
        refuse_locked_files(change)
        prepared = _prepared(change)
    except ChangedMeanwhile:
        if attempts < 2:
            raise
        change.files, change.steps_after_files, change.warning = files, steps, warning
        return _files_follow(change, attempts - 1)
    if prepared:
        _record_files(change, prepared)
    change.written = apply_all(prepared)
    return prepared


def _files_then_rows(change: Change) -> None:
    prepared = _prepared(change)
    if change.undoes is not None:
        refuse_undone(change.undoes)
    _record_files(change, prepared, pending=change.undoes is not None)
    try:
        change.written = apply_all(prepared)
    except NotPutBack:
        raise
    except StillwaterError:
        _forget_way_back(change)
        raise
    try:
        with transaction.atomic():
            if change.undoes is not None:
                mark_undone(change.undoes)
            save_rows(change)
            _describe_files(change, prepared)
    except BaseException as problem:
        if put_back(prepared):
            raise NotPutBack(f"{problem}; files could not be put back") from problem
        _forget_way_back(change)
        raise


def _forget_way_back(change: Change) -> None:
    """A merge that fails is forgotten by `_absorb`."""
    if change.undoes is not None:
        _forget_files(change)


def _prepared(change: Change) -> list[Prepared]:
    """The files that have to change; removing what is not there is no change. Raises WriteBlocked."""
    prepared = [prepare(file) for file in change.files.values()]
    waiting = [file for file in prepared if file.existed or file.change.data is not None]
    require_files(change.artist, (file.change.path for file in waiting))
    return waiting


def _describe_files(change: Change, prepared: Sequence[Prepared]) -> None:
    if prepared:
        change.set_facts(folder_stamp="")  # a backup that is put back looks just as the file did before our write
    for file in prepared:
        if file.change.moved_to is not None and stored(file.change.path) == change.artist.path:
            change.set_facts(path=stored(file.change.moved_to))
            follow_folder(change.artist.pk, stored(file.change.path), stored(file.change.moved_to))
    for step in change.steps_after_files:
        step(change)
    with transaction.atomic():
        save_rows(change)
        if change.operation is not None:
            Operation.objects.filter(pk=change.operation.pk, pending=True).update(pending=False)


def _record_files(change: Change, prepared: Sequence[Prepared], *, pending: bool = True) -> None:
    """Written before the files change, so that a crash in between leaves a trace that is taken back (cut_off.py)."""
    with transaction.atomic():
        made = the_operation(change)
        if pending and prepared:
            Operation.objects.filter(pk=made.pk).update(pending=True)
        FileSnapshot.objects.bulk_create(
            FileSnapshot(
                operation=made,
                path=stored(file.change.path),
                existed=file.existed,
                is_folder=file.change.is_folder,
                content_hash=file.content_hash,
                size=file.size,
                mode=file.mode,
                mtime_ns=file.mtime_ns,
                link_to=storable(file.link_to),
                after_hash=file.change.after_hash,
                moved_to=stored(file.change.moved_to) if file.change.moved_to else "",
            )
            for file in prepared
        )


def _without_files(change: Change, problem: StillwaterError) -> None:
    """The files are as they were. Fields stay changed with a warning; without any, the operation never was.

    Where a file could not be put back, what is kept of it stays, and the sweep tries again (cut_off.py).
    """
    stranded = isinstance(problem, NotPutBack)
    if not stranded:
        _forget_files(change)
    if change.changed or stranded:
        change.warn(problem.message)
    if not change.changed:
        _keep_warning(change)
        raise problem


def _keep_warning(change: Change) -> None:
    if change.operation is not None and change.operation.warning != change.warning:
        if change.warning:
            logger.warning("%s: %s", change.artist.name, change.warning)
        change.operation.warning = change.warning
        change.operation.save(update_fields=["warning"])


def _forget_files(change: Change) -> None:
    if change.operation is None:
        return
    if change.changed:
        change.operation.files.all().delete()
    else:
        change.operation.delete()
        change.operation = None


def _announce(change: Change) -> None:
    if change.operation is None:
        return
    publish(
        "artist.updated",
        {
            "artist_id": str(change.artist.pk),
            "artist_name": change.artist.name,
            "fields": sorted(change.changed),
            "source": change.source,
        },
    )
