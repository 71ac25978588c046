"""Reads bytes of regular files only, a window at a time, so that a header costs one small read."""

import os
import stat
from enum import StrEnum
from io import BufferedReader
from types import TracebackType
from typing import Self

from stillwater.errors import reason_of

FIRST_WINDOW = 16 * 1024
NEXT_WINDOW = 4 * 1024


class Failure(StrEnum):
    """Why a picture cannot be used.

    UNREACHABLE means that we could not look: stored facts about the file must stay as they are.
    """

    NONE = ""
    GONE = "gone"
    UNREACHABLE = "unreachable"
    IRREGULAR = "irregular"
    UNSUPPORTED = "unsupported"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"


class EndOfDataError(ValueError):
    """The data ended before the bytes that were asked for."""


class NotRegularError(OSError):
    """The name is a folder, pipe, socket or device."""


class Source:
    """Random access to the bytes of a picture, in memory or in an open file, through one moving window."""

    __slots__ = ("_descriptor", "_start", "_window", "size")

    def __init__(self, window: bytes, size: int, descriptor: int = -1) -> None:
        self._window = window
        self._start = 0
        self._descriptor = descriptor
        self.size = size

    def take(self, offset: int, length: int) -> bytes:
        """Exactly `length` bytes at `offset`; raises EndOfDataError when there are fewer, OSError on trouble."""
        at = offset - self._start
        if (at < 0 or at + length > len(self._window)) and self._descriptor >= 0:
            self._window = os.pread(self._descriptor, max(length, NEXT_WINDOW), offset)
            self._start, at = offset, 0
        piece = self._window[at : at + length]
        if len(piece) < length:
            raise EndOfDataError("the file ends inside its header")
        return piece

    def start(self, limit: int) -> bytes:
        """The first bytes, at most `limit` of them."""
        return self.take(0, min(self.size, limit))

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_source(path: str | os.PathLike[str]) -> Source:
    """Open a regular file (links are followed); raises NotRegularError for anything else, else any OSError."""
    descriptor, size = _open_regular(path)
    try:
        return Source(os.pread(descriptor, FIRST_WINDOW, 0), size, descriptor)
    except OSError:
        os.close(descriptor)
        raise


def read_file(path: str | os.PathLike[str], limit: int) -> bytes | None:
    """All bytes of a regular file, or None when it has more than `limit`; raises like `open_source`."""
    descriptor, size = _open_regular(path)
    with open(descriptor, "rb", buffering=0) as file:
        data = file.read() if size <= limit else None
    # The file may have grown while it was read.
    return data if data is not None and len(data) <= limit else None


def open_regular(path: str | os.PathLike[str]) -> BufferedReader:
    """A regular file opened for reading; raises like `open_source`."""
    descriptor, _ = _open_regular(path)
    return open(descriptor, "rb")


def failure_of(error: OSError) -> tuple[Failure, str]:
    """The kind of failure behind an operating system error, and a plain sentence for it."""
    if isinstance(error, NotRegularError):
        return Failure.IRREGULAR, "this is not a regular file"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Failure.GONE, "the file does not exist"
    return Failure.UNREACHABLE, f"the file cannot be read ({reason_of(error)})"


def _open_regular(path: str | os.PathLike[str]) -> tuple[int, int]:
    # Without O_NONBLOCK, opening a pipe waits for a writer that never comes.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    status = os.fstat(descriptor)
    if stat.S_ISREG(status.st_mode):
        return descriptor, status.st_size
    os.close(descriptor)
    raise NotRegularError(f"not a regular file: {os.fspath(path)}")
