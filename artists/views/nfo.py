"""The artist.nfo of an artist: how the file differs from what is stored, earlier files, and writing it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from artists.models import Artist
from artists.services.nfo_files import nfo_conflict, nfo_diff, nfo_snapshots, restore_nfo
from artists.services.writeback import create_nfo, save_over
from artists.views import sections
from stillwater import htmx
from stillwater.errors import StillwaterError
from stillwater.views.access import signed_in


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The file against the store, a page of its own or a fragment of the artist's."""
    artist = sections.the_artist(pk)
    return htmx.page_or_fragment(request, "artists/nfo.html", "artists/_nfo_diff.html", _compared(artist))


@require_POST
def create(request: HttpRequest, pk: int) -> HttpResponse:
    return _written(request, pk, lambda artist: create_nfo(artist, actor=signed_in(request)))


@require_POST
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """For a file that cannot be merged; what it was is kept."""
    return _written(request, pk, lambda artist: save_over(artist, actor=signed_in(request)))


@require_POST
def restore(request: HttpRequest, pk: int, snapshot: int) -> HttpResponse:
    return _written(request, pk, lambda artist: restore_nfo(artist, snapshot, actor=signed_in(request)))


def _written(request: HttpRequest, pk: int, verb: Callable[[Artist], object]) -> HttpResponse:
    artist = sections.the_artist(pk)
    verb(artist)
    return sections.answer(request, artist, "nfo", sections.nfo(artist), said="artist.nfo is written.")


def _compared(artist: Artist) -> sections.Context:
    context: sections.Context = {**sections.nfo(artist), "snapshots": nfo_snapshots(artist)}
    try:
        return {**context, "diff": nfo_diff(artist), "conflict": nfo_conflict(artist)}
    except StillwaterError as problem:
        return {**context, "problem": problem.message}
