"""What each provider says of one field, over REST, and taking the members that one of them offers."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import TypeAdapter, ValidationError

from artists.queries.detail import artist_by_id
from artists.services.comparing import Offer, offers, use_members
from artists.views import comparing, sections
from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.api.schemas import StatusOut
from stillwater.errors import Invalid
from stillwater.htmx import is_fragment

router = Router(tags=["Artists"])


class ProviderMemberOut(Schema):
    """`is_active`: has not left."""

    name: str = ""
    mbid: str = ""
    instruments: list[str] = []
    vocal_type: str = ""
    date_joined: str = ""
    date_left: str = ""
    is_active: bool = True


_MEMBERS = TypeAdapter(list[ProviderMemberOut])
_MEMBERS_SCHEMA = {"type": "array", "items": ProviderMemberOut.model_json_schema()}


class FieldOfferOut(Schema):
    """`value`: text, lists with commas; `synthesized`: it follows from dates."""

    provider: str
    value: str
    values: list[str]
    members: list[ProviderMemberOut]
    has_data: bool
    error: str
    synthesized: bool


class FieldOffersOut(Schema):
    field: str
    results: list[FieldOfferOut]


@router.get(
    "/artists/{id}/fields/{field}/providers",
    operation_id="getFieldProviders",
    url_name="field_providers",
    summary="What each provider says of one field",
    response={200: FieldOffersOut, **errors(400, 404)},
)
def of_field(request: HttpRequest, id: str, field: str) -> FieldOffersOut | HttpResponse:
    """Asks them now; stores nothing."""
    artist = artist_by_id(id)
    if is_fragment(request):
        return comparing.compared(request, artist, field)
    found = offers(artist, field, actor=caller(request))
    return FieldOffersOut(field=field, results=[_offer(each) for each in found])


@router.post(
    "/artists/{id}/members/from-provider",
    operation_id="saveMembersFromProvider",
    url_name="members_from_provider",
    summary="Replace the members by those of a provider",
    response={200: StatusOut, **errors(400, 404, 409)},
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": _MEMBERS_SCHEMA}}}},
)
def take_members(request: HttpRequest, id: str, provider: str = "") -> StatusOut | HttpResponse:
    """The body is a list, the only one of the contract. `provider`: whose they are, for the history."""
    artist = artist_by_id(id)
    use_members(artist, _members(request), provider, actor=caller(request))
    if is_fragment(request):
        return sections.answer(request, artist, "members", sections.members(artist))
    return StatusOut(status="saved")


def _members(request: HttpRequest) -> list[dict[str, object]]:
    """The shared parser takes objects alone. Raises Invalid."""
    try:
        return [each.dict() for each in _MEMBERS.validate_json(request.body)]
    except ValidationError as error:
        raise Invalid("body must be a list of members", "members") from error


def _offer(offer: Offer) -> FieldOfferOut:
    return FieldOfferOut(
        provider=offer.provider,
        value=offer.value,
        values=list(offer.values),
        members=[
            ProviderMemberOut(
                name=each.name,
                mbid=each.mbid,
                instruments=list(each.instruments),
                date_joined=each.date_joined,
                date_left=each.date_left,
                is_active=each.is_active,
            )
            for each in offer.members
        ],
        has_data=offer.has_data,
        error=offer.error,
        synthesized=offer.synthesized,
    )
