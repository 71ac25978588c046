"""How fast a run over many artists goes, and how long it still takes. The waiting for providers is in both."""

from dataclasses import dataclass
from datetime import datetime, timedelta

PACE_OVER = timedelta(minutes=10)
"""The pace is that of the last minutes: what was skipped at the start says nothing about the rest."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time over which the pace is measured."""

    since: datetime
    until: datetime

    @classmethod
    def before(cls, now: datetime, started_at: datetime) -> "Stretch":
        """The last minutes, or all there were since the worker began."""
        return cls(max(started_at, now - PACE_OVER), now)

    def per_second(self, worked: int) -> float:
        return worked / max(1.0, (self.until - self.since).total_seconds())

    def seconds_for(self, left: int, worked: int) -> int | None:
        """At this pace; None where nobody can say."""
        return round(left / self.per_second(worked)) if worked else None
