"""Clears up after a crash: deletes stranded bytes of our own and puts half-renamed entries back."""

import logging
import os
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from stillwater.files.containment import Place, opened
from stillwater.files.entries import link_or_rename, refuse_taken
from stillwater.files.errors import FileProblem, naming
from stillwater.files.naming import is_temporary, name_before_moving

logger = logging.getLogger(__name__)

PROCESS_START = time.time()


@dataclass
class Swept:
    """What one sweep did: names removed, and names put back as they were before a cut-off rename."""

    removed: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)


def sweep_stray_temps(folder: Path, *, before: float = PROCESS_START) -> Swept:
    """Sweeps one folder, not what is below it: only our own names, only entries last changed before `before`.

    `before` is in seconds since 1970. Another process that is writing at this very moment may lose its
    temporary file to this; its write then fails with the old bytes in place. Sweep at start only.
    """
    swept = Swept()
    with naming(folder):
        names = sorted(name for name in os.listdir(folder) if is_temporary(name) or name_before_moving(name))
    for name in names:
        _try(_remove if is_temporary(name) else _restore, folder, name, before, swept)
    return swept


def _try(
    step: Callable[[Place, os.stat_result, Swept], None], folder: Path, name: str, before: float, swept: Swept
) -> None:
    """One entry that cannot be handled does not keep the others from it."""
    try:
        with naming(folder / name), opened(folder / name, folder) as place:
            entry = os.lstat(name, dir_fd=place.folder)
            if entry.st_ctime < before:
                step(place, entry, swept)
    except FileProblem as problem:
        logger.warning("left where it was after a crash: %s", problem.message)


def _remove(place: Place, entry: os.stat_result, swept: Swept) -> None:
    if stat.S_ISREG(entry.st_mode) or stat.S_ISLNK(entry.st_mode):
        os.unlink(place.name, dir_fd=place.folder)
        swept.removed.append(place.name)


def _restore(place: Place, entry: os.stat_result, swept: Swept) -> None:
    name = name_before_moving(place.name)
    if stat.S_ISDIR(entry.st_mode):
        refuse_taken(name, place)
        os.rename(place.name, name, src_dir_fd=place.folder, dst_dir_fd=place.folder)
    else:
        link_or_rename(place.name, place, name, place)
    swept.restored.append(name)
