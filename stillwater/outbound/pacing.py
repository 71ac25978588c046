"""The arithmetic of one rate bucket: a line of tickets, the next free moment, and a share of the rate that adapts."""

from dataclasses import asdict, dataclass, replace
from json import dumps
from math import isfinite

from stillwater.json_text import read_json
from stillwater.outbound.policy import Rate

LONGEST_HOLD = 3600.0
"""Seconds; a server that asks for more is asked again after an hour."""
LEAST_SHARE = 1 / 8
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 60.0
SUCCESSES_TO_GROW = 10
GROWTH = 0.1
_CLOCK_SET_BACK = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """What a bucket remembers; moments are calendar seconds.

    Tickets are numbered; all below `served` have left or count as given up. `free_at` is the moment from which one
    request more is within the rate. `seen` is the last look at the clock, so that a clock set back is noticed.
    """

    free_at: float = 0.0
    issued: int = 0
    served: int = 0
    share: float = 1.0
    successes: int = 0
    throttles: int = 0
    calm_from: float = 0.0
    seen: float = 0.0

    def interval(self, rate: Rate) -> float:
        return rate.interval / self.share

    def moment(self, rate: Rate, ticket: int) -> float:
        """When this ticket may leave as things stand; it moves with every request, throttle and pause before it."""
        ahead = max(0, ticket - self.served)
        return self.free_at + (ahead - rate.burst + 1) * self.interval(rate)

    def entered(self, rate: Rate, now: float) -> "Line":
        """One ticket more, number `issued` of the line before. Tickets whose time has long passed were given up."""
        if self.free_at + (self.issued - self.served) * self.interval(rate) <= now:
            return replace(self, free_at=now, served=self.issued, issued=self.issued + 1)
        return replace(self, issued=self.issued + 1)

    def left(self, rate: Rate, ticket: int, now: float) -> "Line":
        """The ticket's request leaves now; tickets before it that have not are late and take the next free moment."""
        free_at = max(self.free_at, now) + self.interval(rate)
        return replace(self, free_at=free_at, served=max(self.served, ticket + 1))

    def held(self, rate: Rate, seconds: float, now: float) -> "Line":
        """Nobody leaves before so many seconds from now, whatever was promised."""
        until = now + min(seconds, LONGEST_HOLD) + (rate.burst - 1) * self.interval(rate)
        return replace(self, free_at=max(self.free_at, until))

    def throttled(self, rate: Rate, seconds: float, now: float) -> "Line":
        """The server asks us to slow down: half the rate and a pause, its own or one that doubles.

        Answers to requests that left before the pause tell nothing new: they do not halve again.
        """
        if now < self.calm_from:
            return self.held(rate, seconds, now)
        pause = min(seconds, LONGEST_HOLD) or min(FIRST_PAUSE * 2 ** min(self.throttles, 8), LONGEST_PAUSE)
        slower = replace(
            self,
            share=max(LEAST_SHARE, self.share / 2),
            successes=0,
            throttles=self.throttles + 1,
            calm_from=now + pause,
        )
        return slower.held(rate, pause, now)

    def succeeded(self) -> "Line":
        """Ten answers in a row give a tenth of the rate back, never more than all of it."""
        if self.share >= 1:
            return replace(self, successes=0, throttles=0)
        if self.successes + 1 < SUCCESSES_TO_GROW:
            return replace(self, successes=self.successes + 1)
        return replace(self, share=min(1.0, self.share + GROWTH), successes=0, throttles=0)


def written(line: Line, now: float) -> str:
    return dumps(asdict(replace(line, seen=now)))


def read(text: str, now: float) -> Line:
    """The line in this text; an empty one for none and for a torn one. A clock that was set back takes it along."""
    try:
        line = Line(**read_json(text))
        sound = all(isfinite(value) for value in asdict(line).values()) and LEAST_SHARE <= line.share <= 1
    except (ValueError, TypeError):
        return Line()
    if not sound:
        return Line()
    back = line.seen - now
    if back > _CLOCK_SET_BACK:
        return replace(line, free_at=line.free_at - back, calm_from=line.calm_from - back, seen=now)
    return line
