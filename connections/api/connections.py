"""Connections over REST: everybody may look, administrators add, change, test and delete. Keys are never shown."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router, Schema, Status

from connections.models import Connection
from connections.queries import connection_by_id, connections_with_counts
from connections.services import connections
from connections.services.testing import try_connection
from stillwater.api.auth import require_admin
from stillwater.api.errors import ErrorBody, errors
from stillwater.api.schemas import StatusOut
from stillwater.htmx import is_fragment

router = Router(tags=["Connections"])


class ConnectionOut(Schema):
    """One server. `status`: unknown, ok or error."""

    id: str
    name: str
    type: str
    url: str
    has_key: bool
    has_platform_user_id: bool
    enabled: bool
    status: str
    status_message: str
    server_version: str
    last_checked_at: datetime | None
    created_at: datetime
    updated_at: datetime
    feature_library_import: bool
    feature_nfo_write: bool
    feature_image_write: bool
    feature_metadata_push: bool
    feature_trigger_refresh: bool
    feature_manage_server_files: bool
    library_count: int
    artist_count: int

    @classmethod
    def of(cls, row: Connection) -> "ConnectionOut":
        made = {"id", "has_key", "has_platform_user_id"}
        return cls(
            **{name: getattr(row, name) for name in cls.model_fields if name not in made},
            id=str(row.pk),
            has_key=bool(row.sealed_key),
            has_platform_user_id=bool(row.platform_user_id),
        )


class ConnectionIn(Schema):
    """It is tested before it is stored, unless `skip_test` says otherwise."""

    name: str
    type: str
    url: str
    api_key: str = ""
    enabled: bool = True
    skip_test: bool = False


class ConnectionChange(Schema):
    """What is left out stays as it is; a blank key is no key."""

    name: str | None = None
    type: str | None = None
    url: str | None = None
    api_key: str | None = None
    enabled: bool | None = None


class FeaturesIn(Schema):
    feature_library_import: bool | None = None
    feature_nfo_write: bool | None = None
    feature_image_write: bool | None = None
    feature_metadata_push: bool | None = None
    feature_trigger_refresh: bool | None = None


class TestFailedBody(ErrorBody):
    status: str


class ConnectionTestOut(Schema):
    status: str
    message: str
    drift_warnings: list[str]


def _out(connection: Connection) -> ConnectionOut:
    return ConnectionOut.of(connections_with_counts().get(pk=connection.pk))


@router.get(
    "/connections",
    operation_id="listConnections",
    url_name="connections",
    summary="List connected servers",
    response={200: list[ConnectionOut], **errors(401)},
)
def list_all(request: HttpRequest) -> list[ConnectionOut]:
    """By name."""
    return [ConnectionOut.of(row) for row in connections_with_counts()]


@router.post(
    "/connections",
    operation_id="createConnection",
    url_name="create_connection",
    summary="Connect a server",
    response={
        200: ConnectionOut, 201: ConnectionOut, 204: None, 422: TestFailedBody, **errors(400, 401, 403),
    },
)  # fmt: skip
def create(request: HttpRequest, payload: ConnectionIn) -> Status[ConnectionOut] | HttpResponse:
    """201 for a new one; 200 where the type and address were known; a form under htmx is sent on with 204."""
    require_admin(request)
    connection, is_new = connections.add_connection(**payload.dict())
    if is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("connections:index")})
    return Status(201 if is_new else 200, _out(connection))


@router.get(
    "/connections/{id}",
    operation_id="getConnection",
    url_name="connection",
    summary="One connected server",
    response={200: ConnectionOut, **errors(401, 404)},
)
def read(request: HttpRequest, id: str) -> ConnectionOut:
    return _out(connection_by_id(id))


@router.put(
    "/connections/{id}",
    operation_id="updateConnection",
    url_name="update_connection",
    summary="Change a connection",
    response={200: ConnectionOut, **errors(400, 401, 403, 404, 409)},
)
def update(request: HttpRequest, id: str, payload: ConnectionChange) -> ConnectionOut:
    """Only the fields that are sent change. Another host needs its key."""
    require_admin(request)
    changes = {key: value for key, value in payload.dict(exclude_unset=True).items() if value is not None}
    return _out(connections.change_connection(connection_by_id(id), changes))


@router.delete(
    "/connections/{id}",
    operation_id="deleteConnection",
    url_name="delete_connection",
    summary="Forget a server",
    response={200: StatusOut, **errors(400, 401, 403, 404, 409)},
)
def delete(request: HttpRequest, id: str, abandon: bool = False) -> StatusOut:
    """Libraries and artists that came from it stay. What was switched off on the server is put back first.

    409 where the server does not let us; with `abandon` it is forgotten all the same.
    """
    require_admin(request)
    connections.delete_connection(connection_by_id(id), abandon=abandon)
    return StatusOut(status="deleted")


@router.post(
    "/connections/{id}/test",
    operation_id="testConnection",
    url_name="test_connection",
    summary="Test a connection",
    response={200: ConnectionTestOut, **errors(400, 401, 403, 404)},
)
def test(request: HttpRequest, id: str) -> ConnectionTestOut:
    """What works, which version, as which user, and what drifted."""
    require_admin(request)
    trial = try_connection(connection_by_id(id))
    return ConnectionTestOut(
        status="ok" if trial.ok else "error", message=trial.words, drift_warnings=list(trial.drift)
    )


@router.patch(
    "/connections/{id}/features",
    operation_id="updateConnectionFeatures",
    url_name="connection_features",
    summary="Turn the switches of a connection",
    response={200: StatusOut, **errors(400, 401, 403, 404)},
)
def features(request: HttpRequest, id: str, payload: FeaturesIn) -> StatusOut:
    """What is left out stays as it is."""
    require_admin(request)
    switches = {key: value for key, value in payload.dict(exclude_unset=True).items() if value is not None}
    connections.set_features(connection_by_id(id), switches)
    return StatusOut(status="updated")
