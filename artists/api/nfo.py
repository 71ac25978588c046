"""An artist's NFO over REST: how it differs from what is stored, and whether somebody else wrote it."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import Router, Schema

from artists.queries.detail import artist_by_id
from artists.services.nfo_files import nfo_conflict, nfo_diff
from stillwater.api.errors import errors
from stillwater.htmx import is_fragment

router = Router(tags=["NFO"])


class NfoDiffLine(Schema):
    """One field: the file's value, the stored value, and added, removed, changed or unchanged."""

    field: str
    label: str
    old_value: str
    new_value: str
    status: str


class NfoDiffOut(Schema):
    """`exists`: there is a file. `problem`: why it could not be read; then it counts as saying nothing."""

    exists: bool
    has_changes: bool
    problem: str
    fields: list[NfoDiffLine]


class NfoConflictOut(Schema):
    has_conflict: bool
    reason: str
    external_writer: str
    last_modified: datetime | None


@router.get(
    "/artists/{id}/nfo/diff",
    operation_id="getNFODiff",
    url_name="nfo_diff",
    summary="The NFO on disk against what is stored",
    response={200: NfoDiffOut, **errors(404, 503)},
)
def diff(request: HttpRequest, id: str) -> NfoDiffOut | HttpResponse:
    """Disk is old, the database is new. Under htmx the table of the page."""
    artist = artist_by_id(id)
    found = nfo_diff(artist)
    if is_fragment(request):
        context = {"artist": artist, "diff": found, "conflict": nfo_conflict(artist)}
        return render(request, "artists/_nfo_diff.html", context)
    lines = [
        NfoDiffLine(field=each.field, label=each.label, old_value=each.old, new_value=each.new, status=each.status)
        for each in found.fields
    ]
    return NfoDiffOut(exists=found.exists, has_changes=found.has_changes, problem=found.problem, fields=lines)


@router.get(
    "/artists/{id}/nfo/conflict",
    operation_id="checkNFOConflict",
    url_name="nfo_conflict",
    summary="Whether somebody else changed the NFO",
    response={200: NfoConflictOut, **errors(404, 503)},
    exclude_none=True,
)
def conflict(request: HttpRequest, id: str) -> NfoConflictOut:
    """Compares contents with what we last wrote; the file's time only tells when."""
    found = nfo_conflict(artist_by_id(id))
    return NfoConflictOut(
        has_conflict=found.has_conflict,
        reason=found.reason,
        external_writer=found.external_writer,
        last_modified=found.last_modified,
    )
