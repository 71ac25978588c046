"""Many findings at once: first the numbers, then the deed, then the way back."""

from dataclasses import fields
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from rules.bulk import ASKS_FROM, Selection, dry_run, selection
from rules.models import Violation
from rules.queries.finding_query import FindingQuery
from rules.services import violations
from rules.tasks import start_fix
from rules.views.actions import CHANGED, back
from stillwater.errors import Invalid
from stillwater.htmx import is_fragment, toast, trigger
from stillwater.views.access import signed_in

RELOAD = "findings:reload"
"""The event on which a list of findings draws itself anew, as long as it was."""
VERBS = ("fix", "dismiss")


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Ask with numbers; do it where that was asked already, or few are dismissed. Raises Invalid for nothing ticked."""
    verb = request.POST.get("action", "")
    chosen = selection(
        FindingQuery.of(request.POST),
        request.POST.getlist("ids"),
        everything=request.POST.get("all_matching") == "1",
        seen=_number(request.POST.get("total", "")),
    )
    if verb not in VERBS:
        raise Invalid("action must be fix or dismiss", "action")
    if not chosen.count:
        raise Invalid("nothing is ticked")
    if not request.POST.get("sure") and (verb == "fix" or chosen.count >= ASKS_FROM or chosen.moved):
        return _question(request, verb, chosen)
    return _fix(request, chosen) if verb == "fix" else _dismiss(request, chosen)


@require_safe
def nothing(request: HttpRequest) -> HttpResponse:
    """The question taken back: an empty place."""
    return render(request, "rules/_bulk_question.html", {"verb": ""})


@require_POST
def reopen_many(request: HttpRequest, moment: str) -> HttpResponse:
    """Take a bulk dismissal back: those that were dismissed at exactly that moment."""
    when = parse_datetime(moment)
    count = violations.reopen_dismissed_at(when) if when else 0
    return _done(request, f"{_findings(count)} open again.")


def _question(request: HttpRequest, verb: str, chosen: Selection) -> HttpResponse:
    context = {
        "verb": verb,
        "chosen": chosen,
        "numbers": dry_run(chosen),
        "sent": [(name, value) for name, values in request.POST.lists() for value in values if name in _SENT_ON],
        "here": back(request),
        "focus_key": "fix-all" if request.POST.get("from") == "fix-all" else f"bulk-{verb}",
    }
    return render(request, "rules/_bulk_question.html" if is_fragment(request) else "rules/bulk.html", context)


_SENT_ON = {"ids", "all_matching", "action", "next", *(item.name for item in fields(FindingQuery))}


def _fix(request: HttpRequest, chosen: Selection) -> HttpResponse:
    count = dry_run(chosen).fixable
    _job, is_new = start_fix(chosen.keys, asked_by=signed_in(request))
    words = (
        f"Fixing {_findings(count)}." if is_new else "Findings are being fixed already. Try again when that is done."
    )
    return _done(request, words, level="info" if is_new else "warning")


def _dismiss(request: HttpRequest, chosen: Selection) -> HttpResponse:
    count = violations.bulk_dismiss(chosen.keys)
    moment = _dismissed_at(chosen)
    undo = reverse("rules:reopen_many", args=[moment.isoformat()]) if count and moment else ""
    return _done(request, f"{_findings(count)} dismissed.", undo_url=undo)


def _dismissed_at(chosen: Selection) -> datetime | None:
    rows = Violation.objects.filter(pk__in=list(chosen.keys)[:500])
    return rows.order_by("-dismissed_at").exclude(dismissed_at=None).values_list("dismissed_at", flat=True).first()


def _done(request: HttpRequest, words: str, *, level: str = "good", undo_url: str = "") -> HttpResponse:
    if not is_fragment(request):
        messages.add_message(request, messages.SUCCESS if level == "good" else messages.INFO, words)
        return redirect(back(request))
    response = render(request, "rules/_bulk_question.html", {"verb": ""})
    for name in (CHANGED, RELOAD, "selection:clear"):
        trigger(response, name)
    return toast(response, words, level=level, undo_url=undo_url, seconds=30 if undo_url else 0)


def _findings(count: int) -> str:
    return "1 finding" if count == 1 else f"{count:,} findings"


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
