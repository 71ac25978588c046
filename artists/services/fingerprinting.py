"""One batch of pictures looked at in a process of its own; imports no Django."""

import os
from collections.abc import Sequence
from typing import NamedTuple

from artists.imaging.fingerprint import Fingerprint, fingerprint


class PictureTask(NamedTuple):
    """A file as its row describes it."""

    path: str
    kind: str
    size: int
    mtime_ns: int


def fingerprint_all(tasks: Sequence[PictureTask]) -> list[Fingerprint | None]:
    """In the order of the tasks; None where the file is no longer the one that the row describes."""
    return [_one(task) for task in tasks]


def _one(task: PictureTask) -> Fingerprint | None:
    found = fingerprint(task.path, task.kind)
    try:
        now = os.stat(task.path)
    except OSError:
        return found
    return found if (now.st_size, now.st_mtime_ns) == (task.size, task.mtime_ns) else None
