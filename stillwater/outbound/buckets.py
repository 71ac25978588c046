"""Token buckets shared by all processes: each takes the next free moment, so nobody is asked too often."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from stillwater.files import change_under_lock

LONGEST_AHEAD = 3600.0
"""Seconds. Nothing is ever reserved further ahead; a moment beyond it means that the clock was set back."""


class BucketStore(Protocol):
    """Times are in seconds; `interval` is the time between two requests on average."""

    def reserve(self, name: str, *, interval: float, burst: int, patience: float) -> float:
        """Takes the next moment and returns how long to wait for it; beyond `patience` nothing is taken."""

    def hold(self, name: str, seconds: float) -> None:
        """Nobody gets a moment before so many seconds from now (a server said Retry-After)."""


class FileBuckets:
    """One small locked file for each bucket, for all processes of one machine. It holds the next free moment."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self.clock = clock

    def reserve(self, name: str, *, interval: float, burst: int, patience: float) -> float:
        def take(text: str) -> tuple[str, float]:
            now = self.clock()
            moment = max(_moment(text, now), now - (burst - 1) * interval)
            wait = max(0.0, moment - now)
            return (text if wait > patience else repr(moment + interval)), wait

        return change_under_lock(self._file(name), take)

    def hold(self, name: str, seconds: float) -> None:
        def push(text: str) -> tuple[str, None]:
            now = self.clock()
            return repr(max(_moment(text, now), now + min(seconds, LONGEST_AHEAD))), None

        change_under_lock(self._file(name), push)

    def _file(self, name: str) -> Path:
        safe = "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in name)
        return self.folder / f"{safe}.next"


def _moment(text: str, now: float) -> float:
    """The stored moment; 0 for none, for a torn text, and for one from before the clock was set back."""
    try:
        moment = float(text)
    except ValueError:
        return 0.0
    return moment if moment <= now + LONGEST_AHEAD else 0.0
