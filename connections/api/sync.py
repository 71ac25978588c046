"""Sending an artist to a server and taking it over from there, over REST."""

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from artists.api.pictures import BlockedOut
from artists.queries.detail import artist_by_id
from connections.clients.errors import ClientError
from connections.models import ArtistLink
from connections.queries import connection_by_id
from connections.services.pull import pull_artist
from connections.services.push import PUSHED, push_artist, require_taker
from connections.services.push_images import delete_image, push_images
from connections.services.server_pictures import IMAGE_KINDS
from connections.services.sync_values import PULLED
from connections.views.artist_servers import state_card
from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.api.schemas import StatusOut
from stillwater.errors import Invalid, NotFound, StillwaterError

router = Router(tags=["Push"])


class ServerFailed(StillwaterError):
    """The contract answers 500 where the other server fails."""


class ServerItemIn(Schema):
    """Without `platform_artist_id` the stored one counts."""

    connection_id: str
    platform_artist_id: str = ""


class PushIn(ServerItemIn):
    """Everything, unless some fields are named: name, sort_name, biography, genres, tags, mbid, began, ended."""

    fields: list[str] | None = None


class PullQuery(Schema):
    """`fields`: with commas; biography, genres, began and ended unless some are named; sort_name and tags besides."""

    connection_id: str
    fields: str = ""


class PushImagesIn(ServerItemIn):
    """All kinds that we have, unless some are named."""

    image_types: list[str] | None = None


class PushedImagesOut(Schema):
    """Entries like thumb and fanart[2]; errors begin with the kind."""

    uploaded: list[str]
    errors: list[str]


class StateQuery(Schema):
    connection_id: str
    readonly: bool = False


class PulledOut(Schema):
    status: str
    updated: list[str]


@router.post(
    "/artists/{id}/push",
    operation_id="pushMetadata",
    url_name="push_metadata",
    summary="Send the artist's metadata to a server",
    response={200: StatusOut, **errors(400, 401, 404, 500)},
)
def push(request: HttpRequest, id: str, payload: PushIn) -> StatusOut:
    """Only what differs is sent, and nothing there is emptied."""
    link = _link(id, payload.connection_id, payload.platform_artist_id)
    try:
        push_artist(link, PUSHED if payload.fields is None else payload.fields)
    except ClientError as error:
        raise ServerFailed(error.message) from error
    return StatusOut(status="pushed")


@router.post(
    "/artists/{id}/push/images",
    operation_id="pushImages",
    url_name="push_images",
    summary="Send the artist's pictures to a server",
    response={200: PushedImagesOut, 409: BlockedOut, **errors(400, 401, 404, 500)},
)
def images(request: HttpRequest, id: str, payload: PushImagesIn) -> PushedImagesOut:
    """Pictures that the server shows already are not sent again, and backdrops never multiply."""
    link = _link(id, payload.connection_id, payload.platform_artist_id)
    kinds = IMAGE_KINDS if payload.image_types is None else payload.image_types
    try:
        pushed = push_images(link, kinds)
    except ClientError as error:
        raise ServerFailed(error.message) from error
    return PushedImagesOut(uploaded=pushed.uploaded, errors=pushed.errors)


@router.delete(
    "/artists/{id}/push/images/{type}",
    operation_id="deletePushImage",
    url_name="delete_push_image",
    summary="Take a picture of the artist off a server",
    response={200: StatusOut, 409: BlockedOut, **errors(400, 401, 404, 500)},
)
def remove_image(request: HttpRequest, id: str, type: str, payload: ServerItemIn) -> StatusOut:
    """All backdrops for fanart; our own files stay."""
    link = _link(id, payload.connection_id, payload.platform_artist_id)
    try:
        delete_image(link, type)
    except ClientError as error:
        raise ServerFailed(error.message) from error
    return StatusOut(status="deleted")


@router.post(
    "/artists/{id}/pull",
    operation_id="pullMetadata",
    url_name="pull_metadata",
    summary="Take over what a server says of the artist",
    tags=["Platform State"],
    response={200: PulledOut, **errors(400, 401, 404, 409, 500)},
)
def pull(request: HttpRequest, id: str, query: Query[PullQuery]) -> PulledOut:
    """Biography, genres and dates; locks hold, and a blank replaces nothing."""
    link = _link(id, query.connection_id)
    try:
        parts = [part.strip() for part in query.fields.split(",") if part.strip()] or PULLED
        return PulledOut(status="pulled", updated=pull_artist(link, parts, actor=caller(request)))
    except ClientError as error:
        raise ServerFailed(error.message) from error


@router.get(
    "/artists/{id}/platform-state",
    operation_id="getPlatformState",
    url_name="platform_state",
    summary="What a server says of the artist, as a card",
    tags=["Platform State"],
    response={200: str, **errors(400, 401, 404, 500)},
)
def state(request: HttpRequest, id: str, query: Query[StateQuery]) -> HttpResponse:
    """HTML. A server that fails is a card that says so."""
    artist, connection = artist_by_id(id), connection_by_id(query.connection_id)
    link = (
        ArtistLink.objects.select_related("artist", "connection").filter(artist=artist, connection=connection).first()
    )
    if link is None:
        raise NotFound("the artist is not linked to this server")
    require_taker(connection)
    return state_card(request, link, readonly=query.readonly)


def _link(artist_id: str, connection_id: str, item_id: str = "") -> ArtistLink:
    artist, connection = artist_by_id(artist_id), connection_by_id(connection_id)
    link = (
        ArtistLink.objects.select_related("artist", "connection").filter(artist=artist, connection=connection).first()
    )
    if link is None and not item_id.strip():
        raise Invalid("the artist is not linked to this server", "connection_id")
    if item_id.strip():
        link = ArtistLink(
            pk=link.pk if link else None, artist=artist, connection=connection, platform_artist_id=item_id
        )
    return link or ArtistLink(artist=artist, connection=connection)
