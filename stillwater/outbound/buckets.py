"""Rate buckets shared by all processes: each request takes a ticket, and leaves when its moment has come."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from stillwater.files import change_under_lock
from stillwater.outbound.pacing import Line, read, written
from stillwater.outbound.policy import Rate
from stillwater.outbound.shared_text import look_at, shared_file

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Ticket:
    """A place in the line; `wait` in seconds is what it looks like now, for it moves with those before it."""

    number: int
    wait: float


class BucketStore(Protocol):
    """What a Redis store would have to do as well. All times are in seconds."""

    def enter(self, rate: Rate, patience: float) -> Ticket:
        """The next place in the line; one whose wait is beyond `patience` is not taken."""

    def wait(self, rate: Rate, ticket: Ticket) -> float:
        """How long until the ticket may leave."""

    def leave(self, rate: Rate, ticket: Ticket) -> float:
        """0: send now, the moment is taken. Otherwise the seconds until it is worth asking again."""

    def hold(self, rate: Rate, seconds: float) -> None:
        """Nobody leaves before so many seconds from now (a server said Retry-After)."""

    def throttled(self, rate: Rate, seconds: float) -> None:
        """A server said that we ask too often; `seconds` is 0 where it named no time."""

    def succeeded(self, rate: Rate) -> None:
        """An answer came: after enough of them a rate that was lowered rises again."""

    def look(self, name: str) -> Line:
        """How the bucket stands, without changing anything."""


class FileBuckets:
    """One small locked file for each bucket, for all processes of one machine."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self.clock = clock

    def enter(self, rate: Rate, patience: float) -> Ticket:
        def take(line: Line, now: float) -> tuple[Line, Ticket]:
            after = line.entered(rate, now)
            wait = max(0.0, after.moment(rate, line.issued) - now)
            return (line if wait > patience else after), Ticket(line.issued, wait)

        return self._change(rate.name, take)

    def wait(self, rate: Rate, ticket: Ticket) -> float:
        now = self.clock()
        return max(0.0, self.look(rate.name).moment(rate, ticket.number) - now)

    def leave(self, rate: Rate, ticket: Ticket) -> float:
        def go(line: Line, now: float) -> tuple[Line, float]:
            wait = line.moment(rate, ticket.number) - now
            return (line, wait) if wait > 0 else (line.left(rate, ticket.number, now), 0.0)

        return self._change(rate.name, go)

    def hold(self, rate: Rate, seconds: float) -> None:
        self._change(rate.name, lambda line, now: (line.held(rate, seconds, now), None))

    def throttled(self, rate: Rate, seconds: float) -> None:
        self._change(rate.name, lambda line, now: (line.throttled(rate, seconds, now), None))

    def succeeded(self, rate: Rate) -> None:
        self._change(rate.name, lambda line, now: (line.succeeded(), None))

    def look(self, name: str) -> Line:
        return read(look_at(shared_file(self.folder, name, "rate")), self.clock())

    def _change(self, name: str, change: Callable[[Line, float], tuple[Line, Result]]) -> Result:
        def changed(text: str) -> tuple[str, Result]:
            now = self.clock()
            line, result = change(read(text, now), now)
            return written(line, now), result

        return change_under_lock(shared_file(self.folder, name, "rate"), changed)
