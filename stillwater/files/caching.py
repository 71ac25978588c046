"""Keeps a folder of files that can be made anew (or fetched again) from growing without end."""

import logging
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from stillwater.files.naming import is_temporary

logger = logging.getLogger(__name__)

STRANDED_SECONDS = 3600.0
"""A temporary file of ours that has not changed for so long belongs to nobody any more."""


class Cached(NamedTuple):
    """A file of a cache: when it was made or used last (seconds), bytes, where."""

    changed: float
    size: int
    path: str


def cached_files(*folders: Path) -> list[Cached]:
    """The regular files below the folders, the longest unused first; what cannot be listed is not among them."""
    return sorted(file for folder in folders for file in _files(str(folder)))


def nobody_needs(_file: Cached) -> bool:
    return False


def sweep_cache(
    *folders: Path,
    now: float,
    keep_seconds: float,
    largest_bytes: int | None,
    spared: Callable[[Cached], bool] = nobody_needs,
) -> int:
    """Remove files below the folders that are older than `keep_seconds`, then the oldest until all fit; returns how
    many. The `spared` stay, however much there is.

    A file that resists is left. Links are neither followed nor removed.
    """
    files = cached_files(*folders)
    total = sum(each.size for each in files)
    removed = 0
    for each in files:
        if spared(each):
            continue
        age = now - each.changed
        stranded = is_temporary(os.path.basename(each.path)) and age > STRANDED_SECONDS
        if age > keep_seconds or stranded or (largest_bytes is not None and total > largest_bytes):
            removed += remove_cached(each)
            total -= each.size
    return removed


def note_use(path: Path) -> bool:
    """Make an existing file young again; False where there is none."""
    try:
        os.utime(path)
    except OSError:
        return False
    return True


def _files(folder: str) -> Iterator[Cached]:
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
            yield Cached(status.st_mtime, status.st_size, entry.path)


def remove_cached(cached: Cached) -> bool:
    """False for one that resists."""
    try:
        os.unlink(cached.path)
    except OSError as error:
        logger.warning("a cached file could not be removed: %s", error.strerror)
        return False
    return True
