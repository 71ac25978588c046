"""The reports: health over time, artist by artist, and what is known; each as picture, table and download."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from artists.models import Library
from rules.charts import line_chart, pair_chart
from rules.queries.compliance_query import ComplianceQuery
from rules.reports.completeness import Completeness, completeness
from rules.reports.compliance import compliance
from rules.reports.health import library_healths, overall_health, top_rules
from rules.reports.matrix import matrix
from rules.reports.series import daily_scores
from rules.reports.trend import violation_trend
from rules.views.report_spans import SPANS, span_of, spans_of
from rules.views.words import activity_of, score_words
from stillwater.htmx import page_or_fragment
from stillwater.numbers import whole_number
from stillwater.spreadsheets import csv_response

PER_PAGE = 50
HEALTH_HEADER = ("Day", "Health")
COMPLETENESS_HEADER = ("Library", "Field", "Known", "Asked", "Per cent")


@require_safe
def health(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Score over time, by library, found and resolved, and the rules that are broken most."""
    days = span_of(request.GET.get("days", ""))
    library = _library(request.GET.get("library_id", ""))
    scores = daily_scores(days, library_id=library.pk if library else None)
    if request.GET.get("format") == "csv":
        return csv_response("health.csv", HEALTH_HEADER, scores)
    found = violation_trend(days)
    trend = spans_of([(day.date, day.created, day.resolved) for day in found], days)
    context = {
        "health": overall_health(),
        "libraries": library_healths(),
        "top": top_rules(),
        "days": days,
        "spans": SPANS,
        "library": library,
        "chart": line_chart(scores, width=960, height=250, unit=" %", highest=100, link=activity_of),
        "scores": [(f"{day:%d %b %Y}", f"{score:g} %") for day, score in reversed(scores)],
        "score_words": score_words(scores),
        "trend": pair_chart(trend, names=("found", "resolved"), width=960, height=200),
        "trend_rows": list(reversed(trend)),
        "found": sum(row[1] for row in trend),
        "resolved": sum(row[2] for row in trend),
    }
    return page_or_fragment(request, "rules/report_health.html", "rules/_health_over_time.html", context)


@require_safe
def compliance_report(request: HttpRequest) -> HttpResponse:
    """Artists with their health and findings; `view=matrix` crosses the page's artists with the rules."""
    chosen = ComplianceQuery.of(request.GET)
    number = max(whole_number(request.GET.get("page", "1")) or 1, 1)
    found = compliance(chosen.filter(), sort=chosen.sort, order=chosen.order, page=number, page_size=PER_PAGE)
    context: dict[str, Any] = {
        "chosen": chosen,
        "report": found,
        "page": Paginator(range(found.total), PER_PAGE).get_page(number),
        "columns": chosen.columns(),
        "libraries": Library.objects.values_list("pk", "name"),
        "export_url": f"{reverse('api:compliance_export')}?{chosen.export_query}",
        "page_url": reverse("rules:report_compliance"),
        "table_view": chosen.view != "matrix",
    }
    if chosen.view == "matrix":
        context["matrix"] = matrix([row.artist for row in found.rows])
    return page_or_fragment(request, "rules/report_compliance.html", "rules/_compliance.html", context)


@require_safe
def completeness_report(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Which of thirteen things are known, over all and by library."""
    library = _library(request.GET.get("library_id", ""))
    report = completeness(library.pk if library else None)
    if request.GET.get("format") == "csv":
        return csv_response("completeness.csv", COMPLETENESS_HEADER, _completeness_cells(report))
    context = {
        "report": report,
        "library": library,
        "libraries": Library.objects.all(),
    }
    return render(request, "rules/report_completeness.html", context)


def _library(text: str) -> Library | None:
    return Library.objects.filter(pk=text).first() if text.isascii() and text.isdigit() and len(text) < 18 else None


def _completeness_cells(report: Completeness) -> Iterator[tuple[object, ...]]:
    """Of all artists first, then library by library."""
    every = [("", report.fields), *((library.library_name, library.fields) for library in report.libraries)]
    for name, fields in every:
        for field in fields:
            yield name, field.label, field.count, field.total, field.percentage
