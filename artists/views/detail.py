"""One artist: who it is, every field with its lock and source, its pictures, findings and files."""

from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from artists.models import Artist
from artists.queries.filters import ArtistFilter
from artists.queries.listing import matching
from artists.views import sections
from artists.views.listing import Listing

FACTS = ("about", "biography", "identifiers")
"""The groups of fields, each a fragment of its own."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The addresses of the artists before and after this one in the list it was opened from; blank at its ends."""

    previous: str
    next: str


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    artist = sections.the_artist(pk)
    done = sections.artwork(artist, sections.just_done(artist, request.GET))
    return render(request, "artists/detail.html", {**sections.page(artist), **done, **trail(artist, request.GET)})


@require_safe
def head(request: HttpRequest, pk: int) -> HttpResponse:
    """The head alone, for when something happened to the artist."""
    artist = sections.the_artist(pk)
    context = {**sections.header(artist), **sections.standing(artist), **trail(artist, request.GET)}
    return sections.answer(request, artist, "header", context)


@require_safe
def facts(request: HttpRequest, pk: int, group: str) -> HttpResponse:
    """One group of fields, for when somebody else changed one."""
    if group not in FACTS:
        raise Http404
    artist = sections.the_artist(pk)
    return sections.answer(request, artist, group, sections.facts(artist))


def trail(artist: Artist, query: QueryDict) -> sections.Context:
    """The way back to the list, and on to the next artist of it: two steps along its order, however long it is."""
    wanted = replace(ArtistFilter.from_query(query), page=1)
    listed = Listing(wanted, []).trail
    neighbours = Neighbours(_beside(artist, wanted, listed, -1), _beside(artist, wanted, listed, 1))
    return {"listed": listed, "neighbours": neighbours}


def _beside(artist: Artist, wanted: ArtistFilter, listed: str, step: int) -> str:
    backwards = wanted.descending != (step < 0)
    sign = "lt" if backwards else "gt"
    value = getattr(artist, wanted.sort)
    ordering = replace(wanted, descending=backwards).ordering()
    found = matching(wanted).order_by(*ordering).values_list("pk", flat=True)
    # Two questions that an index answers; joined by "or" they would read every artist.
    namesake = found.filter(**{wanted.sort: value, f"pk__{sign}": artist.pk}).first()
    beside = namesake or found.filter(**{f"{wanted.sort}__{sign}": value}).first()
    return f"{reverse('artists:detail', args=[beside])}{listed}" if beside else ""
