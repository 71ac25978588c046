"""One field of an artist over REST: read, change, clear; under htmx the same fragments as the page's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from artists.models import Artist
from artists.queries.detail import artist_by_id
from artists.services.change import Change
from artists.services.editing import clear_field, set_field
from artists.services.values import as_text, known_field
from artists.views.fields import field_display, field_edit
from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.htmx import is_fragment, toast

router = Router(tags=["Artists"])


class ArtistFieldOut(Schema):
    """Lists are text with commas."""

    field: str
    value: str


class ChangedFieldOut(ArtistFieldOut):
    """`warning`: why artist.nfo could not follow, blank when it could."""

    status: str
    warning: str = ""


class ClearedFieldOut(Schema):
    """`warning`: why artist.nfo could not follow, blank when it could."""

    status: str
    field: str
    warning: str = ""


class FieldValueIn(Schema):
    value: str


@router.get(
    "/artists/{id}/fields/{field}/display",
    operation_id="getFieldDisplay",
    url_name="field_display",
    summary="Read one field",
    response={200: ArtistFieldOut, **errors(400, 404)},
)
def display(request: HttpRequest, id: str, field: str) -> Any:
    """Under htmx the fragment that shows it."""
    return field_display(request, artist_by_id(id), field) if is_fragment(request) else _value(id, field)


@router.get(
    "/artists/{id}/fields/{field}/edit",
    operation_id="getFieldEdit",
    url_name="field_edit",
    summary="Read one field for editing",
    response={200: ArtistFieldOut, **errors(400, 404)},
)
def edit(request: HttpRequest, id: str, field: str) -> Any:
    """Under htmx the form that edits it."""
    return field_edit(request, artist_by_id(id), field) if is_fragment(request) else _value(id, field)


@router.patch(
    "/artists/{id}/fields/{field}",
    operation_id="updateField",
    url_name="update_field",
    summary="Change one field",
    response={200: ChangedFieldOut, **errors(400, 404, 409)},
)
def update(request: HttpRequest, id: str, field: str, payload: FieldValueIn) -> ChangedFieldOut | HttpResponse:
    """Lists come as text with commas. An artist.nfo that exists is written again."""
    artist = artist_by_id(id)
    done = set_field(artist, field, payload.value, actor=caller(request))
    if is_fragment(request):
        return _shown(request, artist, field, done)
    value = as_text(getattr(artist, field))
    return ChangedFieldOut(status="updated", field=field, value=value, warning=done.warning)


@router.delete(
    "/artists/{id}/fields/{field}",
    operation_id="clearField",
    url_name="clear_field",
    summary="Clear one field",
    response={200: ClearedFieldOut, **errors(400, 404, 409)},
)
def clear(request: HttpRequest, id: str, field: str) -> ClearedFieldOut | HttpResponse:
    """Any field but the name."""
    artist = artist_by_id(id)
    done = clear_field(artist, field, actor=caller(request))
    if is_fragment(request):
        return _shown(request, artist, field, done)
    return ClearedFieldOut(status="cleared", field=field, warning=done.warning)


def _value(id: str, field: str) -> ArtistFieldOut:
    artist = artist_by_id(id)
    known_field(field)
    return ArtistFieldOut(field=field, value=as_text(getattr(artist, field)))


def _shown(request: HttpRequest, artist: Artist, field: str, done: Change) -> HttpResponse:
    response = field_display(request, artist, field)
    return toast(response, f"Saved, but {done.warning}", level="warning") if done.warning else response
