"""Health and findings day by day, as the charts need them."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import CharField, Count, Max, QuerySet
from django.db.models.functions import Cast, Substr, TruncDate
from django.utils import timezone

from rules.models import HealthSnapshot

Series = list[tuple[date, float]]


def daily_scores(days: int, *, library_id: int | None = None) -> Series:
    """The last score of each of the last `days` days that has one, oldest first."""
    rows = HealthSnapshot.objects.filter(library=library_id, recorded_at__gte=timezone.now() - timedelta(days=days))
    newest = rows.order_by().annotate(day=TruncDate("recorded_at")).values("day").annotate(last=Max("pk"))
    chosen = HealthSnapshot.objects.filter(pk__in=newest.values("last")).order_by("recorded_at")
    return [(timezone.localtime(row.recorded_at).date(), row.score) for row in chosen]


def by_day(rows: QuerySet[Any], column: str) -> Counter[date]:
    """How many rows fall on each local day."""
    # By the minute, as stored: SQLite asks Python for the local day, and findings come by the thousand in a minute.
    minute = Substr(Cast(column, CharField()), 1, len("2026-11-21 03:05"))
    days: Counter[date] = Counter()
    for text, count in rows.order_by().values_list(minute).annotate(count=Count("pk")):
        days[timezone.localtime(datetime.fromisoformat(text).replace(tzinfo=UTC)).date()] += count
    return days


def day_begins_locally(day: date) -> datetime:
    """The first moment of a day where people here live."""
    now = timezone.localtime()
    return now.replace(year=day.year, month=day.month, day=day.day, hour=0, minute=0, second=0, microsecond=0)
