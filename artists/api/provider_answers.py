"""What providers say of an artist who need not be in the library: search by name, fetch by MBID or name."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from artists.api.picture_replies import offer_body
from artists.fields import LIST_FIELDS
from artists.providers.answers import ArtistRecord, MemberRecord, SearchHit
from artists.providers.merge import MEMBERS, FieldResult
from artists.services.provider_answers import Fetched, fetch_everywhere, search_everywhere
from stillwater.api.auth import caller
from stillwater.api.errors import errors

router = Router(tags=["Providers"])


class SearchIn(Schema):
    name: str = ""


class SearchOut(Schema):
    """Each hit has provider_id, name, score, source and what else the provider said."""

    results: list[dict[str, Any]]


class FetchIn(Schema):
    mbid: str = ""
    name: str = ""


class FetchOut(Schema):
    """`metadata` leaves out what nobody said; `sources` name the provider of each field."""

    metadata: dict[str, Any]
    images: list[dict[str, Any]]
    sources: list[dict[str, str]]
    errors: list[str]
    attempted_providers: list[str]
    attempted_fields: list[str]
    populated_fields: list[str]
    members_authoritative: bool


@router.post(
    "/providers/search",
    operation_id="providerSearch",
    url_name="provider_search",
    summary="Search all providers by name",
    response={200: SearchOut, **errors(400, 401)},
)
def search(request: HttpRequest, body: SearchIn) -> dict[str, Any]:
    """A provider that does not answer is passed by."""
    return {"results": [_hit(hit) for hit in search_everywhere(body.name)]}


@router.post(
    "/providers/fetch",
    operation_id="providerFetch",
    url_name="provider_fetch",
    summary="What the providers say of one artist",
    response={200: FetchOut, **errors(400, 401)},
)
def fetch(request: HttpRequest, body: FetchIn) -> dict[str, Any]:
    """By MBID, else by name; nothing is stored."""
    return _fetched(fetch_everywhere(mbid=body.mbid, name=body.name, actor=caller(request)))


def _hit(hit: SearchHit) -> dict[str, Any]:
    said = {key: value for key, value in asdict(hit).items() if value}
    said.pop("provider")
    said.pop("aliases", None)
    return said | {"provider_id": hit.provider_id, "name": hit.name, "score": hit.score, "source": hit.provider}


def _fetched(fetched: Fetched) -> dict[str, Any]:
    populated = [result for result in fetched.results if result.populated]
    down = [f"{name}: metadata fetch failed" for name, outcome in fetched.outcomes.items() if outcome.is_down]
    authoritative = any(result.field == MEMBERS and result.authoritative for result in fetched.results)
    return {
        "metadata": _metadata(fetched, populated) | ({"members_authoritative": True} if authoritative else {}),
        "images": [offer_body(image) for image in fetched.images],
        "sources": [{"field": result.field, "provider": result.winner} for result in populated],
        "errors": [*down, *fetched.errors.values()],
        "attempted_providers": [name for name, outcome in fetched.outcomes.items() if outcome.was_asked],
        "attempted_fields": [result.field for result in fetched.results if result.attempted],
        "populated_fields": [result.field for result in populated],
        "members_authoritative": authoritative,
    }


def _metadata(fetched: Fetched, populated: list[FieldResult]) -> dict[str, Any]:
    records = [outcome.record for outcome in fetched.outcomes.values() if outcome.record is not None]
    first: ArtistRecord | None = records[0] if records else None
    said: dict[str, Any] = {"provider_id": first.provider_id if first else "", "name": first.name if first else ""}
    for result in populated:
        said[result.field] = _plain(result)
    others = {
        "similar_artists": [name for record in records for name in record.similar_artists],
        "aliases": list(dict.fromkeys(alias.name for record in records for alias in record.aliases)),
        "urls": _urls(records),
    }
    return said | {key: value for key, value in others.items() if value}


def _plain(result: FieldResult) -> Any:
    if result.field == MEMBERS:
        return [_member(each) for each in result.value if isinstance(each, MemberRecord)]
    return list(result.value) if result.field in LIST_FIELDS else result.value


def _urls(records: list[ArtistRecord]) -> Mapping[str, str]:
    return {kind: url for record in reversed(records) for kind, url in record.urls.items()}


def _member(member: MemberRecord) -> dict[str, Any]:
    return {
        "name": member.name,
        "mbid": member.mbid,
        "instruments": list(member.instruments),
        "vocal_type": "",
        "date_joined": member.date_joined,
        "date_left": member.date_left,
        "is_active": member.is_active,
    }
