"""Pictures that providers and the web offer for an artist, over REST; nothing is stored."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from artists.api.picture_replies import offer_body
from artists.queries.detail import artist_by_id
from artists.services.pictures.searching import known_sort, search_providers, search_web
from artists.views.picture_search import offered_fragment
from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.htmx import is_fragment

router = Router(tags=["Images"])


class OfferedOut(Schema):
    """`images` best first, each with url, type, source and what else is known; `errors` name who did not answer.

    `refused`: what is left out, each with its reason.
    """

    images: list[dict[str, Any]]
    errors: list[str]
    refused: list[dict[str, Any]]


class WebOfferedOut(Schema):
    images: list[dict[str, Any]]


@router.get(
    "/artists/{id}/images/search",
    operation_id="searchImages",
    url_name="search_pictures",
    summary="Pictures that the providers offer",
    response={200: OfferedOut, **errors(400, 404)},
)
def search(request: HttpRequest, id: str, type: str = "", sort: str = "") -> dict[str, Any] | HttpResponse:
    """By the artist's identifiers; `sort` likes (the default) or resolution. Under htmx the candidates of the page."""
    known_sort(sort)
    artist = artist_by_id(id)
    found = search_providers(artist, type, sort, actor=caller(request))
    if is_fragment(request):
        return offered_fragment(request, artist, found)
    refused = [offer_body(offer) | {"reason": reason} for offer, reason in found.refused]
    return {"images": list(map(offer_body, found.candidates)), "errors": list(found.errors), "refused": refused}


@router.get(
    "/artists/{id}/images/websearch",
    operation_id="webImageSearch",
    url_name="search_web_pictures",
    summary="Pictures that the web shows",
    response={200: WebOfferedOut, **errors(400, 404)},
)
def websearch(request: HttpRequest, id: str, type: str, sort: str = "") -> dict[str, Any] | HttpResponse:
    """By the artist's name, in the search engines that are switched on. Under htmx the candidates of the page."""
    known_sort(sort)
    artist = artist_by_id(id)
    found = search_web(artist, type, sort)
    if is_fragment(request):
        return offered_fragment(request, artist, found)
    return {"images": list(map(offer_body, found.candidates))}
