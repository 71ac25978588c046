"""Find pictures: the current picture of a slot, what providers and the web offer, an upload, an address."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from artists.imaging.decoding import MAX_BYTES
from artists.models import Artist
from artists.services.pictures.adding import NeedsCrop, add_from_address, add_picture
from artists.services.pictures.proxying import offered_thumbnail, token_of
from artists.services.pictures.saving import Origin, Saved, known_kind
from artists.services.pictures.searching import Found, search_providers, search_web, searches_web
from artists.services.providers.settings import known_names
from artists.services.undo import can_undo, undo
from artists.views import sections
from artists.views.images import FOR_GOOD, HARMLESS
from artists.views.offered import candidates_of, failures_in_words
from artists.views.pictures import LABELS, slots_of
from stillwater import htmx
from stillwater.errors import Invalid, NotFound, StillwaterError, TooLarge
from stillwater.views.access import signed_in


@require_safe
def find(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """`from` web or providers, `sort` likes or resolution; `saved` is the operation that the strip takes back."""
    artist, kind = sections.the_artist(pk), _slot(kind)
    sort, origin = request.GET.get("sort", ""), request.GET.get("from", "providers")
    found, problem = Found(), ""
    try:
        if origin == "web":
            found = search_web(artist, kind, sort)
        else:
            found = search_providers(artist, kind, sort, actor=signed_in(request))
    except Invalid as refused:
        problem = refused.message
    context = {**_page(request, artist, kind), **_offers(artist, found)}
    context |= {"problem": problem, "sort": sort, "origin": origin}
    return render(request, "artists/find_pictures.html", context)


def offered_fragment(request: HttpRequest, artist: Artist, found: Found) -> HttpResponse:
    """The candidates alone, for the REST operations under htmx."""
    return render(request, "artists/_offered_pictures.html", _offers(artist, found))


@require_POST
def use(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Fetch and store the picture at `url`; `provider` is who offered it, `skip_crop` takes any shape."""
    artist, kind = sections.the_artist(pk), _slot(kind)
    url, named = request.POST.get("url", "").strip(), request.POST.get("provider", "")
    provider = named if named in known_names() else "url"
    try:
        done = add_from_address(
            artist, kind, url, provider=provider, skip_crop="skip_crop" in request.POST, actor=signed_in(request)
        )
    except StillwaterError as problem:
        return _refused(request, artist, kind, problem)
    if isinstance(done, NeedsCrop):
        context = {"artist": artist, "kind": kind, "label": LABELS[kind], "picture": done, "url": url}
        context |= {"provider": provider, "origin": request.POST.get("from", "")}
        context["src"] = reverse("artists:offered", args=[token_of(url)])
        return render(request, "artists/odd_shape.html", context, status=422)
    return _stored(request, artist, kind, done)


@require_POST
def upload(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Store the file in `file`; `skip_crop` takes any shape."""
    artist, kind, file = sections.the_artist(pk), _slot(kind), request.FILES.get("file")
    try:
        if file is None:
            raise Invalid("choose a picture first", "file")
        if (file.size or 0) > MAX_BYTES:
            raise TooLarge("the picture has more than 25 MiB")
        skip = "skip_crop" in request.POST
        done = add_picture(artist, kind, file.read(), Origin("upload"), skip_crop=skip, actor=signed_in(request))
        if isinstance(done, NeedsCrop):
            raise Invalid(f"it is {done.width} × {done.height}, and a {kind} has another shape; tick “any shape”")
    except StillwaterError as problem:
        return _refused(request, artist, kind, problem)
    return _stored(request, artist, kind, done)


@require_POST
def take_back(request: HttpRequest, pk: int, kind: str, operation: int) -> HttpResponse:
    artist, kind = sections.the_artist(pk), _slot(kind)
    taken = get_object_or_404(artist.operations, pk=operation)
    try:
        undo(taken.pk, signed_in(request))
    except StillwaterError as problem:
        return _refused(request, artist, kind, problem)
    messages.success(request, "Taken back.")
    return htmx.redirect(request, _place(request, artist, kind))


@require_safe
def offered(request: HttpRequest, token: str) -> HttpResponseBase:
    """A small copy of a picture whose address we have signed; it never changes."""
    try:
        data = offered_thumbnail(token)
    except StillwaterError as error:
        return HttpResponse(error.message, status=error.status, headers={"Cache-Control": "no-store"})
    headers = {"Cache-Control": FOR_GOOD, "Content-Security-Policy": HARMLESS}
    return HttpResponse(data, content_type="image/webp", headers=headers)


def _page(request: HttpRequest, artist: Artist, kind: str) -> dict[str, Any]:
    """What is there now, and what was done a moment ago."""
    number = request.GET.get("saved", "")
    saved = artist.operations.filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None
    return {
        "artist": artist,
        "kind": kind,
        "label": LABELS[kind],
        "kinds": LABELS.items(),
        "slots": [slot for slot in slots_of(list(artist.images.all())) if slot.kind == kind],
        "searches_web": searches_web(),
        "saved": saved if saved and can_undo(saved) else None,
    }


def _offers(artist: Artist, found: Found) -> dict[str, Any]:
    return {"artist": artist, "candidates": candidates_of(found), "down": failures_in_words(found.errors)}


def _slot(kind: str) -> str:
    """Raises NotFound: the kind is part of the page's address."""
    try:
        return known_kind(kind)
    except Invalid as error:
        raise NotFound("there is no such picture") from error


def _stored(request: HttpRequest, artist: Artist, kind: str, done: Saved) -> HttpResponse:
    operation = done.change.operation
    return htmx.redirect(request, _place(request, artist, kind, saved=operation.pk if operation else None))


def _refused(request: HttpRequest, artist: Artist, kind: str, problem: StillwaterError) -> HttpResponse:
    messages.warning(request, f"Not stored: {problem.message}.")
    return htmx.redirect(request, _place(request, artist, kind))


def _place(request: HttpRequest, artist: Artist, kind: str, saved: int | None = None) -> str:
    """Back to the page, with the search that it came from."""
    query = {"from": "web" if request.POST.get("from") == "web" else None, "saved": saved}
    said = urlencode({key: value for key, value in query.items() if value})
    place = reverse("artists:find_pictures", args=[artist.pk, kind])
    return f"{place}?{said}" if said else place
