"""What changed, of one artist and of all, and the way back of one change."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import Query, Router, Schema
from pydantic import Field

from artists.models import MetadataChange
from artists.queries.detail import artist_by_id, number_of
from artists.services.history import HistoryFilter, history, parse_moment, revert
from artists.services.values import as_text
from artists.views.words import ChangeLine
from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.htmx import is_fragment
from stillwater.paging import offset as from_offset
from stillwater.paging import page_size
from stillwater.services.preferences import preference_of

router = Router(tags=["History"])


class MetadataChangeOut(Schema):
    """One field before and after; lists are text with commas."""

    id: str
    artist_id: str
    field: str
    old_value: str
    new_value: str
    source: str
    created_at: datetime


class NamedMetadataChangeOut(MetadataChangeOut):
    artist_name: str


class MetadataChangesOut(Schema):
    changes: list[MetadataChangeOut]
    total: int
    limit: int
    offset: int


class NamedMetadataChangesOut(Schema):
    changes: list[NamedMetadataChangeOut]
    total: int
    limit: int
    offset: int


class RevertedOut(Schema):
    reverted: bool
    change_id: str


class PlaceQuery(Schema):
    """`limit`: 10 to 500, else the caller's own size of a page."""

    limit: int | None = None
    offset: int | None = 0


class HistoryQuery(PlaceQuery):
    """`source` may be `provider:*`; `from` and `to` are moments or days, a day as `to` is its end."""

    artist_id: str | None = None
    field: list[str] = Field(default_factory=list)
    source: list[str] = Field(default_factory=list)
    since: str = Field("", alias="from")
    until: str = Field("", alias="to")


@router.get(
    "/artists/{id}/history",
    operation_id="listArtistHistory",
    url_name="artist_history",
    summary="Changes of one artist",
    response={200: MetadataChangesOut, **errors(404)},
)
def of_artist(request: HttpRequest, id: str, query: Query[PlaceQuery]) -> MetadataChangesOut:
    """Newest first."""
    found = history(HistoryFilter(artist_id=artist_by_id(id).pk))
    changes, limit, start = _slice(request, found, query)
    return MetadataChangesOut(
        changes=[MetadataChangeOut.model_validate(_values(change)) for change in changes],
        total=found.count(),
        limit=limit,
        offset=start,
    )


@router.get(
    "/history",
    operation_id="listGlobalHistory",
    url_name="history",
    summary="Changes of all artists",
    response={200: NamedMetadataChangesOut, **errors(400, 500, 503)},
)
def of_all(request: HttpRequest, query: Query[HistoryQuery]) -> NamedMetadataChangesOut:
    """Newest first."""
    found = history(_wanted(query))
    changes, limit, start = _slice(request, found, query)
    named = [
        NamedMetadataChangeOut.model_validate(_values(change) | {"artist_name": change.artist.name})
        for change in changes
    ]
    return NamedMetadataChangesOut(changes=named, total=found.count(), limit=limit, offset=start)


@router.post(
    "/history/{id}/revert",
    operation_id="revertHistory",
    url_name="revert_change",
    summary="Take back one change",
    response={200: RevertedOut, **errors(400, 404, 409, 500, 503)},
)
def take_back(request: HttpRequest, id: str) -> RevertedOut | HttpResponse:
    """Under htmx the fragment of the new entry."""
    change = revert(number_of(id), actor=caller(request))
    if is_fragment(request):
        newest = history(HistoryFilter(artist_id=change.artist_id, fields=(change.field,))).first()
        return render(request, "artists/_change.html", {"line": ChangeLine(newest or change), "artist": change.artist})
    return RevertedOut(reverted=True, change_id=str(change.pk))


def _values(change: MetadataChange) -> dict[str, object]:
    return {
        "id": str(change.pk),
        "artist_id": str(change.artist_id),
        "field": change.field,
        "old_value": as_text(change.old_value),
        "new_value": as_text(change.new_value),
        "source": change.source,
        "created_at": change.created_at,
    }


def _wanted(query: HistoryQuery) -> HistoryFilter:
    return HistoryFilter(
        artist_id=number_of(query.artist_id) if query.artist_id else None,
        fields=tuple(query.field),
        sources=tuple(query.source),
        since=parse_moment(query.since),
        until=parse_moment(query.until, end_of_day=True),
    )


def _slice(
    request: HttpRequest, found: QuerySet[MetadataChange], query: PlaceQuery
) -> tuple[list[MetadataChange], int, int]:
    limit = page_size(query.limit, int(preference_of(caller(request), "page_size")))
    start = from_offset(query.offset)
    return list(found[start : start + limit]), limit, start
