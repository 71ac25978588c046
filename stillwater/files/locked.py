"""Files that all processes of one machine take in turn: a short text that they change, or nothing but the turn."""

import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from stillwater.files.errors import naming

Result = TypeVar("Result")

_held = threading.local()

_LONGEST_TEXT = 4096
_OPEN = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


def change_under_lock(path: Path, change: Callable[[str], tuple[str, Result]]) -> Result:
    """Gives `change` the text ("" at first), stores the text it returns and hands back its result.

    The lock (flock) falls with the process, so a killed worker never leaves it behind. The text is ASCII of
    at most 4096 bytes; it is not flushed to disk, and a reader must bear a torn one after a crash.
    """
    with naming(path):
        descriptor = _opened(path)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            text, result = change(os.pread(descriptor, _LONGEST_TEXT, 0).decode("ascii", "replace"))
            size = os.pwrite(descriptor, text.encode("ascii"), 0)
            os.ftruncate(descriptor, size)
        finally:
            os.close(descriptor)
        return result


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Holds the lock of this file for the length of the block; all other threads and processes wait at the door.

    The thread that has it may come in again. It falls with the process, like the one above.
    """
    mine: set[Path] = _held.__dict__.setdefault("paths", set())
    if path in mine:
        yield
        return
    with naming(path):
        descriptor = _opened(path)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        except BaseException:
            os.close(descriptor)
            raise
    mine.add(path)
    try:
        yield
    finally:
        mine.discard(path)
        with suppress(OSError):  # nothing was written through it, and the lock is gone either way
            os.close(descriptor)


def _opened(path: Path) -> int:
    try:
        return os.open(path, _OPEN, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, _OPEN, 0o600)
