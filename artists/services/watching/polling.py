"""Looks at a root now and then: which folders came, went or changed since the last look."""

import os
from collections.abc import Mapping
from typing import NamedTuple

from artists.folders.names import is_ignored_folder

Times = Mapping[str, int]


class Difference(NamedTuple):
    """`changed`: folders that stayed and have another time. `moved`: folders came or went."""

    changed: frozenset[str]
    moved: bool


def folder_times(root: str) -> dict[str, int] | None:
    """The artist folders of a root with their times (ns); None when the root cannot be read, which says nothing.

    A file that is rewritten in place leaves its folder's time alone: the next scan finds it.
    """
    times: dict[str, int] = {}
    try:
        with os.scandir(root) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False) and not is_ignored_folder(entry.name):
                    times[entry.name] = entry.stat(follow_symlinks=False).st_mtime_ns
    except OSError:
        return None
    return times


def difference(before: Times, now: Times) -> Difference:
    changed = frozenset(name for name, time in now.items() if name in before and before[name] != time)
    return Difference(changed, before.keys() != now.keys())
