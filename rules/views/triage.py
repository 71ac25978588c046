"""Triage: one finding per screen, decided by a key; every decision leads to the next one and can be taken back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from artists.models import Artist, Operation
from artists.services.locks import lock_artist, unlock_artist
from rules.models import Violation
from rules.queries.finding_query import FindingQuery
from rules.queries.findings import finding as the_finding
from rules.queries.triage import left, next_finding, waiting
from rules.services import violations
from rules.services.choosing import apply_candidate, skip_candidates
from rules.services.fixing import fix, undo_fix
from rules.views.triage_cards import card_of, pictures_ahead
from stillwater.errors import Invalid, NotFound, StillwaterError, Unprocessable, as_sentence
from stillwater.htmx import is_fragment, page_or_fragment
from stillwater.numbers import whole_number
from stillwater.views.access import signed_in


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided. `way_back`: how the page names it in its address, as in "fix-12"; blank: no way back."""

    way_back: str = ""
    stays: str = ""
    """Why the same finding is shown once more; blank: the next one is."""


@require_safe
def triage(request: HttpRequest) -> HttpResponse:
    """`at` shows this finding while it waits, `after` the one behind it; `last` names the decision before."""
    chosen = waiting(FindingQuery.of(request.GET))
    shown = _shown(chosen, request.GET)
    context = _context(request, chosen, shown, last=request.GET.get("last", ""))
    return page_or_fragment(request, "rules/triage.html", "rules/_triage.html", context)


@require_POST
def decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """choose (with `choice`), fix, none (of the candidates), dismiss or lock; then the next finding.

    422 with the same finding and the reason where it could not be done: nothing has changed then.
    """
    if verb not in _VERBS:
        raise NotFound("there is no such decision")
    chosen, row = waiting(FindingQuery.of(request.POST)), the_finding(pk)
    try:
        done = _VERBS[verb](request, row)
    except StillwaterError as refusal:
        return _again(request, chosen, the_finding(pk), refusal.message, status=422)
    if done.stays:
        return _again(request, chosen, the_finding(pk), done.stays)
    return _onward(request, chosen, next_finding(chosen, row), row, done.way_back)


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """The decision that `last` names; its finding is shown again."""
    chosen, last = waiting(FindingQuery.of(request.POST)), request.POST.get("last", "")
    row = _finding_behind(last)
    if row is None:
        raise NotFound("this decision can no longer be taken back")
    _WAYS_BACK[last.partition("-")[0]](request, int(last.partition("-")[2]))
    return _onward(request, chosen, the_finding(row.pk), None, "")


def _choose(request: HttpRequest, row: Violation) -> Decided:
    number = whole_number(request.POST.get("choice", "")) or 0
    if not 1 <= number <= len(row.candidates):
        raise Invalid("choose one of the candidates first", "choice")
    one = row.candidates[number - 1]
    made = apply_candidate(row.pk, one["url"], one["image_type"], actor=signed_in(request))
    return Decided(f"fix-{made.pk}")


def _fix(request: HttpRequest, row: Violation) -> Decided:
    outcome = fix(row.pk, actor=signed_in(request))
    if outcome.waiting:
        return Decided(stays=outcome.message)
    if outcome.status == "failed":
        raise Unprocessable(outcome.message)
    return Decided(f"fix-{outcome.undo_id}" if outcome.undo_id else "")


def _none(_request: HttpRequest, row: Violation) -> Decided:
    skip_candidates(row.pk)
    return Decided()


def _dismiss(_request: HttpRequest, row: Violation) -> Decided:
    violations.dismiss(row.pk)
    return Decided(f"dismiss-{row.pk}")


def _lock(request: HttpRequest, row: Violation) -> Decided:
    lock_artist(row.artist, actor=signed_in(request))
    return Decided(f"lock-{row.artist_id}")


_VERBS: Mapping[str, Callable[[HttpRequest, Violation], Decided]] = {
    "choose": _choose,
    "fix": _fix,
    "none": _none,
    "dismiss": _dismiss,
    "lock": _lock,
}


def _undo_fix(request: HttpRequest, key: int) -> None:
    undo_fix(str(key), actor=signed_in(request))


def _reopen(_request: HttpRequest, key: int) -> None:
    violations.reopen(key)


def _unlock(request: HttpRequest, key: int) -> None:
    unlock_artist(Artist.objects.get(pk=key), actor=signed_in(request))


_WAYS_BACK: Mapping[str, Callable[[HttpRequest, int], None]] = {"fix": _undo_fix, "dismiss": _reopen, "lock": _unlock}


def _finding_behind(last: str) -> Violation | None:
    """The finding that a decision was about; None for what is no decision, or none that is known."""
    verb, _dash, text = last.partition("-")
    key = whole_number(text)
    if verb not in _WAYS_BACK or key is None:
        return None
    rows = Violation.objects.select_related("artist")
    if verb == "dismiss":
        return rows.filter(pk=key).first()
    if verb == "lock":
        return rows.filter(artist=key).first()
    made = Operation.objects.filter(pk=key, undone_at=None).first()
    story = rows.filter(artist=made.artist_id) if made else rows.none()
    return next((row for row in story if any(str(each.get("operation")) == text for each in row.story)), None)


def _words(last: str) -> str:
    """What the strip says of the decision before; blank: there is no strip."""
    row = _finding_behind(last)
    if row is None:
        return ""
    if last.startswith("dismiss-"):
        return f"Dismissed: {row.artist_name}. {row.message}"
    if last.startswith("lock-"):
        return f"Locked: {row.artist_name}."
    return f"Fixed: {row.artist_name}. {row.message}"


def _shown(chosen: FindingQuery, query: Mapping[str, str]) -> Violation | None:
    at, after = whole_number(query.get("at", "")), whole_number(query.get("after", ""))
    rows = Violation.objects.select_related("artist")
    row = rows.filter(pk=at).first() if at else None
    if row is not None and row.is_active:
        return row
    return next_finding(chosen, row or (rows.filter(pk=after).first() if after else None))


def _again(
    request: HttpRequest, chosen: FindingQuery, row: Violation, words: str, *, status: int = 200
) -> HttpResponse:
    sentence = as_sentence(words)
    if not is_fragment(request):
        messages.add_message(request, messages.INFO if status == 200 else messages.ERROR, sentence)
        return redirect(_address(chosen, at=row.pk))
    context = _context(request, chosen, row) | {"problem": sentence, "refused": status != 200}
    return render(request, "rules/_triage.html", context, status=status)


def _onward(
    request: HttpRequest, chosen: FindingQuery, shown: Violation | None, behind: Violation | None, last: str
) -> HttpResponse:
    where = {"at": shown.pk} if shown else {"after": behind.pk} if behind else {}
    address = _address(chosen, **where, **({"last": last} if last else {}))
    if not is_fragment(request):
        return redirect(address)
    response = render(request, "rules/_triage.html", _context(request, chosen, shown, last=last))
    response.headers["HX-Push-Url"] = address
    return response


def _context(request: HttpRequest, chosen: FindingQuery, shown: Violation | None, *, last: str = "") -> dict[str, Any]:
    following = next_finding(chosen, shown) if shown else None
    return {
        "card": card_of(shown) if shown else None,
        "chosen": chosen,
        "left": left(chosen),
        "next_url": _address(chosen, after=shown.pk) if shown else "",
        "start_url": _address(chosen),
        "list_url": f"{reverse('rules:findings')}?{chosen.query}",
        "ahead": pictures_ahead(following),
        "last": last,
        "last_words": _words(last),
        "in_place": is_fragment(request),
    }


def _address(chosen: FindingQuery, **more: object) -> str:
    query = urlencode([*chosen.items(), *((name, str(value)) for name, value in more.items())])
    return f"{reverse('rules:triage')}?{query}" if query else reverse("rules:triage")
