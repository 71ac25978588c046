"""How many findings were opened and closed on each day."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import CharField, Count
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from rules.models import Violation
from stillwater.errors import Invalid
from stillwater.remembered import until_written

MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class TrendDay:
    date: date
    created: int
    resolved: int


def violation_trend(days: int = 30) -> list[TrendDay]:
    """One entry per day up to today, the oldest first, zeros included. Raises Invalid outside of 1 to 365."""
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(f"days must be from 1 to {MOST_DAYS}", "days")
    today = timezone.localdate()
    first = today - timedelta(days=days - 1)
    created, resolved = _by_day("created_at", first), _by_day("resolved_at", first)
    all_days = [first + timedelta(days=number) for number in range(days)]
    return [TrendDay(day, created.get(day, 0), resolved.get(day, 0)) for day in all_days]


@until_written
def _by_day(column: str, first: date) -> dict[date, int]:
    since = timezone.localtime().replace(year=first.year, month=first.month, day=first.day, hour=0, minute=0, second=0)
    # By the minute, as stored: SQLite asks Python for the local day, and findings come by the thousand in a minute.
    minute = Substr(Cast(column, CharField()), 1, len("2026-11-21 03:05"))
    rows = Violation.objects.order_by().filter((f"{column}__gte", since.replace(microsecond=0)))
    days: Counter[date] = Counter()
    for text, count in rows.values_list(minute).annotate(count=Count("pk")):
        days[timezone.localtime(datetime.fromisoformat(text).replace(tzinfo=UTC)).date()] += count
    return days
