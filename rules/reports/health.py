"""How healthy the library is: over all, by library, over time. The scores are those that evaluation stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet
from django.utils import timezone

from artists.models import Artist, Library, Membership
from rules.catalogue import BY_ID
from rules.models import HealthSnapshot, Violation
from rules.queries.findings import WAITING
from rules.reports.pictures import has_picture, picture_counts
from stillwater.moments import day_begins, day_ends
from stillwater.remembered import until_written

HISTORY = timedelta(days=92)
TOP = 10
_PICTURES = ("thumb", "fanart")
_COUNTS = {
    "total_artists": Count("pk"),
    "compliant_artists": Count("pk", filter=Q(health_score__gte=100, health_evaluated_at__isnull=False)),
    "average": Avg("health_score", filter=Q(health_evaluated_at__isnull=False)),
    "missing_nfo": Count("pk", filter=Q(nfo_exists=False)),
    "missing_mbid": Count("pk", filter=Q(musicbrainz_id="")),
}


@dataclass(frozen=True, slots=True)
class Health:
    """One row of the report; `library_id` None stands for all artists. Excluded artists are left out."""

    library_id: int | None
    library_name: str
    score: float
    total_artists: int = 0
    compliant_artists: int = 0
    missing_nfo: int = 0
    missing_thumb: int = 0
    missing_fanart: int = 0
    missing_mbid: int = 0


@dataclass(frozen=True, slots=True)
class TopRule:
    rule_id: str
    rule_name: str
    count: int
    severity: str


@until_written
def overall_health() -> Health:
    """The average of the stored scores of evaluated artists, one decimal; 100 where there are no artists."""
    return _health(None, "", _counted().aggregate(**_COUNTS), picture_counts())


@until_written
def library_healths() -> list[Health]:
    """One row per library, by name; libraries without artists too. An artist counts in each of its libraries."""
    grouped = _counted().values(library=F("memberships__library")).annotate(**_COUNTS)
    found: dict[int | None, Mapping[str, Any]] = {row["library"]: row for row in grouped}
    pictures = _pictures_by_library()
    return [
        _health(key, name, found.get(key, {}), pictures.get(key, {}))
        for key, name in Library.objects.values_list("pk", "name")
    ]


@until_written
def top_rules() -> list[TopRule]:
    """The rules with most active findings."""
    rows = (
        Violation.objects.order_by()
        .filter(WAITING)
        .values("rule", "severity")
        .annotate(count=Count("pk"))
        .order_by("-count", "rule")
    )
    known = [row for row in rows if row["rule"] in BY_ID][:TOP]
    return [TopRule(row["rule"], BY_ID[row["rule"]].name, row["count"], row["severity"]) for row in known]


def health_history(
    *, first: date | None = None, last: date | None = None, library_id: int | None = None
) -> QuerySet[HealthSnapshot]:
    """Snapshots of the days from `first` to `last`, both included; the last three months by default."""
    rows = HealthSnapshot.objects.filter(library=library_id)
    since = day_begins(first) if first else timezone.now() - HISTORY
    return rows.filter(recorded_at__gte=since, **({"recorded_at__lte": day_ends(last)} if last else {}))


def _counted() -> QuerySet[Artist]:
    return Artist.objects.order_by().filter(is_excluded=False)


def _pictures_by_library() -> dict[int, Mapping[str, int]]:
    excluded = Artist.objects.order_by().filter(is_excluded=True).values("pk")
    included = Membership.objects.order_by().exclude(artist__in=excluded)
    counts = {kind: Count("pk", filter=has_picture(kind)) for kind in _PICTURES}
    rows: Iterable[Any] = included.values("library").annotate(**counts)
    return {row["library"]: row for row in rows}


def _health(key: int | None, name: str, row: Mapping[str, Any], pictures: Mapping[str, int]) -> Health:
    counts = {column: row[column] for column in _COUNTS if column != "average" and column in row}
    total, average = counts.get("total_artists", 0), row.get("average")
    missing = {f"missing_{kind}": total - pictures.get(kind, 0) for kind in _PICTURES}
    score = round(average, 1) if average is not None else 0.0 if total else 100.0
    return Health(key, name, score, **counts, **missing)
