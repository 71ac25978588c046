"""Reads a whole file that other programs own: only regular files, never more than a limit, never hanging on a pipe."""

import os
import stat
from pathlib import Path

from stillwater.files.errors import FileRefused, FileTooLarge, naming

_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def read_bytes_limited(path: Path, limit: int, *, root: Path | None = None) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; a link to one will do.

    With `root`, the file that a link leads to must lie inside it. Raises `FileMissing` for no file or a
    dangling link, `FileRefused` for a folder, pipe or device, `FileTooLarge`, or what the disk says.
    """
    with naming(path):
        if root is not None:
            _refuse_outside(path, root)
        _refuse_irregular(path, os.stat(path))
        descriptor = os.open(path, _READ)
        try:
            found = os.fstat(descriptor)
            _refuse_irregular(path, found)
            if found.st_size > limit:
                raise FileTooLarge(path)
            return _read_all(descriptor, path, limit)
        finally:
            os.close(descriptor)


def _refuse_outside(path: Path, root: Path) -> None:
    real = Path(os.path.realpath(path, strict=True))
    if Path(os.path.realpath(root, strict=True)) not in real.parents:
        raise FileRefused(path, "this path leads outside its folder")


def _refuse_irregular(path: Path, found: os.stat_result) -> None:
    """Asked before opening too, since opening a device or a pipe can already do something."""
    if not stat.S_ISREG(found.st_mode):
        raise FileRefused(path, "this is not a regular file")


def _read_all(descriptor: int, path: Path, limit: int) -> bytes:
    """Reads one byte beyond the limit to notice a file that grows meanwhile."""
    pieces: list[bytes] = []
    left = limit + 1
    while left and (piece := os.read(descriptor, min(left, 1 << 20))):
        pieces.append(piece)
        left -= len(piece)
    if not left:
        raise FileTooLarge(path)
    return b"".join(pieces)
