"""Remembers our own writes for five minutes, across processes, so that the watcher does not answer them with a scan."""

import hashlib
import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from stillwater.files.naming import temporary_name

logger = logging.getLogger(__name__)

EXPIRY_SECONDS = 300
_COARSE_NS = 2_000_000_000
_SECOND_NS = 1_000_000_000


class OwnWrites:
    """One small file for each path, named by the path's hash; it holds when we wrote and the file's time then.

    A later change by somebody else has another time, so it is not taken for ours. File systems that keep
    whole seconds only (FAT: two) are compared with that grain.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self.clock = clock
        self._swept = clock()

    def note(self, path: Path, mtime_ns: int | None) -> None:
        """Call before the change becomes visible. `mtime_ns` None means that the path is about to go.

        Never raises: forgetting a write of ours costs one needless look at a folder, nothing more.
        """
        try:
            self._store(self._marker(path), f"{self.clock()} {-1 if mtime_ns is None else mtime_ns}")
        except OSError as error:
            logger.warning("an own write could not be noted: %s", error.strerror)
        if self.clock() - self._swept > EXPIRY_SECONDS:
            self.sweep()

    def includes(self, path: Path, mtime_ns: int | None) -> bool:
        """Is what the watcher sees now (None: nothing there) what we left there in the last five minutes?"""
        noted = self._read(self._marker(path))
        if noted is None or not 0 <= self.clock() - noted[0] <= EXPIRY_SECONDS:
            return False
        if mtime_ns is None or noted[1] < 0:
            return mtime_ns is None and noted[1] < 0
        coarse = mtime_ns % _SECOND_NS == 0 and abs(mtime_ns - noted[1]) < _COARSE_NS
        return coarse or mtime_ns == noted[1]

    def sweep(self) -> None:
        """Drops what has expired."""
        self._swept = self.clock()
        with suppress(OSError):
            for marker in list(self.folder.iterdir()):
                noted = self._read(marker)
                if noted is None or self.clock() - noted[0] > EXPIRY_SECONDS:
                    marker.unlink(missing_ok=True)

    def _marker(self, path: Path) -> Path:
        return self.folder / hashlib.sha256(os.fsencode(path)).hexdigest()[:32]

    def _store(self, marker: Path, text: str) -> None:
        """Not flushed: after a power cut there is no watcher left that could be misled."""
        temporary = self.folder / temporary_name()
        try:
            temporary.write_text(text, encoding="ascii")
        except FileNotFoundError:
            self.folder.mkdir(parents=True, exist_ok=True)
            temporary.write_text(text, encoding="ascii")
        temporary.replace(marker)

    @staticmethod
    def _read(marker: Path) -> tuple[float, int] | None:
        try:
            noted_at, mtime_ns = marker.read_text(encoding="ascii").split()
            return float(noted_at), int(mtime_ns)
        except (OSError, ValueError):
            return None


@lru_cache(maxsize=8)
def _in(folder: Path) -> OwnWrites:
    return OwnWrites(folder)


def _shared() -> OwnWrites:
    return _in(settings.STILLWATER_DATA / "own-writes")


def note_own_write(path: Path, mtime_ns: int | None) -> None:
    """Notes a write in the registry that all processes share; nobody watches the data folder itself."""
    if settings.STILLWATER_DATA not in path.parents:
        _shared().note(path, mtime_ns)


def is_own_write(path: Path, mtime_ns: int | None) -> bool:
    """Did one of our processes leave `path` like this in the last five minutes? None: the path is gone."""
    return _shared().includes(path, mtime_ns)
