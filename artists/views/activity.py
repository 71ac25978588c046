"""Everything that was changed, with its way back; and the latest of it for the dashboard."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from artists.fields import FIELDS
from artists.models import Operation
from artists.queries.activity import (
    ALONE,
    SOURCES,
    ActivityFilter,
    RunSize,
    newest_of_runs,
    operations,
    run_sizes,
    still_open,
)
from artists.services.undo import can_undo, undo, undo_group
from artists.tasks.undoing import start_undo, told
from artists.views.operation_line import SOURCE_WORDS, OperationLine
from stillwater import htmx
from stillwater.errors import Invalid, StillwaterError, as_sentence
from stillwater.views.access import signed_in

PER_PAGE = 40
IN_FEED = 10
AT_ONCE = 25
"""A run of more operations than this is taken back by a job."""


@require_safe
def activity(request: HttpRequest) -> HttpResponse:
    """The page; `before` goes on behind the last one shown, for there is no end to count."""
    problem, wanted = "", ActivityFilter()
    try:
        wanted = ActivityFilter.from_query(request.GET.dict())
    except Invalid as error:
        problem = as_sentence(error.message)
    lines, older = _lines(wanted, _before(request), PER_PAGE)
    context = {
        "lines": lines,
        "older": older,
        "wanted": wanted,
        "problem": problem,
        "fields": [(field.key, field.label) for field in FIELDS],
        "sources": [(source, SOURCE_WORDS[source]) for source in SOURCES],
    }
    return htmx.page_or_fragment(
        request, "artists/activity.html", "artists/_activity.html", context, status=422 if problem else 200
    )


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The latest runs, for the dashboard."""
    lines, _older = _lines(ActivityFilter(), None, IN_FEED)
    return render(request, "artists/_activity_feed.html", {"lines": lines})


@require_POST
def undo_operation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one operation back, rows and files together."""
    taken = get_object_or_404(Operation, pk=pk)
    try:
        undo(pk, signed_in(request))
    except StillwaterError as error:
        return _refused(request, error)
    return _answer(request, f"{taken.artist_name} is as it was before.")


@require_POST
def undo_run(request: HttpRequest, group: UUID) -> HttpResponse:
    """Take a whole run back: a small one at once, a large one in the background."""
    person = signed_in(request)
    if run_sizes([group]).get(group, ALONE).operations > AT_ONCE:
        job, _is_new = start_undo(group, person)
        return htmx.redirect(request, reverse("stillwater:job", args=[job.pk]))
    try:
        result = undo_group(group, person)
    except StillwaterError as error:
        return _refused(request, error)
    reasons = "; ".join(f"{operation.artist_name}: {reason}" for operation, reason in result.refused[:3])
    level = "warning" if result.refused else "good"
    return _answer(request, as_sentence(f"{told(result)}{f' ({reasons})' if reasons else ''}"), level=level)


def _lines(wanted: ActivityFilter, before: int | None, limit: int) -> tuple[list[OperationLine], int]:
    """The lines to show, and the key behind which older ones follow (0: there are none)."""
    found = newest_of_runs() if wanted.is_empty else operations(wanted)
    rows = list((found.filter(pk__lt=before) if before else found)[: limit + 1])
    sizes = run_sizes([row.group for row in rows]) if wanted.is_empty else {}
    still = still_open([row for row in rows if sizes.get(row.group, ALONE).operations > 1])
    lines = [_line(row, sizes.get(row.group, ALONE), still) for row in rows[:limit]]
    return lines, rows[limit - 1].pk if len(rows) > limit else 0


def _line(row: Operation, size: RunSize, still: set[UUID]) -> OperationLine:
    return OperationLine(row, size, row.group in still if size.operations > 1 else can_undo(row))


def _before(request: HttpRequest) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdigit() else None


def _answer(request: HttpRequest, said: str, *, level: str = "good") -> HttpResponse:
    """htmx: the list anew, as its address has it, and a toast; a plain form: back with a line on what was done."""
    if not htmx.is_fragment(request):
        messages.add_message(request, messages.SUCCESS if level == "good" else messages.WARNING, said)
        return redirect("artists:activity")
    response = htmx.trigger(HttpResponse(status=204), "activity:changed")
    return htmx.toast(response, said, level=level)


def _refused(request: HttpRequest, error: StillwaterError) -> HttpResponse:
    if htmx.is_fragment(request):
        raise error
    messages.error(request, as_sentence(error.message))
    return redirect("artists:activity")
