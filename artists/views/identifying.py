"""Identify many: the numbers first, how it goes, and the queue of those that a person decides."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from artists.models import Artist, Identification, IdentityState
from artists.queries.filters import ArtistFilter
from artists.queries.identifying import run_state
from artists.queries.provider_waits import waiting_for
from artists.queries.selection import Selection
from artists.services.identifying import review
from artists.services.identifying.scope import dry_numbers, unidentified
from artists.services.identifying.wizard import MOST_STEPS, start_walk
from artists.tasks.identify import start_identify, start_prefetch, start_refresh_linked
from stillwater import htmx
from stillwater.errors import StillwaterError, as_sentence
from stillwater.job_words import JobLine, duration
from stillwater.views.access import signed_in

SHOWN = 20
IDENTIFY, WALK = "identify", "walk"
FROM_SELECTION = (IDENTIFY, WALK)
"""What the artist list's bulk bar hands over to this page."""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Nothing is asked before the button is pressed."""
    return htmx.page_or_fragment(request, "artists/identifying.html", "artists/_identifying.html", _context(request))


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """All without an ID, or the selection that the page was opened with."""
    _job, is_new = start_identify(signed_in(request), selection=request.POST.get("selection", ""))
    if not is_new:
        messages.info(request, "Artists are being identified already.")
    return htmx.redirect(request, reverse("artists:identifying"))


@require_POST
def walk(request: HttpRequest) -> HttpResponse:
    """The wizard through everybody in the review queue."""
    waiting = review.review_queue().values_list("artist", flat=True)[:MOST_STEPS]
    return _walk(request, list(waiting))


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    person = signed_in(request)

    def link(artist: Artist) -> str:
        row = review.accept(artist, request.POST.get("mbid", ""), actor=person)
        start_refresh_linked(row, person)
        return f"{artist.name} is linked."

    return _decided(request, pk, link)


@require_POST
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    def put_off(artist: Artist) -> str:
        review.skip(artist.pk)
        return f"{artist.name} is put off to the next run."

    return _decided(request, pk, put_off)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    def rule_out(artist: Artist) -> str:
        review.decline(artist.pk)
        return f"{artist.name} is none of these."

    return _decided(request, pk, rule_out)


def from_selection(request: HttpRequest, action: str, artists: QuerySet[Artist], token: str) -> HttpResponse:
    """The bulk bar's ticks: to the page with their numbers, or straight into the wizard."""
    keys = list(artists.values_list("pk", flat=True)[:MOST_STEPS])
    if action == WALK:
        return _walk(request, keys)
    selection = token or Selection.of(ArtistFilter(ids=tuple(keys))).token
    return htmx.redirect(request, f"{reverse('artists:identifying')}?selection={selection}")


def _walk(request: HttpRequest, keys: list[int]) -> HttpResponse:
    person = signed_in(request)
    try:
        session = start_walk(keys, actor=person)
    except StillwaterError as error:
        messages.error(request, as_sentence(error.message))
        return htmx.redirect(request, reverse("artists:identifying"))
    start_prefetch(session.steps.first(), person)
    return htmx.redirect(request, reverse("artists:wizard", args=[session.key.hex, 0]))


def _decided(request: HttpRequest, pk: int, decide: Any) -> HttpResponse:
    """htmx: the list anew and a toast; a plain form: back with a line on what was done."""
    artist = get_object_or_404(Artist, pk=pk)
    try:
        said, level = decide(artist), "good"
    except StillwaterError as error:
        said, level = as_sentence(error.message), "error"
    if not htmx.is_fragment(request):
        messages.add_message(request, messages.SUCCESS if level == "good" else messages.ERROR, said)
        return htmx.redirect(request, reverse("artists:identifying"))
    page = htmx.page_or_fragment(request, "artists/identifying.html", "artists/_identifying.html", _context(request))
    return htmx.toast(page, said, level=level)


def _context(request: HttpRequest) -> dict[str, Any]:
    token = request.GET.get("selection", "")
    artists = Selection.from_token(token).artists() if token else unidentified()
    state = run_state()
    rows = Identification.objects.select_related("artist")
    latest = rows.filter(run=state.group) if state.group else rows.none()
    return {
        "selection": token,
        "numbers": dry_numbers(artists.filter(musicbrainz_id="", is_excluded=False)),
        "state": state,
        "line": JobLine(state.job) if state.job else None,
        "held_up": waiting_for() if state.job and state.job.is_active else "",
        "left": duration(timedelta(seconds=state.seconds_left)) if state.seconds_left is not None else "",
        "queue": state.queue[:SHOWN],
        "unasked": latest.filter(state=IdentityState.FAILED)[:SHOWN],
        "machine_picked": latest.filter(machine_picked=True, state=IdentityState.LINKED).select_related("artist")[
            :SHOWN
        ],
    }
