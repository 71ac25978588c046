"""Health reports over REST: now, by library, over time, and findings per day."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from rules.api.schemas import also
from rules.reports import health as reports
from rules.reports.trend import violation_trend
from rules.services.snapshots import record_snapshot
from rules.views import fragments
from stillwater.api.errors import errors
from stillwater.htmx import is_fragment
from stillwater.numbers import Key

router = Router(tags=["Reports"])


class TopViolation(Schema):
    rule_id: str
    rule_name: str
    count: int
    severity: str


class HealthOut(Schema):
    score: float
    total_artists: int
    compliant_artists: int
    missing_nfo: int
    missing_thumb: int
    missing_fanart: int
    missing_mbid: int


class HealthReport(HealthOut):
    top_violations: list[TopViolation]


class LibraryHealth(HealthOut):
    library_id: str
    library_name: str


class LibrariesHealth(Schema):
    libraries: list[LibraryHealth]
    overall: HealthOut


class HistoryPoint(Schema):
    id: str
    score: float
    total_artists: int
    compliant_artists: int
    recorded_at: datetime


class HealthHistory(Schema):
    history: list[HistoryPoint]


class TrendPoint(Schema):
    date: date
    created: int
    resolved: int


class Trend(Schema):
    trend: list[TrendPoint]


@router.get(
    "/reports/health",
    operation_id="getHealthReport",
    url_name="health_report",
    summary="How healthy the library is",
    response={200: HealthReport, **errors(401)},
    openapi_extra=also("text/html"),
)
def health_report(request: HttpRequest) -> HealthReport | HttpResponse:
    """From stored scores; remembers them, at most once a minute."""
    record_snapshot()
    report, top = reports.overall_health(), reports.top_rules()
    if is_fragment(request):
        return fragments.health(request, report, top)
    return HealthReport(**_numbers(report), top_violations=[TopViolation(**asdict(one)) for one in top])


@router.get(
    "/reports/health/history",
    operation_id="getHealthHistory",
    url_name="health_history",
    summary="Health over time",
    response={200: HealthHistory, **errors(400, 401)},
)
def health_history(
    request: HttpRequest,
    first: Annotated[date | None, Query(alias="from")] = None,
    last: Annotated[date | None, Query(alias="to")] = None,
    library_id: Key | None = None,
) -> HealthHistory:
    """Three months by default; both days included."""
    rows = reports.health_history(first=first, last=last, library_id=library_id)
    return HealthHistory(history=[_point(row) for row in rows])


@router.get(
    "/reports/health/by-library",
    operation_id="getHealthByLibrary",
    url_name="health_by_library",
    summary="Health of each library",
    response={200: LibrariesHealth, **errors(401)},
    openapi_extra=also("text/html"),
)
def health_by_library(request: HttpRequest) -> LibrariesHealth | HttpResponse:
    """An artist counts in each of its libraries."""
    libraries, overall = reports.library_healths(), reports.overall_health()
    if is_fragment(request):
        return fragments.health_by_library(request, libraries, overall)
    return LibrariesHealth(libraries=[_library(row) for row in libraries], overall=HealthOut(**_numbers(overall)))


@router.get(
    "/violations/trend",
    operation_id="getViolationTrend",
    url_name="violation_trend",
    summary="Findings opened and closed per day",
    response={200: Trend, **errors(400, 401, 500)},
)
def trend(request: HttpRequest, days: int = 30) -> Trend:
    """1 to 365 days up to today, zeros included."""
    return Trend(trend=[TrendPoint(**asdict(day)) for day in violation_trend(days)])


def _numbers(report: reports.Health) -> dict[str, Any]:
    return {name: getattr(report, name) for name in HealthOut.model_fields}


def _library(report: reports.Health) -> LibraryHealth:
    return LibraryHealth(library_id=str(report.library_id), library_name=report.library_name, **_numbers(report))


def _point(row: Any) -> HistoryPoint:
    return HistoryPoint(
        id=str(row.pk),
        score=row.score,
        total_artists=row.total_artists,
        compliant_artists=row.compliant_artists,
        recorded_at=row.recorded_at,
    )
