"""How many findings were opened and closed on each day."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from rules.models import Violation
from rules.reports.series import by_day, day_begins_locally
from stillwater.errors import Invalid
from stillwater.remembered import until_written

MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class TrendDay:
    date: date
    created: int
    resolved: int


def violation_trend(days: int = 30, rule_id: str = "") -> list[TrendDay]:
    """One entry per day up to today, the oldest first, zeros included; of all rules or of one.

    Raises Invalid outside of 1 to 365.
    """
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(f"days must be from 1 to {MOST_DAYS}", "days")
    today = timezone.localdate()
    first = today - timedelta(days=days - 1)
    created, resolved = _by_day("created_at", first, rule_id), _by_day("resolved_at", first, rule_id)
    all_days = [first + timedelta(days=number) for number in range(days)]
    return [TrendDay(day, created.get(day, 0), resolved.get(day, 0)) for day in all_days]


@until_written
def _by_day(column: str, first: date, rule_id: str) -> dict[date, int]:
    rows = Violation.objects.filter((f"{column}__gte", day_begins_locally(first)))
    return by_day(rows.filter(rule=rule_id) if rule_id else rows, column)
