"""Taking back an operation from the toast that told of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from artists.fields import BY_KEY
from artists.models import MetadataChange
from artists.services.undo import undo_together
from artists.views import in_place, sections
from artists.views.fields import field_view
from stillwater import htmx
from stillwater.views.access import signed_in


@require_POST
def take_back(request: HttpRequest, pk: int, operation: int) -> HttpResponse:
    """What it had changed is shown anew, wherever it is on the page: one field, or every section."""
    artist = sections.the_artist(pk)
    done = undo_together(get_object_or_404(artist.operations, pk=operation), signed_in(request))
    artist.refresh_from_db()
    if not htmx.is_fragment(request):
        return redirect("artists:detail", pk)
    response = HttpResponse()
    changed = list(MetadataChange.objects.filter(operation__in=done).values_list("field", flat=True).distinct())
    if in_place.is_here(request, pk) and (len(changed) > 1 or not BY_KEY.keys() >= set(changed)):
        in_place.also_sections(request, response, artist, with_head=True)
    else:
        for key in filter(BY_KEY.__contains__, changed):
            htmx.also(request, response, "artists/_field.html", {"artist": artist, "field": field_view(artist, key)})
    return htmx.toast(response, "Taken back.")
