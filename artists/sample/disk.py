"""Writing the files of a sample library, with times of modification that follow from the seed."""

import os
from datetime import UTC, datetime

_EARLIEST = int(datetime(2016, 1, 1, tzinfo=UTC).timestamp())
_SPAN = 6 * 365 * 86_400
_FILE_MODE = 0o644


def moment(seed: int, number: int) -> int:
    """A time of modification, in whole seconds, for everything of artist `number`: some time in 2016 to 2021."""
    return _EARLIEST + (seed * 7919 + number * 104_729) % _SPAN


def write(path: bytes, content: bytes, when: int) -> int:
    """Writes a file and sets its time; returns its size in bytes."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.utime(handle, (when, when))
    return len(content)


def settle(path: bytes, when: int) -> None:
    """Sets the time of a folder and everything below it, links included, without following one."""
    for folder, _, files in os.walk(path, topdown=False):
        for name in files:
            os.utime(os.path.join(folder, name), (when, when), follow_symlinks=False)
        os.utime(folder, (when, when), follow_symlinks=False)
    os.utime(path, (when, when), follow_symlinks=False)
