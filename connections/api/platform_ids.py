"""Which item of which server an artist is, over REST."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from artists.queries.detail import artist_by_id
from connections.models import ArtistLink
from connections.queries import connection_by_id, links_of
from connections.services.links import remove_link, set_link
from stillwater.api.errors import errors
from stillwater.api.schemas import StatusOut

router = Router(tags=["Platform IDs"])


class PlatformIdOut(Schema):
    artist_id: str
    connection_id: str
    platform_artist_id: str
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, link: ArtistLink) -> "PlatformIdOut":
        return cls(
            artist_id=str(link.artist_id),
            connection_id=str(link.connection_id),
            platform_artist_id=link.platform_artist_id,
            created_at=link.created_at,
            updated_at=link.updated_at,
        )


class PlatformIdIn(Schema):
    platform_artist_id: str


@router.get(
    "/artists/{id}/platform-ids",
    operation_id="getPlatformIDs",
    url_name="platform_ids",
    summary="The artist's items on the connected servers",
    response={200: list[PlatformIdOut], **errors(401, 404)},
)
def list_all(request: HttpRequest, id: str) -> list[PlatformIdOut]:
    return [PlatformIdOut.of(link) for link in links_of(artist_by_id(id))]


@router.put(
    "/artists/{id}/platform-ids/{connectionId}",
    operation_id="setPlatformID",
    url_name="set_platform_id",
    summary="Say which item of a server the artist is",
    response={200: StatusOut, **errors(400, 401, 404, 409)},
)
def put(request: HttpRequest, id: str, connectionId: str, payload: PlatformIdIn) -> StatusOut:  # noqa: N803 - the contract's name
    """An item belongs to one artist only."""
    set_link(artist_by_id(id), connection_by_id(connectionId), payload.platform_artist_id)
    return StatusOut(status="ok")


@router.delete(
    "/artists/{id}/platform-ids/{connectionId}",
    operation_id="deletePlatformID",
    url_name="delete_platform_id",
    summary="Forget which item of a server the artist is",
    response={200: StatusOut, **errors(401, 404)},
)
def delete(request: HttpRequest, id: str, connectionId: str) -> StatusOut:  # noqa: N803 - the contract's name
    remove_link(artist_by_id(id), connection_by_id(connectionId))
    return StatusOut(status="deleted")
