"""The minute tick: what each floor wants to have looked at now and then joins here at start-up."""

import logging
from collections.abc import Callable

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
