"""Health and findings day by day, as the charts need them."""

from datetime import date, timedelta

from django.db.models import Max
from django.db.models.functions import TruncDate
from django.utils import timezone

from rules.models import HealthSnapshot

Series = list[tuple[date, float]]


def daily_scores(days: int, *, library_id: int | None = None) -> Series:
    """The last score of each of the last `days` days that has one, oldest first."""
    rows = HealthSnapshot.objects.filter(library=library_id, recorded_at__gte=timezone.now() - timedelta(days=days))
    newest = rows.order_by().annotate(day=TruncDate("recorded_at")).values("day").annotate(last=Max("pk"))
    chosen = HealthSnapshot.objects.filter(pk__in=newest.values("last")).order_by("recorded_at")
    return [(timezone.localtime(row.recorded_at).date(), row.score) for row in chosen]
