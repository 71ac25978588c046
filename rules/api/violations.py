"""Findings over REST: list, count, dismiss, resolve, clear, export."""

from collections.abc import Iterator
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Router, Schema
from ninja.params import Query
from pydantic import BeforeValidator, ConfigDict

from rules.api.schemas import ViolationOut, also
from rules.queries import findings as queries
from rules.queries.tallies import Group, grouped
from rules.services import violations as verbs
from rules.views.fragments import badge
from stillwater.api.errors import errors
from stillwater.api.schemas import StatusOut
from stillwater.json_lists import json_list
from stillwater.numbers import Key
from stillwater.paging import page_number, page_size
from stillwater.spreadsheets import csv_response

router = Router(tags=["Notifications"])

HEADER = ("Artist Name", "Library", "Rule ID", "Severity", "Message", "Status", "Age")
_COLUMNS = ("artist_name", "library_name", "rule_id", "severity", "message", "status", "age")
AT_ONCE = 2000
"""Findings that are fetched together."""


class FindingsWanted(Schema):
    """What to list, and in which order."""

    status: str = "active"
    severity: str = ""
    category: str = ""
    rule_id: str = ""
    sort: str = "severity"
    order: str = "desc"

    def as_filter(self, **more: Any) -> queries.FindingFilter:
        return queries.FindingFilter(self.status, self.severity, self.category, self.rule_id, **more)


class FindingsWantedPage(FindingsWanted):
    """`page_size` blank: all of them."""

    artist_id: Key | None = None
    library_id: Key | None = None
    search: str = ""
    group_by: str = ""
    page: int = 1
    page_size: int | None = None


class FindingGroup(Schema):
    key: str
    label: str
    count: int


class ViolationsOut(Schema):
    violations: list[ViolationOut]
    count: int
    groups: list[FindingGroup]


class FindingCounts(Schema):
    error: int
    warning: int
    info: int
    total: int


class FindingIds(Schema):
    """Nothing else is taken: a misspelt `ids` would stand for all of them. A form sends a single one as text."""

    model_config = ConfigDict(extra="forbid")

    ids: Annotated[list[str], BeforeValidator(lambda ids: [ids] if isinstance(ids, str) else ids)] | None = None

    def as_list(self) -> list[str]:
        return self.ids or []


class FindingsDismissed(Schema):
    dismissed: int


class FindingExportRow(Schema):
    artist_name: str
    library_name: str
    rule_id: str
    severity: str
    message: str
    status: str
    age: str


class FindingExport(Schema):
    violations: list[FindingExportRow]
    count: int


class FindingsCleared(StatusOut):
    deleted: int


@router.get(
    "/notifications/counts",
    operation_id="getNotificationCounts",
    url_name="notification_counts",
    summary="Count active findings by severity",
    response={200: FindingCounts, **errors(401)},
)
def counts(request: HttpRequest) -> FindingCounts:
    """All severities, whatever the badge shows."""
    found = queries.counts()
    return FindingCounts(error=found.error, warning=found.warning, info=found.info, total=found.total)


@router.get(
    "/notifications/badge",
    operation_id="getNotificationBadge",
    url_name="notification_badge",
    summary="The number in the sidebar",
    response={200: None, **errors(401)},
    openapi_extra=also("text/html"),
)
def notification_badge(request: HttpRequest) -> HttpResponse:
    """Active findings of the severities that count; nothing at all where there are none."""
    return badge(request)


@router.get(
    "/notifications",
    operation_id="listNotifications",
    url_name="notifications",
    summary="List findings",
    response={200: ViolationsOut, **errors(400, 401)},
    exclude_none=True,
)
def list_notifications(
    request: HttpRequest, wanted: Query[FindingsWantedPage]
) -> ViolationsOut | HttpResponse | StreamingHttpResponse:
    """Worst first unless asked otherwise. All of them, however many, where no page is asked for."""
    chosen = wanted.as_filter(artist_id=wanted.artist_id, library_id=wanted.library_id, search=wanted.search)
    rows = queries.findings(chosen, sort=wanted.sort, order=wanted.order)
    groups = grouped(wanted.group_by, chosen) if wanted.group_by else []
    if wanted.page_size is None:
        each = (ViolationOut.of(row).model_dump(exclude_none=True) for row in rows.iterator(AT_ONCE))
        return json_list("violations", each, groups=[group.model_dump() for group in _groups(groups)])
    size = page_size(wanted.page_size)
    start = (page_number(wanted.page) - 1) * size
    shown = [ViolationOut.of(row) for row in queries.stretch(rows, start, size)]
    return ViolationsOut(violations=shown, count=queries.total(chosen), groups=_groups(groups))


@router.get(
    "/notifications/export",
    operation_id="exportNotifications",
    url_name="notifications_export",
    summary="Export findings as CSV or JSON",
    response={200: FindingExport, **errors(400, 401)},
    openapi_extra=also("text/csv"),
)
def export(
    request: HttpRequest, wanted: Query[FindingsWanted], format: str = ""
) -> HttpResponse | StreamingHttpResponse:
    """CSV by default; `format=json` for JSON. Line by line, however long."""
    queries.one_of("format", format, ("csv", "json"))
    rows = queries.export_rows(queries.findings(wanted.as_filter(), sort=wanted.sort, order=wanted.order))
    if format == "json":
        return json_list("violations", rows)
    return csv_response("violations.csv", HEADER, _cells(rows))


@router.post(
    "/notifications/bulk-dismiss",
    operation_id="bulkDismissViolations",
    url_name="bulk_dismiss",
    summary="Dismiss many findings",
    response={200: FindingsDismissed, **errors(400, 401)},
)
def bulk_dismiss(request: HttpRequest, payload: FindingIds | None = None) -> FindingsDismissed:
    """Only those that are named: an empty list dismisses nothing."""
    return FindingsDismissed(dismissed=verbs.bulk_dismiss(payload.as_list() if payload else []))


@router.delete(
    "/notifications/resolved",
    operation_id="clearResolvedViolations",
    url_name="clear_resolved",
    summary="Delete old resolved findings",
    response={200: FindingsCleared, **errors(401)},
)
def clear_resolved(request: HttpRequest) -> FindingsCleared:
    """Those that were resolved more than seven days ago."""
    return FindingsCleared(status="cleared", deleted=verbs.clear_resolved())


@router.post(
    "/notifications/{id}/dismiss",
    operation_id="dismissViolation",
    url_name="dismiss_violation",
    summary="Dismiss a finding",
    response={200: StatusOut, **errors(401, 404)},
)
def dismiss(request: HttpRequest, id: str) -> StatusOut:
    """It stays dismissed, whatever evaluation finds."""
    return StatusOut(status=verbs.dismiss(id).status)


@router.post(
    "/notifications/{id}/resolve",
    operation_id="resolveViolation",
    url_name="resolve_violation",
    summary="Mark a finding as resolved",
    response={200: StatusOut, **errors(401, 404)},
)
def resolve(request: HttpRequest, id: str) -> StatusOut:
    """Evaluation opens it again if it is not."""
    return StatusOut(status=verbs.resolve(id).status)


@router.post(
    "/notifications/{id}/reopen",
    operation_id="reopenViolation",
    url_name="reopen_violation",
    summary="Take back a dismissal",
    response={200: StatusOut, **errors(401, 404)},
)
def reopen(request: HttpRequest, id: str) -> StatusOut:
    """It is open again."""
    return StatusOut(status=verbs.reopen(id).status)


def _groups(groups: list[Group]) -> list[FindingGroup]:
    return [FindingGroup(key=group.key, label=group.label, count=group.count) for group in groups]


def _cells(rows: Iterator[dict[str, Any]]) -> Iterator[list[object]]:
    return ([row[column] for column in _COLUMNS] for row in rows)
