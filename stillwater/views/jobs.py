"""Work in the background: what runs, what ran and how it ended, with the ways to stop it and to try again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from stillwater import htmx, jobs
from stillwater.job_words import JobLine
from stillwater.models import ACTIVE_STATES, Job
from stillwater.views.access import administrators_only, signed_in

PER_PAGE = 25


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All jobs but the quiet ones: the active, then the ended page by page."""
    every = Job.objects.exclude(kind__in=jobs.quiet_kinds()).select_related("asked_by")
    page = Paginator(every.exclude(state__in=ACTIVE_STATES), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "active": [JobLine(job) for job in every.filter(state__in=ACTIVE_STATES)],
        "page": page,
        "ended": [JobLine(job) for job in page.object_list],
    }
    return htmx.page_or_fragment(request, "stillwater/jobs.html", "stillwater/_jobs.html", context)


@require_safe
def detail(request: HttpRequest, job_id: int) -> HttpResponse:
    """One job with everything that came of it."""
    job = get_object_or_404(Job.objects.select_related("asked_by"), pk=job_id)
    context = {"line": JobLine(job), "job": job}
    return htmx.page_or_fragment(request, "stillwater/job.html", "stillwater/_job.html", context)


@require_POST
def cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    """Ask it to stop between two items."""
    job = jobs.cancel(job_id)
    said = f"{jobs.label(job.kind)}: it stops after the item at hand." if job.is_active else "It has ended already."
    return _said(request, job, said)


@administrators_only
@require_POST
def repeat(request: HttpRequest, job_id: int) -> HttpResponse:
    """Start the same work again."""
    old = get_object_or_404(Job, pk=job_id)
    job, is_new = jobs.start(old.kind, old.params, key=old.key, asked_by=signed_in(request))
    return _said(request, job, "Started again." if is_new else "It is running already.")


def _said(request: HttpRequest, job: Job, text: str) -> HttpResponse:
    """To the page that tells most of the job, with a line on what was done."""
    messages.info(request, text)
    return htmx.redirect(request, JobLine(job).url)
