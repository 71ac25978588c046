"""What one does to a finding in a list: dismiss, open again, fix, take the fix back. Each answers with the row."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from rules.models import Violation
from rules.queries.findings import finding as the_finding
from rules.services import fixing, violations
from rules.views.rows import FindingRow, row_of
from stillwater.errors import as_sentence
from stillwater.htmx import is_fragment, trigger
from stillwater.views.access import signed_in

CHANGED = "findings:changed"
"""The event that lets the figures and badges of the page count anew."""


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    row = violations.dismiss(pk)
    return _gone(request, row, f"Dismissed: {_words(row)}", reverse("rules:reopen", args=[pk]))


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    row = violations.reopen(pk)
    return _row(request, row, f"Open again: {_words(row)}")


@require_POST
def fix(request: HttpRequest, pk: int) -> HttpResponse:
    """422 with the row and the reason where it could not be fixed."""
    outcome = fixing.fix(pk, actor=signed_in(request))
    row = the_finding(pk)
    if outcome.status == "failed":
        return _row(request, row, problem=as_sentence(outcome.message))
    undo = reverse("rules:undo_fix", args=[pk, outcome.undo_id]) if outcome.undo_id else ""
    return _gone(
        request,
        row,
        f"Fixed: {row.artist_name}. {as_sentence(outcome.message)}",
        undo,
        seconds=fixing.UNDO_SECONDS if undo else 0,
    )


@require_POST
def undo_fix(request: HttpRequest, pk: int, operation: int) -> HttpResponse:
    fixing.undo_fix(str(operation), actor=signed_in(request))
    row = the_finding(pk)
    return _row(request, row, f"Taken back: {_words(row)}")


def back(request: HttpRequest) -> str:
    """Where a plain form came from, as it says itself; else the findings."""
    asked = request.POST.get("next", "")
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, None, require_https=request.is_secure())
    return asked if is_ours else reverse("rules:findings")


def _row(request: HttpRequest, finding: Violation, words: str = "", *, problem: str = "") -> HttpResponse:
    if not is_fragment(request):
        return _plainly(request, problem or words, messages.ERROR if problem else messages.SUCCESS)
    context = {**_context(request, row_of(finding)), "problem": problem}
    response = render(request, "rules/_finding.html", context, status=422 if problem else 200)
    return response if problem else trigger(response, CHANGED)


def _gone(request: HttpRequest, finding: Violation, words: str, undo_url: str, *, seconds: int = 0) -> HttpResponse:
    """The strip in the row's place, from which it can be brought back."""
    if not is_fragment(request):
        return _plainly(request, words, messages.SUCCESS)
    context = {"finding": finding, "text": words, "undo_url": undo_url, "seconds": seconds}
    response = render(request, "rules/_finding_gone.html", {**_context(request, row_of(finding)), **context})
    return trigger(response, CHANGED)


def _plainly(request: HttpRequest, words: str, level: int) -> HttpResponse:
    messages.add_message(request, level, words)
    return redirect(back(request))


def _context(request: HttpRequest, row: FindingRow) -> dict[str, object]:
    return {"row": row, "here": back(request), "plain": request.POST.get("plain") == "1"}


def _words(finding: Violation) -> str:
    return f"{finding.artist_name}. {finding.message}"
