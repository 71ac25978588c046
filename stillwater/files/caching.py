"""Keeps a folder of files that can be made anew (or fetched again) from growing without end."""

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from stillwater.files.naming import is_temporary

logger = logging.getLogger(__name__)

STRANDED_SECONDS = 3600.0
"""A temporary file of ours that has not changed for so long belongs to nobody any more."""


class _Cached(NamedTuple):
    changed: float
    size: int
    path: str


def sweep_cache(folder: Path, *, now: float, keep_seconds: float, largest_bytes: int | None) -> int:
    """Remove files below `folder` that are older than `keep_seconds`, then the oldest until they fit; returns how many.

    A file that resists is left. Links are neither followed nor removed.
    """
    files = sorted(_files(str(folder)))
    total = sum(each.size for each in files)
    removed = 0
    for each in files:
        age = now - each.changed
        stranded = is_temporary(os.path.basename(each.path)) and age > STRANDED_SECONDS
        if age > keep_seconds or stranded or (largest_bytes is not None and total > largest_bytes):
            removed += _removed(each)
            total -= each.size
    return removed


def note_use(path: Path) -> bool:
    """Make an existing file young again; False where there is none."""
    try:
        os.utime(path)
    except OSError:
        return False
    return True


def _files(folder: str) -> Iterator[_Cached]:
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except OSError:
        return
    for entry in entries:
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
                continue
            status = entry.stat(follow_symlinks=False)
        except OSError:
            continue
        if stat.S_ISREG(status.st_mode):
            yield _Cached(status.st_mtime, status.st_size, entry.path)


def _removed(cached: _Cached) -> bool:
    try:
        os.unlink(cached.path)
    except OSError as error:
        logger.warning("a cached file could not be removed: %s", error.strerror)
        return False
    return True
