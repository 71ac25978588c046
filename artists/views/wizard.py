"""The review wizard's pages: one artist per step, decided by a button or a key."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from artists.models import WizardStep
from artists.services.asking import MUSICBRAINZ
from artists.services.identifying.wizard import (
    accept_step,
    counts_of,
    decline_step,
    look_up,
    next_index,
    save_and_exit,
    session_of,
    skip_step,
    step_of,
)
from artists.services.local_albums import album_titles
from artists.services.sources import panel_of
from artists.tasks.identify import start_prefetch, start_refresh_linked
from stillwater import htmx
from stillwater.errors import NotFound, StillwaterError, as_sentence
from stillwater.views.access import signed_in


@require_safe
def step(request: HttpRequest, key: str, index: int) -> HttpResponse:
    """Shows what was looked up; looking up is a job's or a button's work."""
    at_hand = _step(key, index)
    session = at_hand.session
    context = {
        "step": at_hand,
        "session": session,
        "number": index + 1,
        "total": session.steps.count(),
        "counts": counts_of(session),
        "albums": album_titles(at_hand.artist),
        "back": reverse("artists:wizard", args=[key, index - 1]) if index else "",
    }
    return htmx.page_or_fragment(request, "artists/wizard.html", "artists/_wizard.html", context)


@require_POST
def search(request: HttpRequest, key: str, index: int) -> HttpResponse:
    """Look the candidates up now, while the person waits."""
    look_up(_step(key, index), panel_of((MUSICBRAINZ,), signed_in(request)), again=True)
    return htmx.redirect(request, reverse("artists:wizard", args=[key, index]))


@require_POST
def accept(request: HttpRequest, key: str, index: int) -> HttpResponse:
    def link(at_hand: WizardStep) -> None:
        person = signed_in(request)
        row = accept_step(at_hand, request.POST.get("mbid", ""), actor=person)
        start_refresh_linked(row, person)

    return _decided(request, key, index, link)


@require_POST
def skip(request: HttpRequest, key: str, index: int) -> HttpResponse:
    return _decided(request, key, index, lambda at_hand: skip_step(at_hand, actor=signed_in(request)))


@require_POST
def decline(request: HttpRequest, key: str, index: int) -> HttpResponse:
    return _decided(request, key, index, lambda at_hand: decline_step(at_hand, actor=signed_in(request)))


@require_POST
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """Save and exit: who is undecided waits in the review queue."""
    counts = save_and_exit(session_of(key))
    said = f"{counts.accepted} accepted, {counts.skipped} skipped, {counts.declined} declined"
    left = f"; {counts.leftover} wait for a decision" if counts.leftover else ""
    messages.success(request, f"{said}{left}.")
    return htmx.redirect(request, reverse("artists:identifying"))


def _decided(request: HttpRequest, key: str, index: int, decide: Callable[[WizardStep], None]) -> HttpResponse:
    """On to the next step; behind the last one back to the queue, with the numbers."""
    at_hand = _step(key, index)
    try:
        decide(at_hand)
    except NotFound:
        raise
    except StillwaterError as error:
        messages.error(request, as_sentence(error.message))
        return htmx.redirect(request, reverse("artists:wizard", args=[key, index]))
    behind = next_index(at_hand)
    if behind is None:
        return leave(request, key)
    start_prefetch(at_hand.session.steps.filter(index=behind).first(), signed_in(request))
    return htmx.redirect(request, reverse("artists:wizard", args=[key, behind]))


def _step(key: str, index: int) -> WizardStep:
    return step_of(session_of(key), index)
