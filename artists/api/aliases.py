"""Other names of an artist over REST."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema, Status

from artists.models import Alias
from artists.queries.detail import artist_by_id, number_of
from artists.services import aliases
from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.api.schemas import StatusOut

router = Router(tags=["Aliases"])


class AliasIn(Schema):
    alias: str
    source: str = ""


class AliasOut(Schema):
    id: str
    alias: str
    source: str
    artist_id: str
    created_at: datetime

    @classmethod
    def of(cls, alias: Alias) -> "AliasOut":
        return cls(
            id=str(alias.pk),
            alias=alias.alias,
            source=alias.source,
            artist_id=str(alias.artist_id),
            created_at=alias.created_at,
        )


@router.get(
    "/artists/{id}/aliases",
    operation_id="listAliases",
    url_name="aliases",
    summary="List aliases",
    response={200: list[AliasOut], **errors(404)},
)
def list_all(request: HttpRequest, id: str) -> list[AliasOut]:
    return [AliasOut.of(alias) for alias in artist_by_id(id).aliases.all()]


@router.post(
    "/artists/{id}/aliases",
    operation_id="addAlias",
    url_name="add_alias",
    summary="Add an alias",
    response={201: AliasOut, **errors(400, 404)},
)
def add(request: HttpRequest, id: str, payload: AliasIn) -> Status[AliasOut]:
    """A name that is there already is answered as it is."""
    artist = artist_by_id(id)
    alias = aliases.add_alias(artist, payload.alias, origin=payload.source, actor=caller(request))
    return Status(201, AliasOut.of(alias))


@router.delete(
    "/artists/{id}/aliases/{aliasId}",
    operation_id="removeAlias",
    url_name="remove_alias",
    summary="Remove an alias",
    response={200: StatusOut, **errors(404)},
)
def remove(request: HttpRequest, id: str, aliasId: str) -> StatusOut:  # noqa: N803 - the contract's name
    aliases.remove_alias(artist_by_id(id), number_of(aliasId), actor=caller(request))
    return StatusOut(status="removed")
