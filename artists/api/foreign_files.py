"""Pictures of other programs, and the list of those that may stay; for administrators."""

from datetime import datetime
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from artists.models import AllowedFile, ForeignFile
from artists.queries.foreign_files import allowed_file, allowed_files, foreign_file, listed_files
from artists.services.foreign import deciding
from artists.views.foreign_files import fragment
from stillwater.api.auth import caller, require_admin
from stillwater.api.errors import errors
from stillwater.api.schemas import StatusOut
from stillwater.htmx import is_fragment

router = Router(tags=["Foreign Files"])


class ForeignFileOut(Schema):
    """`replaced`: a picture that was known had this name before."""

    id: str
    artist_id: str
    artist_name: str
    file_path: str
    file_name: str
    content_hash: str
    size_bytes: int
    detected_at: datetime
    replaced: bool

    @classmethod
    def of(cls, file: ForeignFile) -> "ForeignFileOut":
        return cls(
            id=str(file.pk),
            artist_id=str(file.artist_id),
            artist_name=file.artist.name,
            file_path=file.file_path,
            file_name=file.file_name,
            content_hash=file.content_hash,
            size_bytes=file.size_bytes,
            detected_at=file.detected_at,
            replaced=file.replaced,
        )


class ForeignFilesOut(Schema):
    count: int
    items: list[ForeignFileOut]


class AllowedFileOut(Schema):
    id: str
    scope: Literal["global", "artist"]
    artist_id: str | None = None
    artist_name: str | None = None
    file_name: str
    content_hash: str
    note: str
    created_at: datetime

    @classmethod
    def of(cls, entry: AllowedFile) -> "AllowedFileOut":
        return cls(
            id=str(entry.pk),
            scope="artist" if entry.artist else "global",
            artist_id=str(entry.artist_id) if entry.artist else None,
            artist_name=entry.artist.name if entry.artist else None,
            file_name=entry.file_name,
            content_hash=entry.content_hash,
            note=entry.note,
            created_at=entry.created_at,
        )


class AllowedFilesOut(Schema):
    count: int
    items: list[AllowedFileOut]


@router.get(
    "/foreign-files",
    operation_id="listForeignFiles",
    url_name="foreign_files",
    summary="Pictures of other programs that wait for a decision",
    response={200: ForeignFilesOut, **errors(401, 403, 503)},
)
def list_foreign_files(request: HttpRequest) -> ForeignFilesOut:
    """The newest first."""
    require_admin(request)
    items = [ForeignFileOut.of(file) for file in listed_files()]
    return ForeignFilesOut(count=len(items), items=items)


@router.post(
    "/foreign-files/dismiss",
    operation_id="dismissForeignFiles",
    url_name="dismiss_foreign_files",
    summary="Let all of them stay, with every artist",
    response={**errors(401, 403, 500, 503)},
    openapi_extra={
        "responses": {200: {"description": "The list anew", "content": {"text/html": {"schema": {"type": "string"}}}}}
    },
)
def dismiss(request: HttpRequest) -> HttpResponse:
    """What could not be looked at stays. The answer is the page's list."""
    require_admin(request)
    deciding.dismiss()
    return HttpResponse(fragment(request))


@router.post(
    "/foreign-files/{id}/allowlist",
    operation_id="allowlistForeignFile",
    url_name="allowlist_foreign_file",
    summary="Let a picture stay",
    response={200: StatusOut, **errors(400, 401, 403, 404, 500, 503)},
)
def allow(
    request: HttpRequest, id: str, scope: Literal["artist", "global"] = "artist", note: str = ""
) -> StatusOut | HttpResponse:
    """With its artist, or with everybody (`scope` global)."""
    require_admin(request)
    deciding.allow(foreign_file(id), everywhere=scope == "global", note=note)
    return _answer(request, "allowed")


@router.delete(
    "/foreign-files/{id}/file",
    operation_id="deleteForeignFile",
    url_name="delete_foreign_file",
    summary="Remove a picture from the artist's folder",
    response={200: StatusOut, **errors(400, 401, 403, 404, 409, 423, 500, 503, 507)},
)
def delete(request: HttpRequest, id: str) -> StatusOut | HttpResponse:
    """Its bytes are kept, so that it can be taken back. One that is gone already is no mistake."""
    require_admin(request)
    deciding.delete(foreign_file(id), actor=caller(request))
    return _answer(request, "deleted")


@router.get(
    "/foreign-file-allowlist",
    operation_id="listForeignFileAllowlist",
    url_name="foreign_file_allowlist",
    summary="Pictures of other programs that may stay",
    response={200: AllowedFilesOut, **errors(401, 403, 503)},
    exclude_none=True,
)
def list_allowed(request: HttpRequest) -> AllowedFilesOut:
    """The newest first."""
    require_admin(request)
    items = [AllowedFileOut.of(entry) for entry in allowed_files()]
    return AllowedFilesOut(count=len(items), items=items)


@router.delete(
    "/foreign-file-allowlist/{id}",
    operation_id="removeForeignFileAllowlist",
    url_name="remove_foreign_file_allowlist",
    summary="Report a picture again",
    response={200: StatusOut, **errors(400, 401, 403, 404, 500, 503)},
)
def forbid(request: HttpRequest, id: str) -> StatusOut | HttpResponse:
    require_admin(request)
    deciding.forbid(allowed_file(id))
    return _answer(request, "removed")


def _answer(request: HttpRequest, word: str) -> StatusOut | HttpResponse:
    return HttpResponse(fragment(request)) if is_fragment(request) else StatusOut(status=word)
