"""Where Lidarr, Emby and Jellyfin report what happened; replies at once, the work is done later.

The scope `webhook` of the token is checked by stillwater/api/auth.py for these paths.
"""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from connections.hooks.heard import Nonsense
from connections.hooks.inbound import READERS
from connections.services.inbound import hear, require_signature
from stillwater.api.errors import errors
from stillwater.api.schemas import StatusOut
from stillwater.errors import Invalid, TooLarge
from stillwater.json_text import read_json
from stillwater.numbers import whole_number

router = Router(tags=["Webhooks"])

MOST_BYTES = 1024 * 1024
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_TEXT: dict[str, Any] = {"type": "string"}


def _object(**fields: Any) -> dict[str, Any]:
    return {"type": "object", "properties": fields}


def _body(event: str, **fields: Any) -> dict[str, Any]:
    """For the document: the body is read by hand, whatever its Content-Type says."""
    schema = {**_object(**{event: _TEXT}, **fields), "required": [event]}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


_LIDARR = _body(
    "eventType",
    artist=_object(id={"type": "integer"}, name=_TEXT, path=_TEXT, mbId=_TEXT, foreignArtistId=_TEXT),
)
_EMBY = _body(
    "Event",
    Item=_object(
        Id=_TEXT,
        Name=_TEXT,
        Type=_TEXT,
        ProviderIds={"type": "object", "additionalProperties": _TEXT},
        Path=_TEXT,
        ArtistItems={"type": "array", "items": _object(Id=_TEXT, Name=_TEXT)},
    ),
)
_JELLYFIN = _body(
    "NotificationType", ItemId=_TEXT, ItemType=_TEXT, Name=_TEXT, Artist=_TEXT, Provider_musicbrainzalbumartist=_TEXT
)


@router.post(
    "/webhooks/inbound/lidarr",
    operation_id="handleLidarrWebhook",
    url_name="inbound_lidarr",
    summary="Lidarr reports",
    response={200: StatusOut, **errors(400, 401, 403, 413)},
    openapi_extra=_LIDARR,
)
def lidarr(request: HttpRequest) -> StatusOut:
    return _accept(request, "lidarr")


@router.post(
    "/webhooks/inbound/emby",
    operation_id="handleEmbyWebhook",
    url_name="inbound_emby",
    summary="Emby reports",
    response={200: StatusOut, **errors(400, 401, 403, 413)},
    openapi_extra=_EMBY,
)
def emby(request: HttpRequest) -> StatusOut:
    return _accept(request, "emby")


@router.post(
    "/webhooks/inbound/jellyfin",
    operation_id="handleJellyfinWebhook",
    url_name="inbound_jellyfin",
    summary="Jellyfin reports",
    response={200: StatusOut, **errors(400, 401, 403, 413)},
    openapi_extra=_JELLYFIN,
)
def jellyfin(request: HttpRequest) -> StatusOut:
    return _accept(request, "jellyfin")


def _accept(request: HttpRequest, program: str) -> StatusOut:
    """Size, signature, meaning; in this order, so that strangers are told as little as possible."""
    body = _raw(request)
    require_signature(program, body, request.headers.get("X-Hub-Signature-256", ""))
    try:
        message = READERS[program](_parsed(request, body))
    except Nonsense as error:
        raise Invalid(str(error)) from error
    hear(program, message)
    return StatusOut(status="accepted")


def _raw(request: HttpRequest) -> bytes:
    """Raises TooLarge, by what the sender announces before anything is read."""
    if (whole_number(request.META.get("CONTENT_LENGTH") or "") or 0) > MOST_BYTES or len(request.body) > MOST_BYTES:
        raise TooLarge("a message may have 1 MiB at most")
    return request.body


def _parsed(request: HttpRequest, body: bytes) -> object:
    """JSON whatever the Content-Type says; Emby can also send it in the field `data` of a form. Raises Invalid."""
    text: bytes | str = body
    if request.content_type in _FORMS and not body.lstrip().startswith(b"{"):
        text = request.POST.get("data", "")
    try:
        found = read_json(text)
    except ValueError as error:
        raise Invalid("invalid JSON body") from error
    if not isinstance(found, dict):
        raise Invalid("body must be a JSON object")
    return found
