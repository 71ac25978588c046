"""Remembers how healthy the library was, at most once a minute."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from rules.models import HealthSnapshot
from rules.reports.health import library_healths, overall_health

AT_MOST_EVERY = timedelta(seconds=60)
AT_LEAST_EVERY = timedelta(hours=24)


def record_snapshot() -> bool:
    """Store the health of all and of each library, unless that was done a moment ago. Returns whether it was stored."""
    now = timezone.now()
    with transaction.atomic():
        if HealthSnapshot.objects.filter(recorded_at__gt=now - AT_MOST_EVERY).exists():
            return False
        rows = [overall_health(), *library_healths()]
        HealthSnapshot.objects.bulk_create(
            HealthSnapshot(
                library_id=row.library_id,
                total_artists=row.total_artists,
                compliant_artists=row.compliant_artists,
                score=row.score,
                recorded_at=now,
            )
            for row in rows
        )
    return True


def record_daily_snapshot() -> bool:
    """Store one when the last is a day old, so that a quiet library has a line over time and not a gap."""
    if HealthSnapshot.objects.filter(recorded_at__gt=timezone.now() - AT_LEAST_EVERY).exists():
        return False
    return record_snapshot()
