"""The bodies and answers that the operations on pictures share."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from ninja import Schema

from artists.models import ArtistImage
from artists.providers.answers import ImageCandidate
from artists.services.pictures.adding import NeedsCrop
from artists.services.pictures.saving import Saved
from artists.services.pictures.serving import picture_bytes
from artists.services.thumbnails import version_of
from artists.views.images import HARMLESS


class SavedOut(Schema):
    """`needs_crop`: nothing was stored; `image_data` is the picture to cut from, as a data address."""

    status: str
    type: str
    saved: list[str] | None = None
    sync_warnings: list[str] | None = None
    count: int | None = None
    needs_crop: bool | None = None
    required_ratio: float | None = None
    actual_ratio: float | None = None
    width: int | None = None
    height: int | None = None
    image_data: str | None = None


class RemovedOut(Schema):
    status: str
    deleted: list[str]
    count: int | None = None
    sync_warnings: list[str]


def told(result: Saved | NeedsCrop) -> dict[str, Any]:
    """What the contract says of a picture that was brought: stored, or to be cropped first."""
    if isinstance(result, NeedsCrop):
        return {
            "status": "needs_crop",
            "type": result.kind,
            "needs_crop": True,
            "required_ratio": result.required_ratio,
            "actual_ratio": result.width / result.height,
            "width": result.width,
            "height": result.height,
            "image_data": result.data_address,
        }
    body = {"status": "ok", "type": result.kind, "saved": list(result.names), "sync_warnings": []}
    return body | ({"count": result.slot + 1} if result.kind == "fanart" else {})


def offer_body(image: ImageCandidate) -> dict[str, Any]:
    """A picture that a provider offers; what it did not say is left out."""
    optional = {"likes": image.likes, "width": image.width, "height": image.height, "language": image.language}
    said = {key: value for key, value in optional.items() if value}
    return {"url": image.url, "type": image.kind, "source": image.provider, **said}


def served(request: HttpRequest, image: ArtistImage, cache_control: str) -> HttpResponseBase:
    """The file itself, with its own type, so that nothing in it is ever run."""
    tag = f'"{version_of(image)}"'
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        data, media = picture_bytes(image)
        answer = HttpResponse(data, content_type=media)
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = cache_control
    answer.headers["Content-Security-Policy"] = HARMLESS
    return answer
