"""The figures at the top of the dashboard; one that cannot be read is a dash with the reason, never a false zero."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone

from artists.models import Artist
from rules.models import ACTIVE, HealthSnapshot, Violation
from rules.queries.findings import FindingFilter
from rules.queries.tallies import tallies
from rules.reports.health import overall_health
from stillwater.errors import StillwaterError
from stillwater.remembered import until_written

logger = logging.getLogger(__name__)

MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `value` None stands for unknown, and `note` then says why. `change` in points of the value."""

    label: str
    value: float | None
    unit: str = ""
    note: str = ""
    change: float | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    health: Figure
    clean: Figure
    fixable: Figure
    yours: Figure


def summary() -> Summary:
    """Each figure is read by itself, so that one that fails leaves the others."""
    return Summary(
        health=_figure("Library health", _health),
        clean=_figure("Artists without a finding", _clean),
        fixable=_figure("Can be fixed alone", _fixable),
        yours=_figure("Needs you", _yours),
    )


def checked_at() -> datetime | None:
    """When rules looked at an artist last, be it in a run or because it changed."""
    newest: datetime | None = Artist.objects.aggregate(last=Max("health_evaluated_at"))["last"]
    return newest


def _figure(label: str, make: Callable[[str], Figure]) -> Figure:
    try:
        return make(label)
    except (DatabaseError, StillwaterError) as error:
        logger.warning("the figure %r cannot be read: %s", label, error)
        return Figure(label, None, note="cannot be read just now")


def _health(label: str) -> Figure:
    health = overall_health()
    if not Artist.objects.filter(is_excluded=False, health_evaluated_at__isnull=False).exists():
        return Figure(label, None, note="not checked yet")
    before = _score_before(MONTH)
    if before is None:
        return Figure(label, health.score, " %", note="the share of rules that hold")
    return Figure(label, health.score, " %", note="this month", change=round(health.score - before, 1))


def _score_before(age: timedelta) -> float | None:
    """The last score older than that; else the first one, unless it is of today."""
    now = timezone.now()
    rows = HealthSnapshot.objects.filter(library=None)
    old = rows.filter(recorded_at__lte=now - age).order_by("-recorded_at").first()
    first = old or rows.filter(recorded_at__lte=now - timedelta(days=1)).order_by("recorded_at").first()
    return first.score if first else None


def _clean(label: str) -> Figure:
    counts = _clean_counts()
    if counts["total"] and not counts["checked"]:
        return Figure(label, None, note="not checked yet")
    return Figure(label, counts["clean"], note=f"of {counts['total']:,} not excluded")


@until_written
def _clean_counts() -> dict[str, int]:
    found = Violation.objects.filter(artist=OuterRef("pk"), status__in=ACTIVE)
    checked = Q(health_evaluated_at__isnull=False)
    return Artist.objects.filter(is_excluded=False).aggregate(
        total=Count("pk"), checked=Count("pk", filter=checked), clean=Count("pk", filter=checked & Q(~Exists(found)))
    )


def _fixable(label: str) -> Figure:
    return _counted(label, fixable=True, note="nobody has to choose")


def _yours(label: str) -> Figure:
    return _counted(label, fixable=False, note="a person has to look")


def _counted(label: str, *, fixable: bool, note: str) -> Figure:
    count = sum(tally.count for tally in tallies(FindingFilter()) if tally.fixable is fixable)
    if not count and checked_at() is None:
        return Figure(label, None, note="not checked yet")
    return Figure(label, count, note=note)
