"""Whether an artist takes part and whether automatic changes may touch it: lock, unlock, exclude, include."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from artists.forms.artist import ExcludeForm
from artists.models import Artist
from artists.services.editing import exclude, include
from artists.services.locks import lock_artist, unlock_artist
from artists.views import sections
from artists.views.in_place import head_here
from stillwater.errors import Conflict
from stillwater.views.access import signed_in


@require_POST
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, lambda artist: lock_artist(artist, actor=signed_in(request)))


@require_POST
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, lambda artist: unlock_artist(artist, actor=signed_in(request)))


@require_POST
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    form = ExcludeForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _done(request, pk, lambda artist: exclude(artist, reason=reason, actor=signed_in(request)))


@require_POST
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, lambda artist: include(artist, actor=signed_in(request)))


def _done(request: HttpRequest, pk: int, verb: Callable[[Artist], object]) -> HttpResponse:
    """What somebody else has done a moment ago is done: the header shows how it stands."""
    artist = sections.the_artist(pk)
    try:
        verb(artist)
    except Conflict:
        artist.refresh_from_db()
    return sections.answer(request, artist, "header", head_here(request, artist))
