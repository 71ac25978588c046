"""The reports: health over time, artist by artist, and what is known; each as picture, table and download."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from artists.models import Library
from rules.charts import day_text, line_chart, pair_chart
from rules.queries.compliance_query import ComplianceQuery
from rules.reports.completeness import completeness
from rules.reports.compliance import compliance
from rules.reports.health import library_healths, overall_health, top_rules
from rules.reports.matrix import matrix
from rules.reports.series import daily_scores
from rules.reports.trend import TrendDay, violation_trend
from rules.views.words import activity_of, score_words
from stillwater.htmx import page_or_fragment
from stillwater.numbers import whole_number

SPANS = {30: "30 days", 90: "90 days", 365: "A year"}
PER_PAGE = 50


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Score over time, by library, found and resolved, and the rules that are broken most."""
    days = _span(request.GET.get("days", ""))
    library = _library(request.GET.get("library_id", ""))
    scores = daily_scores(days, library_id=library.pk if library else None)
    trend = _spans(violation_trend(days), days)
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
def completeness_report(request: HttpRequest) -> HttpResponse:
    """Which of thirteen things are known, over all and by library."""
    library = _library(request.GET.get("library_id", ""))
    context = {
        "report": completeness(library.pk if library else None),
        "library": library,
        "libraries": Library.objects.all(),
    }
    return render(request, "rules/report_completeness.html", context)


def _span(text: str) -> int:
    days = whole_number(text)
    return days if days in SPANS else 90


def _library(text: str) -> Library | None:
    return Library.objects.filter(pk=text).first() if text.isascii() and text.isdigit() and len(text) < 18 else None


def _spans(trend: Sequence[TrendDay], days: int) -> list[tuple[str, int, int]]:
    """Days for a month, weeks for a quarter, four weeks for a year: never more bars than one can tell apart."""
    size = 1 if days <= 30 else 7 if days <= 90 else 28
    parts = [trend[max(end - size, 0) : end] for end in range(len(trend), 0, -size)]
    return [
        (day_text(part[0].date), sum(day.created for day in part), sum(day.resolved for day in part))
        for part in reversed(parts)
    ]
