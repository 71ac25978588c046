"""Verbs on findings: dismiss, resolve and reopen them, one or many, and clear the old ones."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from artists.models import Artist
from rules.models import ACTIVE, Status, Violation
from rules.queries.findings import finding
from stillwater import events
from stillwater.numbers import whole_number

KEEP_RESOLVED = timedelta(days=7)
AT_ONCE = 500


def dismiss(finding_id: str | int) -> Violation:
    """A person says that this one does not matter: it stays dismissed, whatever evaluation finds. Raises NotFound."""
    return _change(finding_id, status=Status.DISMISSED, dismissed_at=timezone.now(), resolved_at=None)


def resolve(finding_id: str | int) -> Violation:
    """A person says that it is mended; the next evaluation opens it again if it is not. Raises NotFound."""
    row = _change(finding_id, status=Status.RESOLVED, resolved_at=timezone.now(), candidates=[])
    Artist.objects.filter(pk=row.artist_id).update(dirty_since=timezone.now())
    return row


def reopen(finding_id: str | int) -> Violation:
    """Takes back a dismissal. Raises NotFound."""
    return _change(finding_id, status=Status.OPEN, dismissed_at=None, resolved_at=None)


def bulk_dismiss(finding_ids: Iterable[str | int]) -> int:
    """Dismiss the active ones among these. No ids dismiss nothing: an empty request must never mean everything."""
    keys = [key for key in map(whole_number, map(str, finding_ids)) if key is not None]
    now = timezone.now()
    dismissed = 0
    for start in range(0, len(keys), AT_ONCE):
        rows = Violation.objects.filter(pk__in=keys[start : start + AT_ONCE], status__in=ACTIVE)
        dismissed += rows.update(status=Status.DISMISSED, dismissed_at=now, updated_at=now)
    if dismissed:
        events.publish("findings.changed", {})
    return dismissed


def reopen_dismissed_at(moment: datetime) -> int:
    """Take back a bulk dismissal: open again what was dismissed at exactly this moment; returns how many."""
    rows = Violation.objects.filter(status=Status.DISMISSED, dismissed_at=moment)
    reopened = rows.update(status=Status.OPEN, dismissed_at=None, updated_at=timezone.now())
    if reopened:
        events.publish("findings.changed", {})
    return reopened


def clear_resolved() -> int:
    """Delete what was resolved more than seven days ago; returns how many."""
    old = Violation.objects.filter(status=Status.RESOLVED, resolved_at__lt=timezone.now() - KEEP_RESOLVED)
    return old.delete()[0]


def dismiss_orphans(artists: Sequence[int] | None = None) -> int:
    """Dismiss what is active on artists that are in no library any more; returns how many."""
    homeless = Artist.objects.order_by().filter(memberships=None)
    if artists is not None:
        homeless = homeless.filter(pk__in=artists)
    now = timezone.now()
    rows = Violation.objects.filter(status__in=ACTIVE, artist__in=homeless.values("pk"))
    return rows.update(status=Status.DISMISSED, dismissed_at=now, updated_at=now)


def _change(finding_id: str | int, **values: Any) -> Violation:
    row = finding(finding_id)
    for name, value in values.items():
        setattr(row, name, value)
    row.updated_at = timezone.now()
    row.save(update_fields=[*values, "updated_at"])
    events.publish("findings.changed", {"artist_id": str(row.artist_id), "violation_id": str(row.pk)})
    return row
