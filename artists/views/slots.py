"""What is done to the picture of one slot: bring one, lock it, trim it, remove it, put the one before it back."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from artists.models import Artist, Operation
from artists.services.locks import lock_image, unlock_image
from artists.services.pictures.adding import NeedsCrop, add_from_address, add_upload, trim_logo
from artists.services.pictures.adding_many import Batch, upload_backdrops
from artists.services.pictures.backdrops import remove_backdrops
from artists.services.pictures.rearranging import remove_pictures
from artists.services.pictures.reverting import put_previous_back
from artists.services.pictures.saving import Origin, Saved
from artists.services.pictures.serving import picture_of
from artists.services.providers.settings import known_names
from artists.services.undo import undo
from artists.views import sections
from artists.views.cropping import crop_address, slot_to_replace
from artists.views.picture_answers import changed, refused, slot_kind
from stillwater import htmx
from stillwater.errors import Invalid, StillwaterError
from stillwater.models import User
from stillwater.views.access import signed_in

Verb = Callable[[Artist, str, int, User], Operation | None]


@require_POST
def use(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Fetch and store the picture at `url`; `provider` is who offered it, `skip_crop` takes any shape, `replaces` is
    the backdrop whose place it takes ("2:" and its version).
    """
    artist, kind = sections.the_artist(pk), slot_kind(kind)
    url, named = request.POST.get("url", "").strip(), request.POST.get("provider", "")
    origin = Origin(named if named in known_names() else "url", url)
    skip, replaces, actor = "skip_crop" in request.POST, request.POST.get("replaces", ""), signed_in(request)
    try:
        slot = slot_to_replace(artist, kind, replaces)
        done = add_from_address(artist, kind, url, provider=origin.provider, slot=slot, skip_crop=skip, actor=actor)
        return _brought(request, artist, kind, done, replaces)
    except StillwaterError as problem:
        return refused(request, artist, kind, problem)


@require_POST
def upload(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Store the file in `file`, of backdrops any number of them; `skip_crop` takes any shape."""
    artist, kind, files = sections.the_artist(pk), slot_kind(kind), request.FILES.getlist("file")
    try:
        if not files:
            raise Invalid("choose a picture first", "file")
        if kind == "fanart" and len(files) > 1:
            return _brought_many(request, artist, upload_backdrops(artist, files, actor=signed_in(request)))
        done = add_upload(artist, kind, files[-1], skip_crop="skip_crop" in request.POST, actor=signed_in(request))
        return _brought(request, artist, kind, done)
    except StillwaterError as problem:
        return refused(request, artist, kind, problem)


@require_POST
def remove(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Of backdrops the one at `slot`."""

    def verb(artist: Artist, kind: str, slot: int, actor: User) -> Operation | None:
        if kind == "fanart":
            return remove_backdrops(artist, [slot], actor=actor).change.operation
        return remove_pictures(artist, kind, actor=actor).change.operation

    return _do(request, pk, kind, verb)


@require_POST
def lock(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    def verb(artist: Artist, kind: str, slot: int, actor: User) -> None:
        lock_image(artist, picture_of(artist, kind, slot).pk, actor=actor)

    return _do(request, pk, kind, verb, "Locked: no automatic change replaces it.")


@require_POST
def unlock(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    def verb(artist: Artist, kind: str, slot: int, actor: User) -> None:
        unlock_image(artist, picture_of(artist, kind, slot).pk, actor=actor)

    return _do(request, pk, kind, verb, "Unlocked.")


@require_POST
def trim(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Cut the empty border off the logo."""

    def verb(artist: Artist, kind: str, slot: int, actor: User) -> Operation | None:
        done = trim_logo(artist, actor=actor) if kind == "logo" else None
        if done is None:
            raise Invalid("there is no empty border to cut off")
        return done.change.operation

    return _do(request, pk, kind, verb)


@require_POST
def put_back(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The picture before this one."""

    def verb(artist: Artist, kind: str, slot: int, actor: User) -> Operation | None:
        return put_previous_back(artist, kind, actor=actor).change.operation

    return _do(request, pk, kind, verb)


@require_POST
def take_back(request: HttpRequest, pk: int, kind: str, operation: int) -> HttpResponse:
    artist, kind = sections.the_artist(pk), slot_kind(kind)
    taken = get_object_or_404(artist.operations, pk=operation)
    try:
        undo(taken.pk, signed_in(request))
    except StillwaterError as problem:
        return refused(request, artist, kind, problem)
    artist.refresh_from_db()
    return changed(request, artist, kind, None, "Taken back.")


def slot_fragment(request: HttpRequest, artist: Artist, kind: str) -> HttpResponse:
    """One slot alone, for the REST operations under htmx."""
    context = sections.artwork(artist)
    slot = next(each for each in context["slots"] if each.kind == slot_kind(kind))
    return render(request, "artists/_slot.html", {**context, "slot": slot})


def _do(request: HttpRequest, pk: int, kind: str, verb: Verb, said: str = "") -> HttpResponse:
    artist, kind, number = sections.the_artist(pk), slot_kind(kind), request.POST.get("slot", "0")
    try:
        if not number.isascii() or not number.isdigit():
            raise Invalid("slot must be a number", "slot")
        done = verb(artist, kind, int(number), signed_in(request))
    except StillwaterError as problem:
        return refused(request, artist, kind, problem)
    return changed(request, artist, kind, done, said)


def _brought(
    request: HttpRequest, artist: Artist, kind: str, done: Saved | NeedsCrop, replaces: str = ""
) -> HttpResponse:
    """Stored, or on the way to the page that cuts it: its bytes are kept until then."""
    if isinstance(done, NeedsCrop):
        return htmx.redirect(request, crop_address(request, artist, kind, done.draft, replaces))
    return changed(request, artist, kind, done.change.operation)


def _brought_many(request: HttpRequest, artist: Artist, batch: Batch) -> HttpResponse:
    """How many were stored, and what became of the others."""
    left_out = "; ".join(batch.errors)
    if not batch.saved:
        raise Invalid(left_out, "file")
    count = "1 backdrop is" if len(batch.saved) == 1 else f"{len(batch.saved)} backdrops are"
    said = f"{count} added; under Activity they are taken back together."
    return changed(request, artist, "fanart", None, f"{said} Left out: {left_out}." if left_out else said)
