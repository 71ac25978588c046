"""An artist on the connected servers: what each says, sending ours there, taking theirs over, whole or in part."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe

from artists.fields import BY_KEY
from artists.matching.wording import Piece, word_diff
from artists.queries.detail import artist_by_id
from connections.models import ArtistLink
from connections.queries import link_by_key, links_of
from connections.services.folder_state import folder_state
from connections.services.pull import pull_artist
from connections.services.push import PUSHED, TAKERS, push_artist, push_lock
from connections.services.state import StateRow, state_of
from connections.services.sync_values import PULLED
from stillwater import htmx
from stillwater.errors import StillwaterError, as_sentence
from stillwater.views.access import signed_in


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that is not the same on both sides, word by word: gone are those of the server, new those of ours."""

    row: StateRow
    pieces: list[Piece]


@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """Each server of the artist; what it says is asked card by card."""
    artist = artist_by_id(pk)
    return render(request, "connections/artist_servers.html", {"artist": artist, "links": links_of(artist)})


@require_safe
def state(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    """One card, with both sides."""
    link = link_by_key(artist_by_id(pk), link_pk)
    if htmx.is_fragment(request):
        return state_card(request, link)
    return render(
        request, "connections/artist_server.html", {"artist": link.artist, **_context(link, insist=asks_again(request))}
    )


@require_POST
def push(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    """All that we say, or the part named `part`."""

    def act(link: ArtistLink) -> str:
        parts = request.POST.getlist("part") or PUSHED
        return "It says the same now." if push_artist(link, parts) else "It said the same already."

    return _done(request, link_by_key(artist_by_id(pk), link_pk), act)


@require_POST
def pull(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    """Biography, genres and dates, or the part named `part`."""

    def act(link: ArtistLink) -> str:
        fields = pull_artist(link, request.POST.getlist("part") or PULLED, actor=signed_in(request))
        named = ", ".join(BY_KEY[field].label.lower() for field in fields)
        return f"Taken over: {named}." if fields else "There was nothing to take over."

    return _done(request, link_by_key(artist_by_id(pk), link_pk), act)


@require_POST
def lock(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    """Locked or unlocked there as here."""

    def act(link: ArtistLink) -> str:
        return "It is locked there as it is here." if push_lock(link) else "It was locked there as it is here already."

    return _done(request, link_by_key(artist_by_id(pk), link_pk), act)


def state_card(request: HttpRequest, link: ArtistLink, *, readonly: bool = False) -> HttpResponse:
    """The fragment; REST hands it over as well."""
    response = render(
        request, "connections/_server_state.html", {**_context(link, insist=asks_again(request)), "readonly": readonly}
    )
    add_never_cache_headers(response)
    return response


def asks_again(request: HttpRequest) -> bool:
    """A person saw that the server did not answer, and wants it asked once more, now."""
    return "again" in request.GET


def _context(link: ArtistLink, *, insist: bool) -> dict[str, object]:
    """A server that fails is a card that says so."""
    try:
        if link.connection.type not in TAKERS:
            return {"link": link, "folder": folder_state(link, insist=insist)}
        found = state_of(link, insist=insist)
    except StillwaterError as error:
        return {"link": link, "problem": as_sentence(error.message)}
    differences = [Difference(row, word_diff(row.theirs, row.ours)) for row in found.differing]
    return {"link": link, "state": found, "differences": differences}


def _done(request: HttpRequest, link: ArtistLink, act: Callable[[ArtistLink], str]) -> HttpResponse:
    """htmx: the card anew and a toast; a plain form: its page with a line on what was done."""
    try:
        said, level = act(link), "good"
    except StillwaterError as error:
        said, level = as_sentence(error.message), "error"
    if htmx.is_fragment(request):
        link.refresh_from_db()
        return htmx.toast(state_card(request, link), said, level=level)
    messages.add_message(request, messages.ERROR if level == "error" else messages.SUCCESS, said)
    return redirect(reverse("connections:artist_server", args=[link.artist_id, link.pk]))
