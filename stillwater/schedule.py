"""The minute tick: what each floor wants to have looked at now and then joins here at start-up."""

import logging
import math
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from stillwater.errors import StillwaterError
from stillwater.files import change_under_lock, read_bytes_limited

logger = logging.getLogger(__name__)

LATE = 100.0
"""Seconds after the last tick when the next one is overdue: it comes every minute, and begins later in a busy house."""

Tick = Callable[[], object]

_ticks: list[Tick] = []


def join_tick(tick: Tick) -> None:
    """Call `tick()` every minute in a worker. It decides by itself whether it is due."""
    if tick not in _ticks:
        _ticks.append(tick)


def run_ticks() -> None:
    """All of them; one that fails is logged and does not hold up the others."""
    for tick in _ticks:
        try:
            tick()
        except Exception:
            logger.exception("a tick failed")


def note_tick(clock: Callable[[], float] = time.time) -> None:
    """A worker has begun its tick; every process may ask when that was. A full disk does not hold the tick up."""
    try:
        change_under_lock(_note("tick"), lambda _old: (f"{clock():020.6f}", None))
    except StillwaterError:
        logger.exception("the tick could not be noted")


def is_on_time(clock: Callable[[], float] = time.time) -> bool:
    """Whether a worker has begun its tick lately: it lives, and takes what is in the queue."""
    try:
        last = _moment(read_bytes_limited(_note("tick"), 64).decode("ascii", "replace"))
    except StillwaterError:
        return False
    return 0 <= clock() - last < LATE


def is_due(name: str, every_seconds: float, clock: Callable[[], float] = time.time) -> bool:
    """Whether it is time again for the tick of this name; one worker of all hears yes, the first time at once."""

    def looked(text: str) -> tuple[str, bool]:
        due = not 0 <= clock() - _moment(text) < every_seconds
        return (f"{clock():020.6f}" if due else text), due

    return change_under_lock(_note(name), looked)


def _note(name: str) -> Path:
    return Path(settings.STILLWATER_DATA) / "ticks" / name


def _moment(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -math.inf
