"""The findings page, its export, one finding with its reasons, and the findings of one artist."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from artists.models import Artist
from rules.models import ACTIVE, Status, Violation
from rules.queries.explanation import explain
from rules.queries.facets import facets_of
from rules.queries.finding_query import CATEGORIES, SEVERITIES, STATUSES, FindingQuery
from rules.queries.findings import export_rows, findings
from rules.queries.findings import finding as the_finding
from rules.services.cases import plan_of
from rules.services.evaluation import evaluate_artist
from rules.views.rows import FindingRow, row_of, rows_of
from stillwater.htmx import is_fragment, page_or_fragment, toast
from stillwater.json_lists import json_list
from stillwater.remembered import until_written
from stillwater.spreadsheets import csv_response

PER_PAGE = 50
GROUPS = {"": "No groups", "artist": "By artist", "rule": "By rule", "severity": "By severity", "category": "By kind"}
SORT_WORDS = {"severity": "Worst first", "artist_name": "Artist", "rule_id": "Rule", "created_at": "Newest first"}
_ORDER = {
    "severity": ("-rank", "artist_name", "pk"),
    "artist_name": ("artist_name", "pk"),
    "rule_id": ("rule_id", "artist_name", "pk"),
    "created_at": ("-created_at", "-pk"),
}
_GROUP_ORDER = {
    "artist": ("artist_name", "artist_id"),
    "rule": ("rule_id",),
    "severity": ("-rank",),
    "category": ("category",),
}
EXPORT_COLUMNS = ("artist_name", "library_name", "rule_id", "severity", "message", "status", "age")
EXPORT_HEADER = ("Artist Name", "Library", "Rule ID", "Severity", "Message", "Status", "Age")
_TABS = ("active", "pending_choice", "dismissed", "resolved")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    chosen = FindingQuery.of(request.GET)
    group = request.GET.get("group_by", "")
    group = group if group in GROUPS else ""
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORT_WORDS else "severity"
    facets = facets_of(chosen)
    page = _pages(chosen, sort, group, facets.total).get_page(request.GET.get("page"))
    context = {
        "chosen": chosen,
        "facets": facets,
        "page": page,
        "groups": _grouped(rows_of(_on_page(list(page.object_list))), group),
        "group_by": group,
        "group_words": GROUPS,
        "sort": sort,
        "sort_words": SORT_WORDS,
        "tabs": _tabs(chosen),
        "here": request.get_full_path(),
        "page_url": reverse("rules:findings"),
        "export_url": f"{reverse('rules:findings_export')}?{chosen.query}",
        "out_of_band": True,
        "renew_search": request.headers.get("HX-Trigger") != "finding-filter",
    }
    return page_or_fragment(request, "rules/findings.html", "rules/_findings.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The filtered list as CSV, or with `format=json` as JSON."""
    rows = export_rows(findings(FindingQuery.of(request.GET).filter()))
    if request.GET.get("format") == "json":
        return json_list("violations", rows)
    return csv_response("findings.csv", EXPORT_HEADER, (list(row.values()) for row in _in_order(rows)))


@require_safe
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is known of one finding: `/findings/<id>`."""
    row = row_of(the_finding(pk))
    context = {"row": row, "finding": row.finding, "reasons": explain(row.finding), "here": request.path}
    context["plan"] = plan_of(row.finding)
    return render(request, "rules/finding.html", context)


@require_safe
def of_artist(request: HttpRequest, pk: int) -> HttpResponse:
    """The findings of one artist, for the artist page and as a page of its own."""
    artist = get_object_or_404(Artist, pk=pk)
    context = _artist_context(artist)
    return page_or_fragment(request, "rules/artist_findings.html", "rules/_artist_findings.html", context)


@require_POST
def check_artist(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at one artist now, and answer with its findings."""
    artist = get_object_or_404(Artist, pk=pk)
    result = evaluate_artist(artist)
    words = "Checked." if result.processed else "Excluded and locked artists are left alone by the rules."
    if not is_fragment(request):
        messages.info(request, words)
        return redirect("rules:artist_findings", pk)
    response = render(request, "rules/_artist_findings.html", _artist_context(artist))
    return toast(response, words, level="good" if result.processed else "info")


def _artist_context(artist: Artist) -> dict[str, Any]:
    rows = list(Violation.objects.filter(artist=artist, status__in=[*ACTIVE, Status.DISMISSED]))
    return {
        "artist": artist,
        "rows": [FindingRow(row) for row in rows if row.is_active],
        "dismissed": [FindingRow(row) for row in rows if not row.is_active],
        "plain": True,
        "here": reverse("rules:artist_findings", args=[artist.pk]),
    }


def _in_order(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return ({name: row[name] for name in EXPORT_COLUMNS} for row in rows)


def _pages(chosen: FindingQuery, sort: str, group: str, total: int) -> "Paginator[int]":
    """The facets have counted the findings already."""
    pages = Paginator(_keys(chosen, sort, group), PER_PAGE)
    pages.count = total
    return pages


def _keys(chosen: FindingQuery, sort: str, group: str) -> QuerySet[Violation, int]:
    """Keys alone in their order: sorting whole rows takes the database ten times as long."""
    return chosen.findings().order_by(*_GROUP_ORDER.get(group, ()), *_ORDER[sort]).values_list("pk", flat=True)


def _on_page(keys: list[int]) -> list[Violation]:
    found = Violation.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _grouped(rows: list[FindingRow], group: str) -> list[tuple[str, list[FindingRow]]]:
    """Headings with their rows; one group without a heading where nothing is grouped."""
    groups: list[tuple[str, list[FindingRow]]] = []
    for row in rows:
        heading = _heading(row, group)
        if not groups or groups[-1][0] != heading:
            groups.append((heading, []))
        groups[-1][1].append(row)
    return groups


def _heading(row: FindingRow, group: str) -> str:
    words = {
        "artist": row.finding.artist_name,
        "rule": row.rule_name,
        "severity": SEVERITIES.get(row.finding.severity, ""),
        "category": CATEGORIES.get(row.finding.category, ""),
    }
    return words.get(group, "")


@until_written
def _by_status() -> dict[str, int]:
    counts = dict(Violation.objects.order_by().values_list("status").annotate(count=Count("pk")))
    return {**counts, "active": sum(counts.get(status, 0) for status in ACTIVE)}


def _tabs(chosen: FindingQuery) -> list[dict[str, Any]]:
    """The states a finding can be in, with how many there are of each."""
    counts = _by_status()
    return [
        {
            "label": STATUSES[status],
            "count": counts.get(status, 0),
            "query": chosen.with_status(status).query,
            "current": chosen.status == status,
        }
        for status in _TABS
    ]
