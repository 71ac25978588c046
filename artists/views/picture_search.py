"""Find pictures: the current picture of a slot, what providers and the web offer, an upload, an address."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from artists.models import Artist
from artists.services.pictures.offering import Recall
from artists.services.pictures.proxying import offered_original, offered_thumbnail
from artists.services.pictures.searching import Found, search_providers, search_web, searches_web
from artists.services.pictures.serving import media_type
from artists.views import sections
from artists.views.images import FOR_GOOD, HARMLESS
from artists.views.offered import candidates_of, failures_in_words
from artists.views.picture_answers import slot_kind
from artists.views.pictures import LABELS, slots_of
from stillwater.errors import Invalid, StillwaterError
from stillwater.views.access import signed_in


@dataclass(frozen=True, slots=True)
class Search:
    """What a page that offers pictures was asked for, and what was found; `problem` says why nobody was asked."""

    origin: str
    sort: str
    found: Found
    problem: str = ""


@require_safe
def find(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """`from` web or providers, `sort` likes or resolution, `again` asks anew; `saved` is what the strip takes back."""
    artist, kind = sections.the_artist(pk), slot_kind(kind)
    search = searched(request, artist, kind)
    context = {**_page(request, artist, kind), **_offers(artist, search.found)}
    context |= {"problem": search.problem, "sort": search.sort, "origin": search.origin}
    return render(request, "artists/find_pictures.html", context)


def searched(request: HttpRequest, artist: Artist, kind: str) -> Search:
    """By what the address says. What was offered a moment ago is not asked for again."""
    sort, origin = request.GET.get("sort", ""), request.GET.get("from", "providers")
    recall: Recall = "renew" if "again" in request.GET else "may"
    try:
        if origin == "web":
            found = search_web(artist, kind, sort, recall=recall)
        else:
            found = search_providers(artist, kind, sort, actor=signed_in(request), recall=recall)
    except Invalid as refused:
        return Search(origin, sort, Found(), refused.message)
    return Search(origin, sort, found)


def offered_fragment(request: HttpRequest, artist: Artist, found: Found) -> HttpResponse:
    """The candidates alone, for the REST operations under htmx."""
    return render(request, "artists/_offered_pictures.html", _offers(artist, found))


@require_safe
def offered(request: HttpRequest, token: str) -> HttpResponseBase:
    """A small copy of a picture whose address we have signed; it never changes."""
    try:
        data = offered_thumbnail(token)
    except StillwaterError as error:
        return HttpResponse(error.message, status=error.status, headers={"Cache-Control": "no-store"})
    return _for_good(data, "image/webp")


@require_safe
def offered_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """The picture itself, for looking at it in its own size."""
    try:
        data = offered_original(token)
    except StillwaterError as error:
        return HttpResponse(error.message, status=error.status, headers={"Cache-Control": "no-store"})
    return _for_good(data, media_type(data))


def _for_good(data: bytes, media: str) -> HttpResponse:
    headers = {"Cache-Control": FOR_GOOD, "Content-Security-Policy": HARMLESS}
    return HttpResponse(data, content_type=media, headers=headers)


def _page(request: HttpRequest, artist: Artist, kind: str) -> dict[str, Any]:
    """What is there now, and what was done a moment ago."""
    return {
        "artist": artist,
        "kind": kind,
        "label": LABELS[kind],
        "kinds": LABELS.items(),
        "slots": [slot for slot in slots_of(list(artist.images.all())) if slot.kind == kind],
        "searches_web": searches_web(),
        "saved": sections.just_done(artist, request.GET),
    }


def _offers(artist: Artist, found: Found) -> dict[str, Any]:
    candidates = candidates_of(found, artist.images.all())
    return {"artist": artist, "candidates": candidates, "down": failures_in_words(found.errors)}
