"""The minute tick: what each floor wants to have looked at now and then joins here at start-up."""

import logging
import time
from collections.abc import Callable

from django.conf import settings

from stillwater.files import change_under_lock

logger = logging.getLogger(__name__)

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


def is_due(name: str, every_seconds: float, clock: Callable[[], float] = time.time) -> bool:
    """Whether it is time again for the tick of this name; one worker of all hears yes, the first time at once."""

    def looked(text: str) -> tuple[str, bool]:
        try:
            last = float(text)
        except ValueError:
            last = 0.0
        due = not 0 <= clock() - last < every_seconds
        return (f"{clock():020.6f}" if due else text), due

    return change_under_lock(settings.STILLWATER_DATA / "ticks" / name, looked)
