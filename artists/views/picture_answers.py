"""Where people are led once a picture has changed: the page they came from, with what was done and its way back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from artists.models import Artist, Operation
from artists.services.pictures.saving import known_kind
from artists.views import in_place, sections
from artists.views.backdrop_lines import gallery
from stillwater import htmx
from stillwater.errors import Invalid, NotFound, StillwaterError

KEPT = ("from", "sort", "mode", "pick", "of")
"""What the pages that offer pictures are told in their address, and are to be told again."""


def slot_kind(kind: str) -> str:
    """Raises NotFound: the kind is part of the page's address."""
    try:
        return known_kind(kind)
    except Invalid as error:
        raise NotFound("there is no such picture") from error


def back_of(request: HttpRequest) -> str:
    """Which page the form lies on: artist, backdrops, board, or the one that finds pictures."""
    return request.POST.get("back") or request.GET.get("back", "")


def changed(
    request: HttpRequest, artist: Artist, kind: str, operation: Operation | None, said: str = ""
) -> HttpResponse:
    """After a verb: on the page itself its part of it, for a plain form the page with a strip that takes it back.

    `said` is for what cannot be taken back from a strip.
    """
    if htmx.is_fragment(request):
        if back_of(request) == "backdrops":
            return _told(render(request, "artists/_backdrops.html", gallery(artist, operation)), said)
        if in_place.is_here(request, artist.pk):
            return _artwork(request, artist, operation, said)
    if said:
        messages.success(request, said)
    return htmx.redirect(request, _address(request, artist, kind, operation))


def refused(request: HttpRequest, artist: Artist, kind: str, problem: StillwaterError) -> HttpResponse:
    """The reason, on the page as it was. Raises the problem for htmx, which shows it beside what was typed."""
    if htmx.is_fragment(request):
        raise problem
    messages.warning(request, f"Nothing is changed: {problem.message}.")
    return htmx.redirect(request, _address(request, artist, kind, None))


def _artwork(request: HttpRequest, artist: Artist, operation: Operation | None, said: str) -> HttpResponse:
    """The slots in their place; the head shows thumb and logo, the history has a line more."""
    response = render(request, "artists/_artwork.html", sections.artwork(artist, operation))
    in_place.also_sections(request, response, artist, with_head=True, without={"artwork"})
    return _told(response, said)


def _told(response: HttpResponse, said: str) -> HttpResponse:
    return htmx.toast(response, said) if said else response


def _address(request: HttpRequest, artist: Artist, kind: str, operation: Operation | None) -> str:
    asked = {key: request.POST.get(key) or request.GET.get(key, "") for key in KEPT}
    query = {key: value for key, value in asked.items() if value}
    if operation is not None:
        query["saved"] = str(operation.pk)
    place, anchor = _page(back_of(request), artist, kind)
    return f"{place}?{urlencode(query)}{anchor}" if query else f"{place}{anchor}"


def _page(back: str, artist: Artist, kind: str) -> tuple[str, str]:
    if back == "artist":
        return reverse("artists:detail", args=[artist.pk]), "#artwork"
    if back == "backdrops":
        return reverse("artists:backdrops", args=[artist.pk]), "#backdrops"
    name = "artists:board" if back == "board" else "artists:find_pictures"
    return reverse(name, args=[artist.pk, kind]), ""
