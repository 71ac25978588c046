"""The files of one operation: what they were is kept first, then all are changed or none is."""

import errno
import hashlib
import logging
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from artists.services.snapshots import LARGEST, keep, kept
from stillwater.errors import Conflict, StillwaterError, Unavailable
from stillwater.files import (
    FileMissing,
    WrittenFile,
    create_file,
    link_file,
    make_folder,
    printable,
    read_bytes_limited,
    remove_file,
    remove_folder,
    rename_file,
    rename_folder,
    write_file,
)
from stillwater.files.errors import naming

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileChange:
    """What shall be: the new bytes of a file, None to remove it, or another place for a file or a folder.

    `is_folder`: an empty folder, to be removed, or to be made where `data` is not None.
    """

    path: Path
    root: Path
    data: bytes | None = None
    moved_to: Path | None = None
    mode: int | None = None
    based_on: str | None = None
    """SHA-256 of what has to lie there until then, blank for no file; None: whatever it is."""
    is_folder: bool = False
    link_to: str = ""
    """A link to this name, or, where the disk knows no links, a copy of what it leads to: `data`."""
    known: bytes | None = field(default=None, repr=False)
    """What lies there, where it was read a moment ago in this artist's turn; None: it has to be read."""
    mtime_ns: int | None = None

    @property
    def after_hash(self) -> str:
        """SHA-256 of what will lie there; blank for nothing."""
        return hashlib.sha256(self.data).hexdigest() if self.data is not None else ""


class ChangedMeanwhile(Conflict):
    """The new bytes were made from others than those that lie there by now."""


class NotPutBack(Unavailable):
    """A file failed, and so did putting back those that had been changed before it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A change together with what the file was before it. `content_hash` leads to the bytes (snapshots.py)."""

    change: FileChange
    existed: bool
    content_hash: str = ""
    size: int = 0
    mode: int | None = None
    mtime_ns: int | None = None
    link_to: str = ""


def prepare(change: FileChange) -> Prepared:
    """Keep the file's present bytes. Raises what the disk says: a file that can't be read is not overwritten.

    Raises ChangedMeanwhile when they are not the ones that the change is based on.
    """
    if change.moved_to is not None:
        return Prepared(change, existed=True)
    if change.is_folder:
        return Prepared(change, existed=os.path.isdir(change.path))
    link_to = link_at(change.path)
    try:
        data = read_bytes_limited(change.path, LARGEST) if change.known is None else change.known
        with naming(change.path):
            found = os.stat(change.path)
    except FileMissing:
        _require_base(change, "")
        return Prepared(change, existed=os.path.lexists(change.path), link_to=link_to)
    _require_base(change, hashlib.sha256(data).hexdigest())
    return Prepared(change, True, keep(data), len(data), stat.S_IMODE(found.st_mode), found.st_mtime_ns, link_to)


def apply_all(changes: Sequence[Prepared]) -> dict[Path, WrittenFile]:
    """Change every file, or, if one fails, put back those already changed and raise that failure.

    Raises NotPutBack when that fails too.
    """
    written: dict[Path, WrittenFile] = {}
    for number, prepared in enumerate(changes):
        try:
            result = _apply(prepared.change)
        except BaseException as problem:
            stranded = put_back(changes[:number])
            if stranded and isinstance(problem, StillwaterError):
                raise NotPutBack(f"{problem.message}; {', '.join(stranded)} could not be put back") from problem
            raise
        if result is not None:
            written[prepared.change.path] = result
    return written


def put_back(changes: Sequence[Prepared]) -> list[str]:
    """Undo applied changes, the last one first. A file that resists is left, logged and named; the others go on."""
    stranded: list[str] = []
    for prepared in reversed(changes):
        try:
            restore(prepared)
        except StillwaterError as error:
            stranded.append(printable(prepared.change.path.name))
            logger.error("%s could not be put back: %s", stranded[-1], error.message)
    return stranded


def restore(prepared: Prepared) -> None:
    """Make one file what it was before. Raises Gone, or what the disk says."""
    change = prepared.change
    if change.moved_to is not None:
        _rename(change.moved_to, change.path, change.root)
    elif change.is_folder:
        _make_or_remove(change.path, change.root, make=change.data is None)
    elif prepared.link_to:
        link_file(change.path, prepared.link_to, root=change.root)
    elif prepared.content_hash:
        data = kept(prepared.content_hash)
        write_file(change.path, data, root=change.root, mode=prepared.mode, mtime_ns=prepared.mtime_ns)
    elif not prepared.existed:
        remove_file(change.path, root=change.root)


def present_hash(path: Path) -> str:
    """SHA-256 of what lies at `path` now; blank when nothing does. Raises what the disk says otherwise."""
    try:
        return hashlib.sha256(read_bytes_limited(path, LARGEST)).hexdigest()
    except FileMissing:
        return ""


def link_at(path: Path) -> str:
    """Where the link at `path` leads, as it is written there; blank where no link lies. Raises what the disk says."""
    with naming(path):
        try:
            return os.readlink(path)
        except OSError as error:
            if error.errno in (errno.EINVAL, errno.ENOENT):
                return ""
            raise


def _require_base(change: FileChange, digest: str) -> None:
    if change.based_on not in (None, digest):
        raise ChangedMeanwhile(f"another program has just written {printable(change.path.name)}")


def _apply(change: FileChange) -> WrittenFile | None:
    if change.moved_to is not None:
        _rename(change.path, change.moved_to, change.root)
        return None
    if change.is_folder:
        _make_or_remove(change.path, change.root, make=change.data is not None)
        return None
    if change.data is None:
        remove_file(change.path, root=change.root)
        return None
    if change.link_to and link_file(change.path, change.link_to, root=change.root):
        return None
    if change.based_on == "" and not os.path.lexists(change.path):
        return create_file(change.path, change.data, root=change.root, mode=change.mode)
    return write_file(change.path, change.data, root=change.root, mode=change.mode, mtime_ns=change.mtime_ns)


def _rename(old: Path, new: Path, root: Path) -> None:
    """A link to a folder counts as one, so that it is refused and not moved."""
    rename = rename_folder if old.is_dir() else rename_file
    rename(old, new, root=root)


def _make_or_remove(path: Path, root: Path, *, make: bool) -> None:
    if make:
        make_folder(path, root=root)
    else:
        remove_folder(path, root=root)
