"""Renames files and folders without ever overwriting anything or copying from disk to disk."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from stillwater.files.containment import Place, opened
from stillwater.files.entries import link_or_rename, make_durable, refuse_taken
from stillwater.files.errors import FileRefused, naming
from stillwater.files.naming import moving_name
from stillwater.files.own_writes import note_own_write


def rename_file(source: Path, target: Path, *, root: Path) -> Path:
    """Gives a file (or a link) another name below `root`; returns the new path with its parent resolved.

    Raises `NameTaken` when the target exists. The system itself refuses a taken name, except where there
    are no hard links, see `link_or_rename`. A crash halfway leaves both names, never none.
    """
    with naming(source), opened(source, root) as old, opened(target, root) as new:
        entry = os.lstat(old.name, dir_fd=old.folder)
        if stat.S_ISDIR(entry.st_mode):
            raise FileRefused(source, "this is a folder")
        if _is_same_entry(old, new, entry):
            return _respell(old, new, entry)
        _note(old, new, entry)
        with naming(target):
            link_or_rename(old.name, old, new.name, new)
        _flush(old, new)
        return new.path


def rename_folder(source: Path, target: Path, *, root: Path) -> Path:
    """Gives a folder another name below `root`; returns the new path with its parent resolved.

    Refuses links, a taken name, a target inside the folder itself and another disk (a mount below it).
    Between the look and the rename an *empty* folder of that name may appear; it would be replaced, and
    nothing would be lost. A folder with content makes the system refuse.
    """
    with naming(source), opened(source, root) as old, opened(target, root) as new:
        entry = os.lstat(old.name, dir_fd=old.folder)
        if not stat.S_ISDIR(entry.st_mode):
            raise FileRefused(source, "this is not a folder")
        if old.path in new.path.parents:
            raise FileRefused(target, "a folder cannot move into itself")
        if _is_same_entry(old, new, entry):
            return _respell(old, new, entry)
        with naming(target):
            refuse_taken(new.name, new)
            _note(old, new, entry)
            os.rename(old.name, new.name, src_dir_fd=old.folder, dst_dir_fd=new.folder)
        _flush(old, new)
        return new.path


def _is_same_entry(old: Place, new: Place, entry: os.stat_result) -> bool:
    """Are these two spellings of one entry? True on volumes that ignore case or Unicode form.

    Two hard links are one file under two real names: then the listing shows the target's own spelling.
    """
    if old.path == new.path:
        return True
    try:
        there = os.lstat(new.name, dir_fd=new.folder)
    except FileNotFoundError:
        return False
    same = (there.st_dev, there.st_ino) == (entry.st_dev, entry.st_ino)
    return same and old.path.parent == new.path.parent and new.name not in os.listdir(new.folder)


def _respell(old: Place, new: Place, entry: os.stat_result) -> Path:
    """Two steps, since a volume that ignores case takes the direct rename for no change at all."""
    if old.path == new.path:
        return new.path
    between = moving_name(old.name)
    _note(old, new, entry)
    os.rename(old.name, between, src_dir_fd=old.folder, dst_dir_fd=old.folder)
    try:
        os.rename(between, new.name, src_dir_fd=old.folder, dst_dir_fd=new.folder)
    except OSError:
        with suppress(OSError):
            os.rename(between, old.name, src_dir_fd=old.folder, dst_dir_fd=old.folder)
        raise
    _flush(old, new)
    return new.path


def _note(old: Place, new: Place, entry: os.stat_result) -> None:
    note_own_write(old.path, None)
    note_own_write(new.path, entry.st_mtime_ns)


def _flush(old: Place, new: Place) -> None:
    make_durable(new)
    if old.path.parent != new.path.parent:
        make_durable(old)
