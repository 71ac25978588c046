"""Everything that ever changed about one artist, each change with its way back."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from artists.fields import BY_KEY
from artists.models import MetadataChange
from artists.services.history import HistoryFilter, history, revert
from artists.views import in_place, sections
from artists.views.fields import field_view
from artists.views.words import ChangeLine
from stillwater import htmx
from stillwater.views.access import signed_in

PER_PAGE = 50


@require_safe
def all_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of all changes; as a fragment, the latest ones that the artist page shows."""
    artist = sections.the_artist(pk)
    if htmx.is_fragment(request) and "page" not in request.GET:
        return sections.answer(request, artist, "history", sections.latest_changes(artist))
    found = history(HistoryFilter(artist_id=artist.pk)).select_related("operation__actor")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"artist": artist, "page": page, "changes": [ChangeLine(change) for change in page.object_list]}
    return htmx.page_or_fragment(request, "artists/history.html", "artists/_changes.html", context)


@require_POST
def take_back(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    """Give a field the value it had before a change."""
    artist = sections.the_artist(pk)
    if not MetadataChange.objects.filter(pk=change, artist=artist).exists():
        change = 0
    reverted = revert(change, actor=signed_in(request))
    artist.refresh_from_db()
    said = f"{ChangeLine(reverted).label} is back to what it was."
    response = sections.answer(request, artist, "history", sections.latest_changes(artist), said=said)
    # On the artist's own page the field stands beside its history; on the long list of changes it does not.
    if reverted.field in BY_KEY and in_place.is_here(request, pk):
        htmx.also(
            request, response, "artists/_field.html", {"artist": artist, "field": field_view(artist, reverted.field)}
        )
    return response
