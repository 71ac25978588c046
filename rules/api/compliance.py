"""Compliance and completeness over REST: a page, the whole table as CSV, and what is known of the artists."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Router, Schema
from ninja.params import Query

from rules.api.schemas import ViolationOut, also
from rules.reports import completeness as known
from rules.reports import compliance as reports
from rules.views import fragments
from stillwater.api.errors import errors
from stillwater.htmx import is_fragment
from stillwater.numbers import key_asked
from stillwater.paging import page_number, page_size
from stillwater.spreadsheets import csv_response

router = Router(tags=["Reports"])


class ComplianceWanted(Schema):
    """What to list, and in which order."""

    search: str = ""
    filter: str = ""
    library_id: str = ""
    status: str = ""
    health_min: int | None = None
    health_max: int | None = None
    sort: str = "name"
    order: str = "asc"

    def as_filter(self) -> reports.ComplianceFilter:
        bounds = _score(self.health_min), _score(self.health_max)
        return reports.ComplianceFilter(self.search, self.filter, self.status, key_asked(self.library_id), *bounds)


class ComplianceWantedPage(ComplianceWanted):
    page: int = 1
    page_size: int = 50


class ComplianceArtist(Schema):
    id: str
    name: str
    sort_name: str
    library_id: str
    library_name: str
    musicbrainz_id: str
    nfo_exists: bool
    images: list[str]
    is_excluded: bool
    locked: bool
    health_score: float


class ComplianceRowOut(Schema):
    artist: ComplianceArtist
    health_score: float
    violations: list[ViolationOut]
    rules_passed_count: int
    rules_evaluated_count: int

    @classmethod
    def of(cls, row: reports.ComplianceRow) -> "ComplianceRowOut":
        return cls(
            artist=_artist(row),
            health_score=row.artist.health_score,
            violations=[ViolationOut.of(one, row.library_name) for one in row.violations],
            rules_passed_count=row.rules_passed_count,
            rules_evaluated_count=row.rules_evaluated_count,
        )


class CompliancePageOut(Schema):
    rows: list[ComplianceRowOut]
    total: int
    page: int
    page_size: int


class FieldCoverageOut(Schema):
    field: str
    label: str
    count: int
    total: int
    percentage: float


class LibraryCompleteness(Schema):
    library_id: str
    library_name: str
    total_artists: int
    score: float
    fields: list[FieldCoverageOut]


class LowArtistOut(Schema):
    id: str
    name: str
    library_id: str
    health_score: float


class CompletenessOut(Schema):
    overall_score: float
    total_artists: int
    field_coverage: list[FieldCoverageOut]
    library_coverage: list[LibraryCompleteness]
    lowest_completeness: list[LowArtistOut]


@router.get(
    "/reports/compliance",
    operation_id="getComplianceReport",
    url_name="compliance_report",
    summary="Artist by artist",
    response={200: CompliancePageOut, **errors(400, 401)},
    exclude_none=True,
)
def compliance(request: HttpRequest, wanted: Query[ComplianceWantedPage]) -> CompliancePageOut:
    """Excluded artists only where the filter asks for them."""
    number, size = page_number(wanted.page), page_size(wanted.page_size)
    found = reports.compliance(wanted.as_filter(), sort=wanted.sort, order=wanted.order, page=number, page_size=size)
    return CompliancePageOut(
        rows=[ComplianceRowOut.of(row) for row in found.rows], total=found.total, page=number, page_size=size
    )


@router.get(
    "/reports/compliance/export",
    operation_id="exportComplianceReport",
    url_name="compliance_export",
    summary="The whole table as CSV",
    response={200: None, **errors(400, 401)},
    openapi_extra=also("text/csv"),
)
def export(request: HttpRequest, wanted: Query[ComplianceWanted]) -> StreamingHttpResponse:
    """Line by line, however many artists."""
    rows = reports.compliance_table(wanted.as_filter(), sort=wanted.sort, order=wanted.order)
    return csv_response("compliance.csv", reports.HEADER, (reports.as_cells(row) for row in rows))


@router.get(
    "/reports/metadata-completeness",
    operation_id="getMetadataCompleteness",
    url_name="completeness",
    summary="What is known of the artists",
    response={200: CompletenessOut, **errors(401, 500)},
    openapi_extra=also("text/html"),
)
def completeness(request: HttpRequest, library_id: str = "") -> CompletenessOut | HttpResponse:
    """Thirteen things, each of the artists that it applies to."""
    report = known.completeness(key_asked(library_id))
    return fragments.completeness(request, report) if is_fragment(request) else _completeness(report)


def _completeness(report: known.Completeness) -> CompletenessOut:
    return CompletenessOut(
        overall_score=report.overall_score,
        total_artists=report.total_artists,
        field_coverage=[FieldCoverageOut(**asdict(one)) for one in report.fields],
        library_coverage=[
            LibraryCompleteness(**{**asdict(one), "library_id": str(one.library_id)}) for one in report.libraries
        ],
        lowest_completeness=[LowArtistOut(**_as_text(asdict(one))) for one in report.lowest],
    )


def _as_text(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "id": str(row["id"]), "library_id": _key(row["library_id"])}


def _artist(row: reports.ComplianceRow) -> ComplianceArtist:
    names = ("name", "sort_name", "musicbrainz_id", "nfo_exists", "is_excluded", "locked", "health_score")
    return ComplianceArtist(
        id=str(row.artist.pk),
        library_id=_key(row.library_id),
        library_name=row.library_name,
        images=sorted(row.images),
        **{name: getattr(row.artist, name) for name in names},
    )


def _score(bound: int | None) -> int | None:
    """Scores go from 0 to 100; no comparison takes a number of any length."""
    return None if bound is None else min(max(bound, -1), 101)


def _key(value: int | None) -> str:
    return "" if value is None else str(value)
