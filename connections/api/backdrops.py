"""Backdrops as the servers have them, over REST. No server's pictures are read yet, and every answer says so."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from artists.api.pictures import BlockedOut
from artists.models import Artist
from artists.queries.detail import artist_by_id
from stillwater.api.errors import errors
from stillwater.errors import Invalid, NotFound

router = Router(tags=["Images"])

ServerKind = Literal["emby", "jellyfin"]


class ServerBackdropOut(Schema):
    index: int
    thumbnail_url: str


class ServerBackdropsOut(Schema):
    connection_id: str
    connection_name: str
    connection_type: ServerKind
    backdrops: list[ServerBackdropOut]


class AllServerBackdropsOut(Schema):
    """Only servers that answer and have any."""

    connections: list[ServerBackdropsOut]


class SlotOnServerOut(Schema):
    connection_id: str
    name: str
    type: ServerKind
    synced: bool


class SlotSyncOut(Schema):
    index: int
    state: Literal["synced", "partial", "unsynced"]
    connections: list[SlotOnServerOut]


class FanartSyncOut(Schema):
    """`state` "none": no server holds pictures of this artist."""

    slots: list[SlotSyncOut]
    state: str


class AssignIn(Schema):
    connection_id: str
    platform_index: int = Field(ge=0)


class AssignedOut(Schema):
    status: str
    slot: int
    count: int
    sync_warnings: list[str]


@router.get(
    "/artists/{id}/platform-backdrops",
    operation_id="listPlatformBackdrops",
    url_name="server_backdrops",
    summary="The backdrops that servers have",
    response={200: AllServerBackdropsOut, **errors(404)},
)
def list_all(request: HttpRequest, id: str) -> dict[str, Any]:
    artist_by_id(id)
    return {"connections": []}


@router.get(
    "/artists/{id}/platform-backdrops/{connection_id}/{int:index}/thumbnail",
    operation_id="getPlatformBackdropThumbnail",
    url_name="server_backdrop_thumbnail",
    summary="A small copy of a server's backdrop",
    response={200: bytes, **errors(404, 502)},
)
def thumbnail(request: HttpRequest, id: str, connection_id: str, index: int) -> HttpResponse:
    artist_by_id(id)
    raise NotFound("this server has no such backdrop")


@router.get(
    "/artists/{id}/fanart-sync-state",
    operation_id="getFanartSyncState",
    url_name="fanart_sync_state",
    summary="Which backdrops the servers have too",
    response={200: FanartSyncOut, **errors(404)},
)
def sync_state(request: HttpRequest, id: str) -> dict[str, Any]:
    slots = [{"index": slot, "state": "unsynced", "connections": []} for slot in _slots(artist_by_id(id))]
    return {"slots": slots, "state": "none"}


@router.post(
    "/artists/{id}/images/fanart/{int:slot}/assign",
    operation_id="assignFanartSlot",
    url_name="assign_backdrop",
    summary="Take a server's backdrop into a slot",
    response={200: AssignedOut, 409: BlockedOut, **errors(400, 404, 502)},
)
def assign(request: HttpRequest, id: str, slot: int, body: AssignIn) -> dict[str, Any]:
    """A slot that is there, or the one after the last."""
    if slot > len(_slots(artist_by_id(id))):
        raise Invalid("a backdrop may replace one that is there, or follow the last one", "slot")
    raise Invalid("this server has no such backdrop", "connection_id")


def _slots(artist: Artist) -> list[int]:
    return list(artist.images.filter(kind="fanart", exists=True).order_by("slot").values_list("slot", flat=True))
