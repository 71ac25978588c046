"""Serves the thumbnails of an artist's pictures, so that a browser keeps each one for good."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from artists.models import ArtistImage
from artists.services.pictures.serving import picture_bytes
from artists.services.thumbnails import thumbnail, version_of
from stillwater.errors import Invalid, StillwaterError

FOR_GOOD = "private, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"
HARMLESS = "sandbox; default-src 'none'"
"""Whoever opens the address of a picture by itself gets a picture, whatever the file pretends to be."""


@require_safe
def thumbnail_of(request: HttpRequest, artist: int, kind: str, slot: int) -> HttpResponseBase:
    """`w` 64, 256 or 512 pixels; with the right `v` (version_of) the answer never changes."""
    image = get_object_or_404(
        ArtistImage.objects.select_related("artist"), artist_id=artist, kind=kind, slot=slot, exists=True
    )
    try:
        width = _width(request)
        tag = f'"{version_of(image)}-{width}"'
        response = get_conditional_response(request, etag=tag) or _picture(image, width)
    except StillwaterError as error:
        return HttpResponse(error.message, status=error.status, headers={"Cache-Control": "no-store"})
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = FOR_GOOD if request.GET.get("v") == version_of(image) else ASK_AGAIN
    response.headers["Content-Security-Policy"] = HARMLESS
    return response


@require_safe
def file_of(request: HttpRequest, artist: int, kind: str, slot: int) -> HttpResponseBase:
    """The picture itself, for looking at it in its own size; with the right `v` the answer never changes."""
    image = get_object_or_404(
        ArtistImage.objects.select_related("artist"), artist_id=artist, kind=kind, slot=slot, exists=True
    )
    try:
        data, media = picture_bytes(image)
    except StillwaterError as error:
        return HttpResponse(error.message, status=error.status, headers={"Cache-Control": "no-store"})
    response = HttpResponse(data, content_type=media)
    response.headers["Cache-Control"] = FOR_GOOD if request.GET.get("v") == version_of(image) else ASK_AGAIN
    response.headers["Content-Security-Policy"] = HARMLESS
    return response


def _picture(image: ArtistImage, width: int) -> HttpResponse:
    return HttpResponse(thumbnail(image, width), content_type="image/webp")


def _width(request: HttpRequest) -> int:
    given = request.GET.get("w", "256")
    if not given.isascii() or not given.isdigit():
        raise Invalid("w must be a number", "w")
    return int(given)
