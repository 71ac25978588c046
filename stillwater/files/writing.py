"""Writes and removes single files so that a reader sees the old bytes or the new ones, never a mixture."""

import hashlib
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from stillwater.files.containment import Place, opened
from stillwater.files.entries import NOT_KNOWN_HERE, link_or_rename, make_durable
from stillwater.files.errors import FileRefused, naming
from stillwater.files.naming import temporary_name
from stillwater.files.own_writes import note_own_write

NEW_FILE_MODE = 0o644
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True)
class WrittenFile:
    """What lies on disk now. `mtime_ns` is the file's own time in nanoseconds, as `os.stat` tells it."""

    path: Path
    sha256: str
    size: int
    mtime_ns: int


def write_file(
    path: Path, data: bytes, *, root: Path, mode: int | None = None, mtime_ns: int | None = None
) -> WrittenFile:
    """Puts `data` at `path`, replacing what was there; a link there is replaced, never written through.

    The old file's mode and owner are kept unless `mode` is given; a new file gets 0644. `mtime_ns`: the file's own time
    in nanoseconds, for bytes that are put back; None is now. The parent must exist. Raises the errors of
    `files.errors`, and then the old bytes are untouched.
    """
    return _put(path, data, root=root, mode=mode, replace=True, mtime_ns=mtime_ns)


def create_file(path: Path, data: bytes, *, root: Path, mode: int | None = None) -> WrittenFile:
    """Like `write_file`, but raises `NameTaken` when anything has that name already, even in a race."""
    return _put(path, data, root=root, mode=mode, replace=False)


def remove_file(path: Path, *, root: Path) -> bool:
    """Removes a file or a link (never what it points at); False when nothing was there. Folders are refused."""
    with naming(path), opened(path, root) as place:
        try:
            if stat.S_ISDIR(os.lstat(place.name, dir_fd=place.folder).st_mode):
                raise FileRefused(path, "this is a folder")
            note_own_write(place.path, None)
            os.unlink(place.name, dir_fd=place.folder)
        except FileNotFoundError:
            return False
        make_durable(place)
    return True


def make_folder(path: Path, *, root: Path) -> Path:
    """Makes `path` and the parents it lacks (0755) below `root`, which must exist; returns it resolved."""
    with naming(path):
        missing = [path, *path.parents]
        missing = missing[: next((number for number, step in enumerate(missing) if step.exists()), 0)]
        for step in reversed(missing):
            with opened(step, root) as place, suppress(FileExistsError):
                os.mkdir(place.name, 0o755, dir_fd=place.folder)
        with opened(path, root) as place:
            if not stat.S_ISDIR(os.stat(place.name, dir_fd=place.folder).st_mode):
                raise FileRefused(path, "this is not a folder")
            return place.path


def remove_folder(path: Path, *, root: Path) -> bool:
    """Removes an empty folder; False when nothing was there. What is in one is never removed with it."""
    with naming(path), opened(path, root) as place:
        note_own_write(place.path, None)
        try:
            os.rmdir(place.name, dir_fd=place.folder)
        except FileNotFoundError:
            return False
        make_durable(place)
    return True


def _put(
    path: Path, data: bytes, *, root: Path, mode: int | None, replace: bool, mtime_ns: int | None = None
) -> WrittenFile:
    with naming(path), opened(path, root) as place:
        old = refuse_irregular(place)
        temporary = temporary_name()
        try:
            written = _write_temporary(place, temporary, data, old, mode, mtime_ns)
            note_own_write(place.path, written.mtime_ns)
            if replace:
                os.replace(temporary, place.name, src_dir_fd=place.folder, dst_dir_fd=place.folder)
            else:
                link_or_rename(temporary, place, place.name, place)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary, dir_fd=place.folder)
            raise
        make_durable(place)
    return written


def refuse_irregular(place: Place) -> os.stat_result | None:
    """What is known of the regular file there; None for a link, or for nothing. Raises `FileRefused` for a folder."""
    try:
        old = os.lstat(place.name, dir_fd=place.folder)
    except FileNotFoundError:
        return None
    if stat.S_ISREG(old.st_mode):
        return old
    if stat.S_ISLNK(old.st_mode):
        return None
    raise FileRefused(place.path, "this is not a regular file")


def _write_temporary(
    place: Place, name: str, data: bytes, old: os.stat_result | None, mode: int | None, mtime_ns: int | None
) -> WrittenFile:
    descriptor = os.open(name, _NEW, 0o600, dir_fd=place.folder)
    try:
        _write_all(descriptor, data)
        _keep_owner(descriptor, old)
        _keep_mode(descriptor, mode if mode is not None else old.st_mode & 0o777 if old else NEW_FILE_MODE)
        if mtime_ns is not None:
            with suppress(OSError):  # some shares keep times of their own
                os.utime(descriptor, ns=(mtime_ns, mtime_ns))
        os.fsync(descriptor)
        mtime_ns = os.fstat(descriptor).st_mtime_ns
    except BaseException:
        with suppress(OSError):
            os.close(descriptor)
        raise
    os.close(descriptor)
    return WrittenFile(place.path, hashlib.sha256(data).hexdigest(), len(data), mtime_ns)


def _write_all(descriptor: int, data: bytes) -> None:
    """A full disk answers with a short write first and with the error only at the next one."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _keep_owner(descriptor: int, old: os.stat_result | None) -> None:
    """Only the superuser may give files away; anybody else's new file is their own. Some shares know no owners."""
    if old and (old.st_uid, old.st_gid) != (os.geteuid(), os.getegid()):
        with suppress(OSError):
            os.fchown(descriptor, old.st_uid, old.st_gid)


def _keep_mode(descriptor: int, mode: int) -> None:
    """vfat and many shares know no modes and say so; their mount options decide."""
    try:
        os.fchmod(descriptor, mode)
    except OSError as error:
        if error.errno not in NOT_KNOWN_HERE:
            raise
