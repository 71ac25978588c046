"""Libraries of a server over REST: which there are, taking them over, meeting their artists."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema, Status

from artists.api.libraries import LibraryOut
from artists.models import Library
from artists.services.libraries import library_by_id
from artists.services.scan_status import library_operation
from connections.models import Connection
from connections.queries import connection_by_id
from connections.services.discovery import discover, import_libraries, require_import
from connections.tasks.libraries import start_populate, start_server_scan
from stillwater.api.auth import require_admin
from stillwater.api.errors import errors
from stillwater.errors import Conflict, NotFound
from stillwater.models import Job

router = Router(tags=["Connections"])


class FoundLibraryOut(Schema):
    external_id: str
    name: str
    imported: bool


class ChosenLibrary(Schema):
    external_id: str
    name: str


class ImportIn(Schema):
    libraries: list[ChosenLibrary]


class ServerOperationOut(Schema):
    """`operation`: populate or scan; `status`: running, completed or failed."""

    library_id: str
    library_name: str
    operation: str
    status: str
    message: str
    started_at: datetime | None
    completed_at: datetime | None


@router.get(
    "/connections/{id}/libraries",
    operation_id="discoverLibraries",
    url_name="server_libraries",
    summary="The music libraries of a server",
    response={200: list[FoundLibraryOut], **errors(401, 403, 404, 409, 502)},
)
def list_all(request: HttpRequest, id: str) -> list[FoundLibraryOut]:
    """Asked now; `imported`: it is a library of ours already."""
    require_admin(request)
    return [
        FoundLibraryOut(external_id=each.there.external_id, name=each.there.name, imported=each.library is not None)
        for each in discover(connection_by_id(id))
    ]


@router.post(
    "/connections/{id}/libraries/import",
    operation_id="importLibraries",
    url_name="import_libraries",
    summary="Take libraries of a server over",
    response={201: list[LibraryOut], **errors(400, 401, 403, 404, 409, 502)},
)
def take_over(request: HttpRequest, id: str, payload: ImportIn) -> Status[list[LibraryOut]]:
    """Their artists follow in the background."""
    person = require_admin(request)
    chosen = [(each.external_id, each.name) for each in payload.libraries]
    made = import_libraries(connection_by_id(id), chosen)
    for library in made:
        start_populate(library, asked_by=person)
    return Status(201, [LibraryOut.of(library) for library in made])


@router.post(
    "/connections/{id}/libraries/{libId}/populate",
    operation_id="populateLibrary",
    url_name="populate_library",
    summary="Take over the artists of a server's library",
    response={202: ServerOperationOut, **errors(401, 403, 404, 409)},
)
def populate(request: HttpRequest, id: str, libId: str) -> Status[ServerOperationOut]:  # noqa: N803 - the contract's name
    """In the background; one operation for each library."""
    person = require_admin(request)
    library = _library(connection_by_id(id), libId)
    return _started(library, start_populate(library, asked_by=person))


@router.post(
    "/connections/{id}/libraries/{libId}/scan",
    operation_id="scanLibrary",
    url_name="scan_server_library",
    summary="Have the server scan, and meet its artists",
    response={202: ServerOperationOut, **errors(401, 403, 404, 409)},
)
def scan(request: HttpRequest, id: str, libId: str) -> Status[ServerOperationOut]:  # noqa: N803 - the contract's name
    person = require_admin(request)
    library = _library(connection_by_id(id), libId)
    return _started(library, start_server_scan(library, asked_by=person))


def _library(connection: Connection, library_id: str) -> Library:
    require_import(connection)
    library = library_by_id(library_id)
    if library.connection_id != connection.pk:
        raise NotFound("library not found")
    return library


def _started(library: Library, started: tuple[Job, bool]) -> Status[ServerOperationOut]:
    if not started[1]:
        raise Conflict("an operation is running for this library")
    found = library_operation(library)
    return Status(
        202,
        ServerOperationOut(
            library_id=str(library.pk),
            library_name=library.name,
            operation=found.operation,
            status=found.status,
            message=found.message,
            started_at=found.started_at,
            completed_at=found.completed_at,
        ),
    )
