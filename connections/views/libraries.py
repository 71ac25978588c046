"""The libraries of a server: choose, take over, follow; and where its folders are for us."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from artists.forms.artist import tried
from artists.services.libraries import library_by_id
from artists.services.scan_status import LibraryOperation, library_operation
from connections.forms import MappingForm
from connections.models import Connection
from connections.queries import connection_by_id
from connections.services.discovery import Found, discover, import_libraries
from connections.services.paths import add_mapping, remove_mapping
from connections.tasks.libraries import start_populate, start_server_scan
from stillwater import htmx
from stillwater.errors import NotFound, StillwaterError, as_sentence
from stillwater.views.access import administrators_only, signed_in


@dataclass(frozen=True, slots=True)
class Line:
    """A library of a server as the page shows it; `operation` is what goes on in ours."""

    found: Found
    operation: LibraryOperation | None

    @property
    def level(self) -> str:
        states = {"running": "running", "completed": "good", "failed": "error", "cancelled": "off"}
        return states.get(self.operation.status, "off") if self.operation else "off"

    @property
    def words(self) -> str:
        if self.operation is None:
            return "not taken over"
        states = {"running": "taking over", "completed": "taken over", "idle": "no artists yet"}
        return states.get(self.operation.status, self.operation.status)

    @property
    def message(self) -> str:
        return self.operation.message if self.operation else ""


@administrators_only
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """What the server has, asked now; a POST takes the ticked ones over."""
    connection = connection_by_id(pk)
    if request.method == "POST":
        return _import(request, connection)
    return _page(request, connection)


@require_POST
@administrators_only
def take_over(request: HttpRequest, pk: int, library_pk: int) -> HttpResponse:
    """Meet its artists again; `scan`: the server looks at its folders as well."""
    connection, library = connection_by_id(pk), library_by_id(library_pk)
    if library.connection_id != connection.pk:
        raise NotFound("library not found")
    start = start_server_scan if "scan" in request.POST else start_populate
    _job, is_new = start(library, asked_by=signed_in(request))
    if not is_new:
        messages.info(request, f"{library.name} is being worked on already.")
    return redirect("connections:libraries", pk)


@require_POST
@administrators_only
def map_folder(request: HttpRequest, pk: int) -> HttpResponse:
    connection = connection_by_id(pk)
    form = MappingForm(request.POST)
    if tried(form, lambda: add_mapping(connection, **form.cleaned_data)) != 200:
        return _page(request, connection, form, status=422)
    messages.success(request, "The folder is known. The next import uses it.")
    return redirect("connections:libraries", pk)


@require_POST
@administrators_only
def forget_folder(request: HttpRequest, pk: int, mapping_pk: int) -> HttpResponse:
    remove_mapping(connection_by_id(pk), mapping_pk)
    return redirect("connections:libraries", pk)


def _import(request: HttpRequest, connection: Connection) -> HttpResponse:
    try:
        made = import_libraries(connection, [(each, "") for each in request.POST.getlist("library")])
    except StillwaterError as error:
        messages.error(request, as_sentence(error.message))
        return redirect("connections:libraries", connection.pk)
    for library in made:
        start_populate(library, asked_by=signed_in(request))
    messages.success(request, f"Taking over: {', '.join(library.name for library in made)}.")
    return redirect("connections:libraries", connection.pk)


def _page(
    request: HttpRequest, connection: Connection, form: MappingForm | None = None, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"tab": "connections", "connection": connection, "lines": [], "problem": ""}
    try:
        context["lines"] = [
            Line(found, library_operation(found.library) if found.library else None) for found in discover(connection)
        ]
    except StillwaterError as error:
        context["problem"] = as_sentence(error.message)
    context["has_new"] = any(line.found.library is None for line in context["lines"])
    context |= {"mappings": connection.path_mappings.all(), "form": form or MappingForm()}
    if htmx.is_fragment(request) and request.method == "GET":
        return render(request, "connections/_server_libraries.html", context)
    return render(request, "connections/server_libraries.html", context, status=status)
