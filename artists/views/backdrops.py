"""The backdrops of an artist: ordered by dragging and by buttons, removed, added, made into another picture."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from artists.models import Artist, Operation
from artists.services.pictures.backdrops import Way, moved, remove_backdrops, require_same, slots_there
from artists.services.pictures.rearranging import permutation_of, rearrange_fanart
from artists.services.thumbnails import version_of
from artists.views import sections
from artists.views.backdrop_lines import gallery
from artists.views.picture_answers import changed, refused
from stillwater.errors import Invalid, StillwaterError
from stillwater.models import User
from stillwater.views.access import signed_in

WAYS: tuple[Way, ...] = ("left", "right", "first")


@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    artist = sections.the_artist(pk)
    return render(request, "artists/backdrops.html", gallery(artist, sections.just_done(artist, request.GET)))


@require_POST
def rearrange(request: HttpRequest, pk: int) -> HttpResponse:
    """One form: the button says what to do; without one the backdrops are put in the order of `order`.

    `order` has "slot:version" of every backdrop as it lies on the page, `left`, `right`, `first` and `delete` a slot,
    `delete_chosen` is for those in `chosen`.
    """
    artist = sections.the_artist(pk)
    try:
        done = _do(request, artist, signed_in(request))
    except StillwaterError as problem:
        return refused(request, artist, "fanart", problem)
    return changed(request, artist, "fanart", done)


def gallery_fragment(request: HttpRequest, artist: Artist) -> HttpResponse:
    """The gallery alone, for the REST operation under htmx."""
    return render(request, "artists/_backdrops.html", gallery(artist))


def _do(request: HttpRequest, artist: Artist, actor: User) -> Operation | None:
    sent = request.POST
    there = slots_there(artist)
    seen = [each.partition(":") for each in sent.getlist("order")]
    require_same([f"{slot}:{version}" for slot, _, version in seen], _versions(artist))
    if chosen := sent.getlist("delete") or (sent.getlist("chosen") if "delete_chosen" in sent else []):
        return remove_backdrops(artist, {_number(each) for each in chosen}, actor=actor).change.operation
    if "delete_chosen" in sent:
        raise Invalid("tick the backdrops first")
    way = next((way for way in WAYS if way in sent), None)
    order = (
        moved(there, _number(sent[way]), way) if way else permutation_of(artist, [_number(slot) for slot, _, _ in seen])
    )
    return rearrange_fanart(artist, order, actor=actor).change.operation if order != there else None


def _versions(artist: Artist) -> list[str]:
    return [f"{image.slot}:{version_of(image)}" for image in artist.images.filter(kind="fanart", exists=True)]


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise Invalid("a backdrop is named by its number")
    return int(text)
