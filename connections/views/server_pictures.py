"""The pictures of an artist on a server: looked at through us, taken over, sent, taken off."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe

from artists.models import Artist, ArtistImage, Operation
from artists.queries.detail import artist_by_id
from artists.views.images import HARMLESS
from artists.views.pictures import LABELS
from connections.models import ArtistLink, PicturePush
from connections.queries import link_by_key, links_of
from connections.services.picture_sync import shows_the_same
from connections.services.push_images import PushedImages, delete_image, push_images
from connections.services.server_pictures import SHOWERS, ServerPicture, shown_by, sights_of, small_copy
from connections.services.take_picture import take_picture
from connections.views.artist_servers import asks_again
from stillwater import htmx
from stillwater.errors import Invalid, StillwaterError, as_sentence
from stillwater.views.access import signed_in

AN_HOUR = "private, max-age=3600"


@dataclass(frozen=True, slots=True)
class Line:
    """One picture of a server as the page shows it; `twin` is the same picture here, if any."""

    link: ArtistLink
    picture: ServerPicture
    width: int
    height: int
    twin: ArtistImage | None

    @property
    def label(self) -> str:
        return _label(self.picture.kind, self.picture.index)

    @property
    def src(self) -> str:
        named = [self.link.artist_id, self.link.pk, self.picture.kind]
        return f"{reverse('connections:server_picture', args=named)}?{urlencode({'v': self.picture.tag})}"

    @property
    def same_as(self) -> str:
        """How the same picture is called here; blank where we have none."""
        return _label(self.twin.kind, self.twin.slot).lower() if self.twin else ""


@require_safe
def pictures(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    """What the server shows, asked now."""
    return _answer(request, link_by_key(artist_by_id(pk), link_pk))


@require_safe
def picture(request: HttpRequest, pk: int, link_pk: int, kind: str) -> HttpResponse:
    """A small copy; `v` is the server's mark of it."""
    try:
        return small_picture(link_by_key(artist_by_id(pk), link_pk), kind, 0, request.GET.get("v", ""))
    except StillwaterError as error:
        return HttpResponse(error.message, status=error.status, headers={"Cache-Control": "no-store"})


@require_POST
def take(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    """`kind` and `tag` say which; `slot` into which of ours, blank: after the last."""
    link = link_by_key(artist_by_id(pk), link_pk)
    kind, slot = request.POST.get("kind", ""), request.POST.get("slot", "")
    try:
        if slot and not (slot.isascii() and slot.isdigit() and len(slot) < 5):
            raise Invalid("a slot is a number", "slot")
        number = int(slot) if slot else None
        saved = take_picture(link, kind, tag=request.POST.get("tag", ""), slot=number, actor=signed_in(request))
    except StillwaterError as error:
        return _answer(request, link, as_sentence(error.message), level="error")
    return _answer(request, link, f"{saved.change.summary}.", undoes=saved.change.operation)


@require_POST
def send(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    """All kinds of which we have a picture; what is the same there is not sent."""
    link = link_by_key(artist_by_id(pk), link_pk)
    try:
        result = push_images(link)
    except StillwaterError as error:
        return _answer(request, link, as_sentence(error.message), level="error")
    return _answer(request, link, _said(result), level="error" if result.errors else "good")


@require_POST
def remove(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    """`kind` and `tag` say which."""
    link = link_by_key(artist_by_id(pk), link_pk)
    try:
        delete_image(link, request.POST.get("kind", ""), request.POST.get("tag", ""))
    except StillwaterError as error:
        return _answer(request, link, as_sentence(error.message), level="error")
    return _answer(request, link, f"It is gone from {link.connection.name}.")


def pictures_fragment(request: HttpRequest, artist: Artist) -> HttpResponse:
    """Those of every server of the artist, for operations that answer with HTML."""
    links = links_of(artist).select_related("artist").filter(connection__type__in=SHOWERS, connection__enabled=True)
    servers = [_context(link) for link in links]
    response = render(request, "connections/_servers_pictures.html", {"artist": artist, "servers": servers})
    add_never_cache_headers(response)
    return response


def small_picture(link: ArtistLink, kind: str, index: int, tag: str) -> HttpResponse:
    response = HttpResponse(small_copy(link, kind, index, tag), content_type="image/webp")
    response.headers["Cache-Control"] = AN_HOUR if tag else "private, no-cache"
    response.headers["Content-Security-Policy"] = HARMLESS
    return response


def _context(link: ArtistLink, *, insist: bool = False) -> dict[str, object]:
    """A server that fails is a panel that says so."""
    ours = list(link.artist.images.filter(exists=True, problem="").order_by("kind", "slot"))
    for image in ours:
        image.artist = link.artist
    failed = [_failure(push) for push in PicturePush.objects.filter(link=link).exclude(problem="")]
    context: dict[str, object] = {"link": link, "artist": link.artist, "failed": failed}
    try:
        lines = _lines(link, ours, insist)
    except StillwaterError as error:
        return {**context, "problem": as_sentence(error.message)}
    there = {line.twin.pk for line in lines if line.twin}
    return {
        **context,
        "lines": lines,
        "slots": [image.slot for image in ours if image.kind == "fanart"],
        "only_here": [_label(image.kind, image.slot).lower() for image in ours if image.pk not in there],
    }


def _lines(link: ArtistLink, ours: list[ArtistImage], insist: bool) -> list[Line]:
    shown = shown_by(link, insist=insist).pictures
    sights = sights_of(link, shown)
    lines = []
    for each in shown:
        seen = sights[each.kind, each.tag]
        twin = next((image for image in ours if image.kind == each.kind and shows_the_same(image, seen)), None)
        lines.append(Line(link, each, seen.width, seen.height, twin))
    return lines


def _label(kind: str, number: int) -> str:
    """Backdrops are counted, since there may be more than one."""
    return f"{LABELS[kind]} {number + 1}" if kind == "fanart" else LABELS[kind]


def _failure(push: PicturePush) -> str:
    """Why a change here has not reached the server yet."""
    return f"{LABELS[push.kind]} not sent: {push.problem}"


def _said(result: PushedImages) -> str:
    if result.errors:
        return as_sentence("; ".join(result.errors))
    return f"Sent: {', '.join(result.uploaded)}." if result.uploaded else "It shows the same pictures already."


def _answer(
    request: HttpRequest, link: ArtistLink, said: str = "", *, level: str = "good", undoes: Operation | None = None
) -> HttpResponse:
    if request.method == "POST" and not htmx.is_fragment(request):
        messages.add_message(request, messages.ERROR if level == "error" else messages.SUCCESS, said)
        return redirect("connections:server_pictures", link.artist_id, link.pk)
    page, fragment = "connections/server_pictures.html", "connections/_server_pictures.html"
    response = htmx.page_or_fragment(request, page, fragment, _context(link, insist=asks_again(request)))
    add_never_cache_headers(response)
    way_back = reverse("artists:undo", args=[link.artist_id, undoes.pk]) if undoes else ""
    return htmx.toast(response, said, level=level, undo_url=way_back, seconds=10) if said else response
