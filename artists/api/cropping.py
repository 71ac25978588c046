"""A part of a picture that comes inside a JSON body: read when there is room for it, since it is all in memory."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from ninja import Router, Schema
from ninja.errors import ValidationError
from pydantic import ValidationError as InvalidBody

from artists.api.picture_replies import SavedOut, told
from artists.api.pictures import BlockedOut
from artists.imaging.decoding import MAX_BYTES
from artists.imaging.geometry import Box
from artists.queries.detail import artist_by_id
from artists.services.pictures.adding import crop_picture, from_data_address, hands
from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.api.parsing import json_object
from stillwater.errors import TooLarge

router = Router(tags=["Images"])
MOST_BYTES = MAX_BYTES * 4 // 3 + 4096
"""Base64 makes four letters of three bytes; the rest is for the rectangle."""


class CropIn(Schema):
    """A rectangle in pixels of the picture in `image_data` (base64, with or without its data address)."""

    image_data: str
    type: str
    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0


_BODY = {"requestBody": {"required": True, "content": {"application/json": {"schema": CropIn.json_schema()}}}}


@router.post(
    "/artists/{id}/images/crop",
    operation_id="cropImage",
    url_name="crop_picture",
    summary="Store a part of a picture",
    response={200: SavedOut, 409: BlockedOut, **errors(400, 404, 413, 422)},
    exclude_none=True,
    openapi_extra=_BODY,
)
def crop(request: HttpRequest, id: str) -> dict[str, Any] | HttpResponseBase:
    """The rectangle must lie inside the picture."""
    artist = artist_by_id(id)
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if size > MOST_BYTES:
        raise TooLarge("the picture has more than 25 MiB")
    with hands.place(size):
        kind, data, box = _read(request)
        return told(crop_picture(artist, kind, data, box, actor=caller(request)))


def _read(request: HttpRequest) -> tuple[str, bytes, Box]:
    """Kind, bytes and rectangle; of the letters nothing is left. Raises HttpError, ValidationError, Invalid."""
    try:
        wanted = CropIn.model_validate(json_object(request.read()))
    except InvalidBody as error:
        raise ValidationError([{**each, "loc": ("body", *each["loc"])} for each in error.errors()]) from error
    box = Box(wanted.x, wanted.y, wanted.x + wanted.width, wanted.y + wanted.height)
    return wanted.type, from_data_address(wanted.image_data), box
