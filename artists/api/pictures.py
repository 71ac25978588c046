"""An artist's pictures over REST: bring one, see it, remove it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from ninja import File, Form, Router, Schema, UploadedFile

from artists.api.picture_replies import RemovedOut, SavedOut, served, told
from artists.queries.detail import artist_by_id
from artists.services.pictures.adding import add_from_address, add_upload, trim_logo
from artists.services.pictures.rearranging import remove_pictures
from artists.services.pictures.serving import info_of, picture_of, random_backdrop
from artists.views.slots import slot_fragment
from stillwater.api.auth import caller
from stillwater.api.errors import ErrorBody, errors
from stillwater.htmx import is_fragment

router = Router(tags=["Images"])


class BlockedOut(ErrorBody):
    axis: str = ""
    reason: str = ""
    ledger: dict[str, Any] | None = None


class FetchPictureIn(Schema):
    url: str
    type: str


class TrimmedOut(Schema):
    status: str
    sync_warnings: list[str]


class PictureInfoOut(Schema):
    type: str
    filename: str
    width: int
    height: int
    size: int
    modified: datetime


@router.post(
    "/artists/{id}/images/upload",
    operation_id="uploadImage",
    url_name="upload_picture",
    summary="Upload a picture",
    response={200: SavedOut, 409: BlockedOut, **errors(400, 404, 413, 422)},
    exclude_none=True,
)
def upload(
    request: HttpRequest, id: str, file: File[UploadedFile], type: Form[str], skip_crop: bool = False
) -> dict[str, Any] | HttpResponseBase:
    """JPEG, PNG or WebP up to 25 MiB. A wrong shape is not stored: the answer asks for a crop."""
    return told(add_upload(artist_by_id(id), type, file, skip_crop=skip_crop, actor=caller(request)))


@router.post(
    "/artists/{id}/images/fetch",
    operation_id="fetchImage",
    url_name="fetch_picture",
    summary="Fetch a picture from an address",
    response={200: SavedOut, 204: None, 409: BlockedOut, **errors(400, 404, 422, 502)},
    exclude_none=True,
)
def fetch(
    request: HttpRequest, id: str, body: FetchPictureIn, skip_crop: bool = False
) -> dict[str, Any] | HttpResponseBase:
    """Public addresses only, redirects included."""
    artist = artist_by_id(id)
    return told(add_from_address(artist, body.type, body.url, skip_crop=skip_crop, actor=caller(request)))


@router.post(
    "/artists/{id}/images/logo/trim",
    operation_id="trimLogo",
    url_name="trim_logo",
    summary="Cut the empty border off the logo",
    response={200: TrimmedOut, 204: None, **errors(404, 409)},
)
def trim(request: HttpRequest, id: str) -> dict[str, Any]:
    done = trim_logo(artist_by_id(id), actor=caller(request))
    return {"status": "ok" if done else "unchanged", "sync_warnings": []}


@router.get(
    "/artists/{id}/images/{type}/file",
    operation_id="serveImage",
    url_name="picture_file",
    summary="A picture's file",
    response={200: bytes, **errors(400, 404)},
)
def file_of(request: HttpRequest, id: str, type: str) -> HttpResponseBase:
    return served(request, picture_of(artist_by_id(id), type), "private, no-cache")


@router.get(
    "/artists/{id}/images/{type}/info",
    operation_id="getImageInfo",
    url_name="picture_info",
    summary="What is known of a picture",
    response={200: PictureInfoOut, **errors(400, 404)},
)
def info(request: HttpRequest, id: str, type: str) -> dict[str, Any] | HttpResponse:
    """Under htmx the slot of the page."""
    artist = artist_by_id(id)
    image = picture_of(artist, type)
    return slot_fragment(request, artist, type) if is_fragment(request) else asdict(info_of(image))


@router.delete(
    "/artists/{id}/images/{type}",
    operation_id="deleteImage",
    url_name="delete_picture",
    summary="Remove a picture",
    response={200: RemovedOut, **errors(400, 404, 409)},
    exclude_none=True,
)
def delete(request: HttpRequest, id: str, type: str) -> dict[str, Any] | HttpResponse:
    """Under all its names and formats; of fanart, every backdrop. It can be taken back. Under htmx the empty slot."""
    artist = artist_by_id(id)
    done = remove_pictures(artist, type, actor=caller(request))
    if is_fragment(request):
        return slot_fragment(request, artist, type)
    return {"status": "deleted", "deleted": list(done.names), "sync_warnings": []}


@router.get(
    "/images/random-backdrop",
    operation_id="randomBackdrop",
    url_name="random_backdrop",
    summary="Any backdrop of the library",
    response={307: None, **errors(404)},
)
def any_backdrop(request: HttpRequest) -> HttpResponse:
    image = random_backdrop()
    place = reverse("api:picture_file", kwargs={"id": str(image.artist_id), "type": image.kind})
    return redirect(place, preserve_request=True)
