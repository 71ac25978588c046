"""Runs over many artists: the question with its numbers, the page that follows one, its log, stop, try again."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from artists.models import BulkJob, ItemStatus
from artists.providers.picking import MODES
from artists.queries.bulk_runs import bulk_jobs, items_of, standing_of
from artists.queries.provider_waits import waiting_for
from artists.services.bulk_runs.kinds import BulkKind, kind_of
from artists.services.bulk_runs.planning import dry_run
from artists.tasks.bulk_runs import BULK, BULK_ACTION, IN_THE_BAR, retry_failed, start_bulk
from artists.views import selection
from artists.views.sections import Context
from stillwater import htmx
from stillwater.job_words import JobLine, duration
from stillwater.models import Job
from stillwater.views.access import signed_in

PER_PAGE = 50


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Every button of the bulk bar: verbs that are done at once, and runs that take their time."""
    action = request.POST.get("action", "")
    return start(request, kind_of(action)) if action in {kind.key for kind in IN_THE_BAR} else selection.change(request)


def start(request: HttpRequest, kind: BulkKind) -> HttpResponse:
    """Ask first, with the numbers; then start it and follow it."""
    chosen = selection.Chosen.of(request.POST)
    if request.POST.get("confirmed") != "1" or chosen.has_moved:
        return _asked(request, kind, chosen)
    ids = None if chosen.token else [str(pk) for pk in chosen.ids]
    mode = request.POST.get("mode", "")
    bulk = start_bulk(kind.key, mode, selection=chosen.token, ids=ids, asked_by=signed_in(request))
    to_its_page = htmx.redirect(request, reverse("artists:bulk_run", args=[bulk.job_id]))
    return htmx.trigger(to_its_page, "selection:clear")


@require_safe
def detail(request: HttpRequest, job_id: int) -> HttpResponse:
    """How far it is and what came of each artist."""
    return htmx.page_or_fragment(request, "artists/run.html", "artists/_run.html", _shown(request, job_id))


@require_safe
def report(request: HttpRequest, job_id: int) -> HttpResponse:
    """Every artist on one page, to print."""
    bulk, status = _the_run(job_id), request.GET.get("status", "")
    return render(request, "artists/run_report.html", _context(bulk, status) | {"items": items_of(bulk, status)})


@require_POST
def retry(request: HttpRequest, job_id: int) -> HttpResponse:
    """What failed, as a new run."""
    new = retry_failed(_the_run(job_id), asked_by=signed_in(request))
    messages.info(request, "Started again with those that failed.")
    return htmx.redirect(request, reverse("artists:bulk_run", args=[new.job_id]))


def _asked(request: HttpRequest, kind: BulkKind, chosen: selection.Chosen) -> HttpResponse:
    context = {
        "kind": kind,
        "chosen": chosen,
        "numbers": dry_run(kind, chosen.artists),
        "modes": MODES if kind.identifies else {},
        "mode": kind.mode,
        "here": request.POST.get("here", ""),
    }
    return htmx.page_or_fragment(request, "artists/run_question.html", "artists/_run_question.html", context)


def _the_run(job_id: int) -> BulkJob:
    job = get_object_or_404(Job, pk=job_id, kind__in=(BULK, BULK_ACTION))
    return get_object_or_404(bulk_jobs(), pk=job.params.get("bulk"))


def _shown(request: HttpRequest, job_id: int) -> Context:
    bulk, status = _the_run(job_id), request.GET.get("status", "")
    page = Paginator(items_of(bulk, status).select_related("artist"), PER_PAGE).get_page(request.GET.get("page"))
    return _context(bulk, status) | {"page": page, "items": page.object_list}


def _context(bulk: BulkJob, status: str) -> Context:
    standing, kind = standing_of(bulk), kind_of(bulk.type)
    counts = [(value, label, standing.counts[value]) for value, label in ItemStatus.choices if standing.counts[value]]
    left = standing.seconds_left
    return {
        "bulk": bulk,
        "kind": kind,
        "line": JobLine(bulk.job),
        "standing": standing,
        "counts": counts,
        "status": status if status in ItemStatus.values else "",
        "mode": MODES.get(bulk.mode, ""),
        "held_up": waiting_for() if kind.fetches and bulk.job.is_active else "",
        "left": duration(timedelta(seconds=left)) if left is not None else "",
    }
