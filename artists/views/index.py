"""The artist list: searched, filtered, sorted, as a table or as a grid."""

from dataclasses import replace

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from artists.models import Artist, Library
from artists.queries.filters import ArtistFilter
from artists.queries.listing import Page as Found
from artists.queries.listing import filter_counts, list_artists
from artists.queries.selection import Selection
from artists.services.many import MANY_VERBS
from artists.tasks.bulk_runs import IN_THE_BAR
from artists.views.listing import Listing
from artists.views.rows import rows_of
from artists.views.sections import Context
from stillwater import htmx
from stillwater.models import User
from stillwater.services.preferences import change_preference, preferences_of
from stillwater.views.access import signed_in


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    context = results(signed_in(request), request.GET)
    return htmx.page_or_fragment(request, "artists/index.html", "artists/_results.html", context)


@require_POST
def change_view(request: HttpRequest) -> HttpResponse:
    """Table or grid, kept for this person."""
    person = signed_in(request)
    change_preference(person, "artists_view", request.POST.get("view", ""))
    query = QueryDict(request.POST.get("query", "").lstrip("?"))
    if htmx.is_fragment(request):
        return render(request, "artists/_results.html", results(person, query))
    return htmx.redirect(request, f"{reverse('artists:index')}?{query.urlencode()}")


def results(person: User, query: QueryDict) -> Context:
    """Everything that the list shows for a query string."""
    preferences = preferences_of(person)
    own_page_size = int(preferences["page_size"])
    wanted = ArtistFilter.from_query(query, default_page_size=own_page_size)
    found = _not_past_the_end(wanted)
    libraries = list(Library.objects.all())
    panel = query.get("panel") == "1"
    listing = Listing(wanted, libraries, own_page_size=own_page_size, panel_is_open=panel)
    counts = filter_counts(wanted) if panel else {}
    return {
        "listing": listing,
        "rows": rows_of(found.artists, libraries, listing.trail),
        "page": _pages(found),
        "here": query.urlencode(),
        "view": preferences["artists_view"],
        "library_count": len(libraries),
        "groups": listing.groups(counts) if panel else [],
        "quick": listing.quick(counts),
        "nobody": not found.total and not listing.is_filtered and not Artist.objects.exists(),
        "selection": Selection(wanted, (), found.total).token,
        "runs": IN_THE_BAR,
        "verbs": MANY_VERBS.values(),
    }


def _not_past_the_end(wanted: ArtistFilter) -> Found:
    """The page asked for, or the last one there is."""
    found = list_artists(wanted)
    return found if found.artists or not found.total else list_artists(replace(wanted, page=found.count))


def _pages(found: Found) -> Page[int]:
    """The shape that the pager part knows; the rows themselves are read already."""
    return Paginator(range(found.total), found.size).get_page(found.number)
