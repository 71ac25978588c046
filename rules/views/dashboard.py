"""The dashboard: figures, the queue of what to do, what happens just now, and health over time."""

from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from artists.models import Artist, Library
from artists.views.activity import feed
from rules.charts import line_chart
from rules.models import Violation
from rules.queries.facets import facets_of
from rules.queries.finding_query import FindingQuery
from rules.queries.queue import MOST_AT_ONCE, PORTION, portion
from rules.queries.summary import checked_at, summary
from rules.reports.series import daily_scores
from rules.views.rows import rows_of
from rules.views.words import activity_of, score_words
from stillwater import jobs
from stillwater.htmx import is_fragment
from stillwater.models import Job

HISTORY_DAYS = 90
SCAN = "scan"


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """The page; the queue for a changed filter; further rows for `after`."""
    chosen = FindingQuery.of(request.GET)
    if not is_fragment(request):
        response = render(request, "rules/dashboard.html", {**queue_context(request, chosen), **_around(request)})
    elif after := _number(request.GET.get("after")):
        response = render(request, "rules/_queue_rows.html", _rows_context(request, chosen, after=after))
    else:
        response = render(request, "rules/_queue.html", {**queue_context(request, chosen), **_beside(request)})
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def stats(request: HttpRequest) -> HttpResponse:
    """The figures alone, asked again when something changed."""
    return render(request, "rules/_stats.html", {**_figures(), "out_of_band": True})


@require_safe
def scan_progress(request: HttpRequest) -> HttpResponse:
    """How far the scan is; an empty place when none runs."""
    return render(request, "rules/_scan.html", {"scan": _scan()})


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Says that findings came in since the queue was drawn, so that no row moves under somebody's hands."""
    chosen = FindingQuery.of(request.GET)
    newest = _number(request.GET.get("newest")) or 0
    count = chosen.findings().filter(pk__gt=newest).count()
    return render(request, "rules/_news.html", {"count": count, "newest": newest, "chosen": chosen})


def queue_context(request: HttpRequest, chosen: FindingQuery) -> dict[str, Any]:
    """Everything `_queue.html` shows."""
    facets = facets_of(chosen)
    scan = _scan()
    return {
        **_rows_context(request, chosen),
        "facets": facets,
        "scan": scan,
        "is_checked": bool(facets.total) or checked_at() is not None,
        "has_artists": bool(facets.total) or Artist.objects.filter(is_excluded=False).exists(),
        "newest": _newest(),
    }


def _beside(request: HttpRequest) -> dict[str, Any]:
    """What is swapped along with the queue; never the search field under typing hands."""
    return {"out_of_band": True, "renew_search": request.headers.get("HX-Trigger") != "queue-filter"}


def _rows_context(request: HttpRequest, chosen: FindingQuery, after: int | None = None) -> dict[str, Any]:
    shown = min(_number(request.GET.get("shown")) or PORTION, MOST_AT_ONCE)
    part = portion(chosen, after=after, size=PORTION if after else shown)
    return {
        "chosen": chosen,
        "rows": rows_of(part.findings),
        "after": part.after,
        "shown": shown,
        "next_shown": shown + PORTION,
        "here": page_address(chosen),
        "page_url": reverse("dashboard"),
    }


def page_address(chosen: FindingQuery) -> str:
    """Where a plain form comes back to."""
    return f"{reverse('dashboard')}?{chosen.query}" if chosen.query else reverse("dashboard")


def _around(request: HttpRequest) -> dict[str, Any]:
    scores = daily_scores(HISTORY_DAYS)
    return {
        **_figures(),
        "chart": line_chart(scores, unit=" %", highest=100, link=activity_of),
        "scores": [(f"{day:%d %b %Y}", f"{score:g} %") for day, score in reversed(scores)],
        "score_words": score_words(scores),
        "feed": mark_safe(feed(request).content.decode()),  # noqa: S308 - a fragment that a template escaped
    }


def _figures() -> dict[str, Any]:
    return {
        "summary": summary(),
        "checked_at": checked_at(),
        "all_artists": Artist.objects.filter(is_excluded=False).count(),
        "libraries": Library.objects.count(),
    }


def _scan() -> Job | None:
    return jobs.active(SCAN)


def _newest() -> int:
    """Of all findings, chosen or not: whatever comes in later has a higher key."""
    return Violation.objects.aggregate(newest=Max("pk"))["newest"] or 0


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None
