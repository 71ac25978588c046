"""Moments that come from outside, held within what every database can keep in any time zone."""

from datetime import UTC, date, datetime, time

from django.utils import timezone

EARLIEST = datetime(1, 1, 3, tzinfo=UTC)
LATEST = datetime(9999, 12, 29, tzinfo=UTC)
"""Beyond these a change of time zone leaves the years that there are."""


def within_reach(moment: datetime) -> datetime:
    """The moment, or the nearest one that can be turned into any time zone; it has to be aware."""
    return min(max(moment, EARLIEST), LATEST)


def day_begins(day: date) -> datetime:
    """The first moment of a day in the time zone of the house."""
    return within_reach(timezone.make_aware(datetime.combine(day, time.min)))


def day_ends(day: date) -> datetime:
    """The last moment of a day in the time zone of the house."""
    return within_reach(timezone.make_aware(datetime.combine(day, time.max)))
