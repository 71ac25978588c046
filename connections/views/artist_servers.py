"""An artist on the connected servers: what each says, sending ours there, taking theirs over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe

from artists.forms.artist import as_sentence
from artists.queries.detail import artist_by_id
from connections.models import ArtistLink
from connections.queries import link_by_key, links_of
from connections.services.pull import pull_artist
from connections.services.push import push_artist
from connections.services.state import state_of
from stillwater import htmx
from stillwater.errors import StillwaterError
from stillwater.views.access import signed_in


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
    return render(request, "connections/artist_server.html", {"artist": link.artist, **_context(link)})


@require_POST
def push(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    link = link_by_key(artist_by_id(pk), link_pk)
    try:
        said = "It says the same now." if push_artist(link) else "It said the same already."
    except StillwaterError as error:
        return _answer(request, link, as_sentence(error.message), level="error")
    return _answer(request, link, said)


@require_POST
def pull(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    link = link_by_key(artist_by_id(pk), link_pk)
    try:
        fields = pull_artist(link, actor=signed_in(request))
    except StillwaterError as error:
        return _answer(request, link, as_sentence(error.message), level="error")
    return _answer(request, link, f"Taken over: {', '.join(fields)}." if fields else "There was nothing to take over.")


def state_card(request: HttpRequest, link: ArtistLink, *, readonly: bool = False) -> HttpResponse:
    """The fragment; REST hands it over as well."""
    response = render(request, "connections/_server_state.html", {**_context(link), "readonly": readonly})
    add_never_cache_headers(response)
    return response


def _context(link: ArtistLink) -> dict[str, object]:
    """A server that fails is a card that says so."""
    try:
        return {"link": link, "state": state_of(link)}
    except StillwaterError as error:
        return {"link": link, "problem": as_sentence(error.message)}


def _answer(request: HttpRequest, link: ArtistLink, said: str, *, level: str = "good") -> HttpResponse:
    if htmx.is_fragment(request):
        link.refresh_from_db()
        return htmx.toast(state_card(request, link), said, level=level)
    messages.add_message(request, messages.ERROR if level == "error" else messages.SUCCESS, said)
    return redirect("connections:artist_server", link.artist_id, link.pk)
