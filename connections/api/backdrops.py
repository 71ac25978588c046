"""Backdrops as the servers have them, over REST; their pictures come through us, never from the server itself."""

from typing import Any, Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Field, Router, Schema

from artists.api.pictures import BlockedOut
from artists.models import Artist
from artists.queries.detail import artist_by_id
from artists.services.pictures.backdrops import slots_there
from connections.models import Connection
from connections.queries import link_between
from connections.services.picture_sync import SlotSync, fanart_sync
from connections.services.server_pictures import ServerPicture, Shown, shown_by_all
from connections.services.take_picture import take_picture
from connections.views.server_pictures import pictures_fragment, small_picture
from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.htmx import is_fragment

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
    """`state`: synced, partial or unsynced; no_connections, or unknown where no server answers."""

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
def list_all(request: HttpRequest, id: str) -> dict[str, Any] | HttpResponse:
    """Servers are asked now. Under htmx the pictures of the artist's page."""
    artist = artist_by_id(id)
    if is_fragment(request):
        return pictures_fragment(request, artist)
    return {"connections": [_listed(artist, shown) for shown in shown_by_all(artist) if shown.backdrops]}


@router.get(
    "/artists/{id}/platform-backdrops/{connection_id}/{int:index}/thumbnail",
    operation_id="getPlatformBackdropThumbnail",
    url_name="server_backdrop_thumbnail",
    summary="A small copy of a server's backdrop",
    response={200: bytes, **errors(400, 404, 502)},
)
def thumbnail(request: HttpRequest, id: str, connection_id: str, index: int, v: str = "") -> HttpResponse:
    """WebP. `v` is the server's mark of the picture: the one with that mark is shown, wherever it has moved."""
    return small_picture(link_between(artist_by_id(id), connection_id), "fanart", index, v)


@router.get(
    "/artists/{id}/fanart-sync-state",
    operation_id="getFanartSyncState",
    url_name="fanart_sync_state",
    summary="Which backdrops the servers have too",
    response={200: FanartSyncOut, **errors(404)},
)
def sync_state(request: HttpRequest, id: str) -> dict[str, Any] | HttpResponse:
    """By what the pictures show, not by how many there are. A server that does not answer is not named."""
    artist = artist_by_id(id)
    if is_fragment(request):
        return pictures_fragment(request, artist)
    sync = fanart_sync(artist)
    return {"slots": [_slot(slot) for slot in sync.slots], "state": sync.state}


@router.post(
    "/artists/{id}/images/fanart/{int:slot}/assign",
    operation_id="assignFanartSlot",
    url_name="assign_backdrop",
    summary="Take a server's backdrop into a slot",
    response={200: AssignedOut, 409: BlockedOut, **errors(400, 404, 502)},
)
def assign(request: HttpRequest, id: str, slot: int, body: AssignIn) -> dict[str, Any]:
    """A slot that is there, or the one after the last."""
    artist = artist_by_id(id)
    link = link_between(artist, body.connection_id)
    take_picture(link, "fanart", body.platform_index, slot=slot, actor=caller(request))
    return {"status": "ok", "slot": slot, "count": len(slots_there(artist)), "sync_warnings": []}


def _listed(artist: Artist, shown: Shown) -> dict[str, Any]:
    connection = shown.link.connection
    return {
        "connection_id": str(connection.pk),
        "connection_name": connection.name,
        "connection_type": connection.type,
        "backdrops": [_backdrop(artist, connection, each) for each in shown.backdrops],
    }


def _backdrop(artist: Artist, connection: Connection, picture: ServerPicture) -> dict[str, Any]:
    named = {"id": str(artist.pk), "connection_id": str(connection.pk), "index": picture.index}
    address = reverse("api:server_backdrop_thumbnail", kwargs=named)
    return {"index": picture.index, "thumbnail_url": f"{address}?{urlencode({'v': picture.tag})}"}


def _slot(slot: SlotSync) -> dict[str, Any]:
    servers = [
        {
            "connection_id": str(each.connection.pk),
            "name": each.connection.name,
            "type": each.connection.type,
            "synced": each.synced,
        }
        for each in slot.servers
    ]
    return {"index": slot.index, "state": slot.state, "connections": servers}
