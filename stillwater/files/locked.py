"""A short text in a file that all processes of one machine change one after another."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from stillwater.files.errors import naming

Result = TypeVar("Result")

_LONGEST_TEXT = 4096
_OPEN = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


def change_under_lock(path: Path, change: Callable[[str], tuple[str, Result]]) -> Result:
    """Gives `change` the text ("" at first), stores the text it returns and hands back its result.

    The lock (flock) falls with the process, so a killed worker never leaves it behind. The text is ASCII of
    at most 4096 bytes; it is not flushed to disk, and a reader must bear a torn one after a crash.
    """
    with naming(path):
        try:
            descriptor = os.open(path, _OPEN, 0o600)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, _OPEN, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            text, result = change(os.pread(descriptor, _LONGEST_TEXT, 0).decode("ascii", "replace"))
            size = os.pwrite(descriptor, text.encode("ascii"), 0)
            os.ftruncate(descriptor, size)
        finally:
            os.close(descriptor)
        return result
