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

logger = logging.getLogger(__name__)

EXPIRY_SECONDS = 300
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
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
            self._store(self._marker(path), self.clock(), -1 if mtime_ns is None else mtime_ns)
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

    @staticmethod
    def _store(marker: Path, noted_at: float, mtime_ns: int) -> None:
        """One write of a fixed length in place: a rename would make ext4 flush the bytes first (1.4 ms, measured).

        Whoever reads in the middle of it finds no note, which only costs the look that the note would have saved.
        """
        try:
            descriptor = os.open(marker, _WRITE, 0o600)
        except FileNotFoundError:
            marker.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(marker, _WRITE, 0o600)
        try:
            os.pwrite(descriptor, f"{noted_at:020.6f} {mtime_ns:020d}".encode("ascii"), 0)
        finally:
            os.close(descriptor)

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
