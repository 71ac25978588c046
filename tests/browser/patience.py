"""Waits for what a server does in the background, where no page shows it."""

import time
from collections.abc import Callable

STEP, LONGEST = 0.1, 60.0


def until(holds: Callable[[], object], what: str) -> None:
    """Ask again until the answer is true. Raises AssertionError after a minute."""
    end = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < end, f"waited for a minute: {what}"
        time.sleep(STEP)
