"""Health, the documents of this API, the folder browser, and the event stream."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.module_loading import import_string
from ninja import Router, Schema, Status

from stillwater import __version__, browsing
from stillwater.api.auth import caller, require_admin
from stillwater.api.errors import errors
from stillwater.event_stream import EventStream, places
from stillwater.numbers import whole_number
from stillwater.services.health import commit, readiness

router = Router()
Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""The one in C writes the same in a fifth of the time; a PyYAML that was built without libyaml lacks it."""


class Health(Schema):
    status: str
    version: str
    commit: str
    time: datetime


class Ready(Schema):
    status: str
    database: str
    worker: str


class FolderEntries(Schema):
    path: str
    entries: list[str]
    parent: str


@router.get("/health", auth=None, tags=["Health"], operation_id="getHealth", url_name="health", response=Health)
def health(request: HttpRequest) -> Health:
    """The process answers."""
    return Health(status="ok", version=__version__, commit=commit(), time=timezone.now())


@router.get(
    "/health/ready",
    auth=None,
    tags=["Health"],
    operation_id="getReadiness",
    url_name="ready",
    response={200: Ready, 503: Ready},
)
def ready(request: HttpRequest) -> Status[Ready]:
    """The database and the worker answer too."""
    state = readiness()
    body = Ready(status="ok" if state.is_ready else "not ready", database=state.database, worker=state.worker)
    return Status(200 if state.is_ready else 503, body)


@router.get(
    "/docs",
    auth=None,
    tags=["Docs"],
    operation_id="getAPIDocs",
    url_name="docs",
    response={200: str},
    openapi_extra={
        "responses": {200: {"description": "A page", "content": {"text/html": {"schema": {"type": "string"}}}}}
    },
)
def docs(request: HttpRequest) -> HttpResponse:
    """This API, to read and to try."""
    return render(request, "stillwater/api_docs.html")


@router.get(
    "/docs/openapi.yaml",
    auth=None,
    tags=["Docs"],
    operation_id="getOpenAPISpec",
    url_name="openapi",
    response={200: str},
    openapi_extra={
        "responses": {
            200: {"description": "The document", "content": {"application/yaml": {"schema": {"type": "string"}}}}
        }
    },
)
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document of this API."""
    return HttpResponse(_document(), content_type="application/yaml")


@cache
def _document() -> str:
    # By dotted name: the root mounts this module, so it cannot be imported here.
    document = import_string("stillwater.api.root.api").get_openapi_schema()
    plain = json.loads(json.dumps(document, default=str))
    text: str = yaml.dump(plain, Dumper=Dumper, sort_keys=False, allow_unicode=True)
    return text


@router.get(
    "/filesystem/browse",
    tags=["Filesystem"],
    operation_id="browseFilesystem",
    url_name="browse",
    response={200: FolderEntries, **errors(400, 401, 403, 404, 500)},
)
def browse(request: HttpRequest, path: str = "/") -> FolderEntries:
    """The folders below a folder, for choosing a library; administrators only."""
    require_admin(request)
    folder = browsing.browse(path, [Path(root) for root in settings.STILLWATER_BROWSE_ROOTS])
    return FolderEntries(path=folder.path, entries=folder.entries, parent=folder.parent)


@router.get(
    "/events/stream",
    tags=["Events"],
    operation_id="getEventStream",
    url_name="events",
    response={200: str, **errors(401, 503)},
    openapi_extra={
        "responses": {200: {"description": "Events", "content": {"text/event-stream": {"schema": {"type": "string"}}}}}
    },
)
def event_stream(request: HttpRequest) -> StreamingHttpResponse:
    """What happens, as it happens. `Last-Event-ID` replays what was missed."""
    user_id = caller(request).pk
    # A tab that takes the stream over from another cannot set the header, so it says it in the address.
    missed = request.headers.get("Last-Event-ID") or request.GET.get("last_event_id", "")
    places.take(user_id)
    response = StreamingHttpResponse(EventStream(user_id, whole_number(missed)), content_type="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response
