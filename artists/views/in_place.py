"""Answers on the artist page itself: the sections that a verb may have changed are swapped each in its place."""

from collections.abc import Collection
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from artists.models import Artist, Operation
from artists.views import sections
from artists.views.detail import trail
from stillwater import htmx

_BELOW = (
    ("about", sections.facts),
    ("biography", sections.facts),
    ("aliases", sections.aliases),
    ("members", sections.members),
    ("identifiers", sections.facts),
    ("evidence", sections.evidence),
    ("artwork", sections.artwork),
    ("history", sections.latest_changes),
)
"""Fragments of the page below its head, each with its context; what is being typed in one is kept (fields.js)."""


def is_here(request: HttpRequest, pk: int) -> bool:
    """Whether htmx asks from the artist's own page, where the sections are."""
    return is_on(request, "artists:detail", pk)


def is_on(request: HttpRequest, name: str, *args: object) -> bool:
    """Whether htmx asks from the page with this name."""
    return htmx.is_fragment(request) and _address(request)[0].endswith(reverse(name, args=args))


def answer(
    request: HttpRequest, artist: Artist, said: str, *, level: str = "good", undoes: Operation | None = None
) -> HttpResponse:
    """The head in the place of #header, and every other section in its own."""
    response = render(request, "artists/_header.html", head_here(request, artist))
    also_sections(request, response, artist)
    way_back = reverse("artists:undo", args=[artist.pk, undoes.pk]) if undoes else ""
    return htmx.toast(response, said, level=level, undo_url=way_back, seconds=10)


def also_sections(
    request: HttpRequest,
    response: HttpResponse,
    artist: Artist,
    *,
    with_head: bool = False,
    without: Collection[str] = (),
) -> HttpResponse:
    """Add the sections to an answer whose own content goes elsewhere; `without` those that it has itself."""
    if with_head:
        htmx.also(request, response, "artists/_header.html", head_here(request, artist))
    for name, context in _BELOW:
        if name in without:
            continue
        htmx.also(request, response, f"artists/_{name}.html", context(artist))
    return response


def head_here(request: HttpRequest, artist: Artist) -> sections.Context:
    """What the head shows, its neighbours in the list that the asking page was opened from included."""
    query = QueryDict(_address(request)[1])
    return {**sections.header(artist), **sections.standing(artist), **trail(artist, query)}


def _address(request: HttpRequest) -> tuple[str, str]:
    """Path and query of the page that asks."""
    here = urlsplit(request.headers.get("HX-Current-URL", ""))
    return here.path, here.query
