"""The bodies and answers that the operations on pictures share."""

import base64
import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from ninja import Schema

from artists.models import ArtistImage
from artists.providers.answers import ImageCandidate
from artists.services.pictures.adding import NeedsCrop
from artists.services.pictures.drafts import draft_pieces
from artists.services.pictures.saving import Saved
from artists.services.pictures.serving import picture_bytes
from artists.services.thumbnails import version_of
from artists.views.images import HARMLESS

PIECE = 3 * 64 * 1024
"""Bytes that are told at a time; of three, base64 makes four letters and no padding."""


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


def told(result: Saved | NeedsCrop) -> dict[str, Any] | HttpResponseBase:
    """What the contract says of a picture that was brought: stored, or to be cropped first."""
    if isinstance(result, NeedsCrop):
        return StreamingHttpResponse(_to_be_cropped(result), content_type="application/json; charset=utf-8")
    body = {"status": "ok", "type": result.kind, "saved": list(result.names), "sync_warnings": []}
    return body | ({"count": result.slot + 1} if result.kind == "fanart" else {})


def _to_be_cropped(needed: NeedsCrop) -> Iterator[bytes]:
    """The picture itself comes from the disk piece by piece: as a text it takes three times its bytes in memory."""
    said = {
        "status": "needs_crop",
        "type": needed.kind,
        "needs_crop": True,
        "required_ratio": needed.required_ratio,
        "actual_ratio": needed.width / needed.height,
        "width": needed.width,
        "height": needed.height,
    }
    begin = f'{json.dumps(said)[:-1]}, "image_data": "data:image/{needed.format};base64,'
    pieces = draft_pieces(needed.draft, PIECE)
    return chain((begin.encode(),), map(base64.b64encode, pieces), (b'"}',))


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
