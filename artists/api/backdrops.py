"""An artist's backdrops over REST: list them, add, remove, put in order."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import Router, Schema

from artists.api.picture_replies import RemovedOut, served
from artists.api.pictures import BlockedOut
from artists.queries.backdrops import repeats
from artists.queries.detail import artist_by_id
from artists.services.pictures.adding_many import add_backdrops
from artists.services.pictures.backdrops import remove_backdrops
from artists.services.pictures.rearranging import permutation_of, rearrange_fanart
from artists.services.pictures.serving import picture_of
from artists.views.backdrops import gallery_fragment
from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.htmx import is_fragment

router = Router(tags=["Images"])


class BackdropOut(Schema):
    index: int
    filename: str
    width: int
    height: int
    size: int
    repeats: int | None = None


class RemovedBackdropOut(Schema):
    """`deleted`: the name of its file."""

    status: str
    deleted: str
    count: int
    sync_warnings: list[str]


class UrlsIn(Schema):
    urls: list[str]


class IndicesIn(Schema):
    indices: list[int]


class OrderIn(Schema):
    order: list[int]


class BatchOut(Schema):
    status: str
    saved: list[str]
    errors: list[str]
    count: int
    sync_warnings: list[str]


class ReorderedOut(Schema):
    status: str
    count: int
    sync_warnings: list[str]


@router.get(
    "/artists/{id}/images/fanart/list",
    operation_id="listFanart",
    url_name="backdrops",
    summary="All backdrops",
    response={200: list[BackdropOut], **errors(404)},
    exclude_none=True,
)
def list_all(request: HttpRequest, id: str, management: bool = False) -> list[dict[str, Any]] | HttpResponse:
    """`repeats`: the index of the first backdrop that shows the same picture, where one does. Under htmx the gallery
    of the page.
    """
    artist = artist_by_id(id)
    if is_fragment(request):
        return gallery_fragment(request, artist)
    images = list(artist.images.filter(kind="fanart", exists=True).order_by("slot"))
    same = repeats(images)
    return [
        {
            "index": image.slot,
            "filename": image.file_name,
            "width": image.width,
            "height": image.height,
            "size": image.bytes,
            "repeats": same.get(image.slot),
        }
        for image in images
    ]


@router.get(
    "/artists/{id}/images/fanart/{int:index}/file",
    operation_id="serveFanartByIndex",
    url_name="backdrop_file",
    summary="A backdrop's file",
    response={200: bytes, **errors(404)},
)
def file_of(request: HttpRequest, id: str, index: int) -> HttpResponseBase:
    return served(request, picture_of(artist_by_id(id), "fanart", index), "no-store")


@router.delete(
    "/artists/{id}/images/fanart/batch",
    operation_id="batchDeleteFanart",
    url_name="delete_backdrops",
    summary="Remove some backdrops",
    response={200: RemovedOut, **errors(400, 404, 409)},
)
def delete_some(request: HttpRequest, id: str, body: IndicesIn) -> dict[str, Any]:
    """The others close up."""
    indices = set(body.indices)
    done = remove_backdrops(artist_by_id(id), indices, actor=caller(request))
    return {"status": "deleted", "deleted": list(done.names), "count": len(indices), "sync_warnings": []}


@router.post(
    "/artists/{id}/images/fanart/fetch-batch",
    operation_id="batchFetchFanart",
    url_name="fetch_backdrops",
    summary="Fetch several backdrops",
    response={200: BatchOut, 409: BlockedOut, **errors(400, 404)},
)
def fetch_some(request: HttpRequest, id: str, body: UrlsIn) -> dict[str, Any]:
    """Up to 20, each once."""
    batch = add_backdrops(artist_by_id(id), body.urls, actor=caller(request))
    saved = [name for each in batch.saved for name in each.names]
    return {"status": "ok", "saved": saved, "errors": batch.errors, "count": len(batch.saved), "sync_warnings": []}


@router.post(
    "/artists/{id}/images/fanart/reorder",
    operation_id="reorderFanart",
    url_name="reorder_backdrops",
    summary="Put the backdrops in another order",
    response={200: ReorderedOut, **errors(400, 404, 409)},
)
def reorder(request: HttpRequest, id: str, body: OrderIn) -> dict[str, Any]:
    artist = artist_by_id(id)
    done = rearrange_fanart(artist, permutation_of(artist, body.order), actor=caller(request))
    return {"status": "ok", "count": done.count, "sync_warnings": []}


@router.delete(
    "/artists/{id}/images/fanart/{int:slot}",
    operation_id="deleteFanartSlot",
    url_name="delete_backdrop",
    summary="Remove one backdrop",
    response={200: RemovedBackdropOut, **errors(400, 404, 409)},
)
def delete_one(request: HttpRequest, id: str, slot: int) -> dict[str, Any]:
    """The others close up."""
    artist = artist_by_id(id)
    image = artist.images.filter(kind="fanart", slot=slot, exists=True).first()
    remove_backdrops(artist, {slot}, actor=caller(request))
    return {"status": "deleted", "deleted": image.file_name if image else "", "count": 1, "sync_warnings": []}
