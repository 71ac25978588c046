"""Libraries over REST: administrators add, change and remove them; everybody may look."""

import json
from datetime import datetime
from typing import Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from artists.models import Library
from artists.services import libraries
from artists.services.scan_status import library_operation
from stillwater.api.auth import require_admin
from stillwater.api.errors import errors

router = Router(tags=["Libraries"])


class LibraryOut(Schema):
    """One library as the contract prints it; evidence is a JSON array in text."""

    id: str
    name: str
    path: str
    type: str
    source: str
    connection_id: str
    external_id: str
    fs_watch: int
    fs_poll_interval: int
    shared_fs_status: str
    shared_fs_evidence: str
    shared_fs_peer_library_ids: str
    nfo_lock_data: bool
    fs_notify_supported: bool
    scan_problem: str
    last_scanned_at: datetime | None
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, library: Library) -> "LibraryOut":
        same = {name: getattr(library, name) for name in cls.model_fields if name not in cls._translated()}
        return cls(
            **same,
            id=str(library.pk),
            connection_id=str(library.connection_id or ""),
            shared_fs_evidence=json.dumps(library.shared_fs_evidence, ensure_ascii=False),
        )

    @staticmethod
    def _translated() -> frozenset[str]:
        return frozenset({"id", "connection_id", "shared_fs_evidence"})


class LibraryWithCount(Schema):
    library: LibraryOut
    artist_count: int


class NewLibrary(Schema):
    name: str
    path: str = ""
    type: Literal["regular", "classical"] = "regular"


class LibraryChange(Schema):
    """What is left out stays as it is."""

    name: str | None = None
    path: str | None = None
    type: Literal["regular", "classical"] | None = None
    fs_watch: int | None = None
    fs_poll_interval: int | None = None
    nfo_lock_data: bool | None = None


class Deleted(Schema):
    status: str
    deleted_artists: int


class Removed(Schema):
    status: str
    removed_artists: int


class OperationStatus(Schema):
    library_id: str
    library_name: str
    operation: str
    status: str
    message: str
    started_at: datetime | None
    completed_at: datetime | None


@router.get(
    "/libraries",
    operation_id="listLibraries",
    url_name="libraries",
    summary="List libraries",
    response={200: list[LibraryOut], **errors(401)},
)
def list_libraries(request: HttpRequest) -> list[LibraryOut]:
    """All libraries by name."""
    return [LibraryOut.of(library) for library in Library.objects.all()]


@router.post(
    "/libraries",
    operation_id="createLibrary",
    url_name="create_library",
    summary="Add a library",
    response={201: LibraryOut, **errors(400, 401, 403, 409)},
)
def create_library(request: HttpRequest, payload: NewLibrary) -> Status[LibraryOut]:
    """The path, if any, must be an existing folder outside every other library."""
    require_admin(request)
    library = libraries.create_library(name=payload.name, path=payload.path, type=payload.type)
    return Status(201, LibraryOut.of(library))


@router.get(
    "/libraries/{id}",
    operation_id="getLibrary",
    url_name="library",
    summary="One library",
    response={200: LibraryWithCount, **errors(401, 404)},
)
def get_library(request: HttpRequest, id: str) -> LibraryWithCount:
    """With the number of its artists."""
    library = libraries.library_by_id(id)
    return LibraryWithCount(library=LibraryOut.of(library), artist_count=libraries.artist_count(library))


@router.put(
    "/libraries/{id}",
    operation_id="updateLibrary",
    url_name="update_library",
    summary="Change a library",
    response={200: LibraryOut, **errors(400, 401, 403, 404, 409)},
)
def update_library(request: HttpRequest, id: str, payload: LibraryChange) -> LibraryOut:
    """Only the fields that are sent change."""
    require_admin(request)
    changes = {key: value for key, value in payload.dict(exclude_unset=True).items() if value is not None}
    return LibraryOut.of(libraries.change_library(libraries.library_by_id(id), changes))


class DeleteQuery(Schema):
    delete_artists: bool = Field(False, alias="deleteArtists")


@router.delete(
    "/libraries/{id}",
    operation_id="deleteLibrary",
    url_name="delete_library",
    summary="Remove a library",
    response={200: Deleted, **errors(401, 403, 404)},
)
def delete_library(request: HttpRequest, id: str, query: Query[DeleteQuery]) -> Deleted:
    """Nothing on disk is touched; artists go along only if asked and if nothing else holds them."""
    require_admin(request)
    deleted = libraries.delete_library(libraries.library_by_id(id), delete_artists=query.delete_artists)
    return Deleted(status="deleted", deleted_artists=deleted)


@router.post(
    "/libraries/{id}/confirm-removals",
    operation_id="confirmLibraryRemovals",
    url_name="confirm_removals",
    summary="Confirm that vanished folders are gone",
    response={200: Removed, **errors(401, 403, 404, 409)},
)
def confirm_removals(request: HttpRequest, id: str) -> Removed:
    """The answer to a scan that stopped because too much had vanished."""
    require_admin(request)
    return Removed(status="removed", removed_artists=libraries.confirm_removals(libraries.library_by_id(id)))


@router.get(
    "/libraries/{libId}/operation/status",
    operation_id="getLibraryOpStatus",
    url_name="library_operation",
    summary="What is going on in a library",
    response={200: OperationStatus, **errors(401, 404)},
    exclude_none=True,
)
def get_operation_status(request: HttpRequest, libId: str) -> OperationStatus:  # noqa: N803 - the contract's name
    """The newest scan or import; `idle` when there was none."""
    found = library_operation(libraries.library_by_id(libId))
    return OperationStatus(
        library_id=str(found.library.pk),
        library_name=found.library.name,
        operation=found.operation,
        status=found.status,
        message=found.message,
        started_at=found.started_at,
        completed_at=found.completed_at,
    )
