"""Cutting a picture to shape: the page with its rectangle, and the cut, made from the bytes that came."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from artists.forms.crop import CropForm
from artists.imaging.cropping import first_box, shapes_for
from artists.imaging.decoding import decoded
from artists.imaging.geometry import Box
from artists.imaging.headers import ImageHeader
from artists.imaging.preparing import checked, trim_box
from artists.imaging.thumbnails import thumbnail_bytes
from artists.models import Artist
from artists.services.pictures.adding import add_picture, crop_picture
from artists.services.pictures.drafts import Draft, draft_of, keep_draft
from artists.services.pictures.proxying import address_in, offered_original
from artists.services.pictures.saving import Origin, Saved
from artists.services.pictures.serving import picture_bytes, picture_of
from artists.services.providers.settings import known_names
from artists.services.thumbnails import version_of
from artists.views import sections
from artists.views.images import FOR_GOOD, HARMLESS
from artists.views.picture_answers import back_of, changed, slot_kind
from artists.views.pictures import LABELS
from stillwater.errors import Conflict, Invalid, StillwaterError, as_sentence
from stillwater.views.access import signed_in

STAGE_PIXELS = 1600
TRIM_MARGIN = 2


@dataclass(frozen=True, slots=True)
class Stage:
    """What is cut: the bytes under their token, and the slot and version of the picture that the part replaces."""

    token: str
    header: ImageHeader
    replaces: str = ""


def crop_address(request: HttpRequest, artist: Artist, kind: str, token: str, replaces: str = "") -> str:
    query = {"draft": token, "back": back_of(request)} | ({"replaces": replaces} if replaces else {})
    return f"{reverse('artists:crop', args=[artist.pk, kind])}?{urlencode(query)}"


@require_safe
def crop(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Cut the draft `draft`, the offered picture `offered` of `provider`, or the stored one `of` ("fanart-2")."""
    artist, kind = sections.the_artist(pk), slot_kind(kind)
    stage = _stage(request, artist, kind)
    shape = shapes_for(kind)[0]
    box = first_box(stage.header.width, stage.header.height, shape)
    if request.GET.get("border"):
        box = _content(draft_of(stage.token).data, stage.header) or box
    return _page(request, artist, kind, stage, _form(box, shape.key))


@require_POST
def cut(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """`do`: cut (the default), show (the rectangle drawn anew), whole (store it as it is)."""
    artist, kind = sections.the_artist(pk), slot_kind(kind)
    draft, do = draft_of(request.POST.get("draft", "")), request.POST.get("do", "cut")
    header = checked(draft.data)
    stage = Stage(request.POST["draft"], header, request.POST.get("replaces", ""))
    form = CropForm(request.POST, kind=kind, width=header.width, height=header.height)
    if do != "whole" and not form.is_valid():
        return _page(request, artist, kind, stage, form, status=422)
    if do == "show":
        return _page(request, artist, kind, stage, _form(form.box, form.chosen.key))
    try:
        saved = _store(request, artist, kind, draft, None if do == "whole" else form.box)
    except StillwaterError as problem:
        form.add_error(None, as_sentence(problem.message))
        return _page(request, artist, kind, stage, form, status=422)
    return changed(request, artist, kind, saved.change.operation)


@require_safe
def stage_picture(request: HttpRequest, token: str) -> HttpResponseBase:
    """The draft as the page shows it: upright, at most 1600 pixels wide."""
    try:
        data = draft_of(token).data
        shown = thumbnail_bytes(data, STAGE_PIXELS)
    except StillwaterError as error:
        return HttpResponse(error.message, status=error.status, headers={"Cache-Control": "no-store"})
    headers = {"Cache-Control": FOR_GOOD, "Content-Security-Policy": HARMLESS}
    return HttpResponse(shown, content_type="image/webp", headers=headers)


def _stage(request: HttpRequest, artist: Artist, kind: str) -> Stage:
    """Raises NotFound, Gone, and what the picture's bytes give reason for."""
    token, replaces = request.GET.get("draft", ""), request.GET.get("replaces", "")
    if offered := request.GET.get("offered", ""):
        named = request.GET.get("provider", "")
        origin = Origin(named if named in known_names() else "url", address_in(offered))
        token = keep_draft(offered_original(offered), origin)
    elif not token:
        its_kind, slot = _which(request.GET.get("of", kind))
        image = picture_of(artist, its_kind, slot)
        token = keep_draft(picture_bytes(image)[0], Origin("crop"))
        replaces = f"{slot}:{version_of(image)}" if its_kind == kind else ""
    return Stage(token, checked(draft_of(token).data), replaces)


def _store(request: HttpRequest, artist: Artist, kind: str, draft: Draft, box: Box | None) -> Saved:
    slot, actor = slot_to_replace(artist, kind, request.POST.get("replaces", "")), signed_in(request)
    if box is not None:
        return crop_picture(artist, kind, draft.data, box, origin=draft.origin, slot=slot, actor=actor)
    done = add_picture(artist, kind, draft.data, draft.origin, slot=slot, skip_crop=True, actor=actor)
    if isinstance(done, Saved):
        return done
    raise Invalid("it has another shape")


def slot_to_replace(artist: Artist, kind: str, replaces: str) -> int | None:
    """ "2:" with the version of the third picture, as somebody saw it; blank: none. Raises Conflict when another
    picture is there by now.
    """
    if not replaces:
        return None
    number, _, version = replaces.partition(":")
    slot = _which(f"{kind}-{number}")[1]
    if version_of(picture_of(artist, kind, slot)) != version:
        raise Conflict("the picture has been changed since; open it once more")
    return slot


def _which(name: str) -> tuple[str, int]:
    """ "fanart-2" is the third backdrop. Raises NotFound."""
    kind, _, number = name.partition("-")
    return slot_kind(kind), int(number) if number.isascii() and number.isdigit() else 0


def _content(data: bytes, header: ImageHeader) -> Box | None:
    with decoded(data, header) as drawing:
        return trim_box(drawing, TRIM_MARGIN)


def _form(box: Box, shape: str) -> dict[str, Any]:
    width, height = box.right - box.left, box.bottom - box.top
    return {"x": box.left, "y": box.top, "width": width, "height": height, "shape": shape}


def _page(
    request: HttpRequest, artist: Artist, kind: str, stage: Stage, form: CropForm | dict[str, Any], *, status: int = 200
) -> HttpResponse:
    width, height = stage.header.width, stage.header.height
    if isinstance(form, dict):
        form = CropForm(initial=form, kind=kind, width=width, height=height)
    shown = form.shown
    context = {"artist": artist, "kind": kind, "label": LABELS[kind], "stage": stage, "form": form}
    context |= {"box": shown, "wide": shown.right - shown.left, "high": shown.bottom - shown.top}
    context |= {"back": back_of(request), "trims": kind == "logo"}
    return render(request, "artists/crop.html", context, status=status)
