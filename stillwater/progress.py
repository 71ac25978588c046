"""How a verb says how far it is: the same verb runs in a job, a command or a test."""

from typing import Protocol


class Cancelled(Exception):
    """Raised between two items when a person cancelled the work."""


class Progress(Protocol):
    """Called between items. `total` None: not known yet. Raises `Cancelled` when the work is to stop."""

    def __call__(self, done: int, total: int | None, message: str = "", /) -> None: ...


def no_progress(_done: int, _total: int | None, _message: str = "") -> None:
    """For callers that do not care."""
