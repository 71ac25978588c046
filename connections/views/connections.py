"""The settings pages of connected servers: a card for each with its state, its switches and its test."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe

from artists.forms.artist import tried
from connections.clients.base import ServerSpec
from connections.clients.registry import spec_of
from connections.forms import ConnectForm, ConnectionForm
from connections.models import Connection
from connections.queries import connection_by_id, connections_with_counts
from connections.services.connections import (
    NotPassed,
    add_connection,
    change_connection,
    delete_connection,
    possible_features,
    set_features,
)
from connections.services.ledger import conflicts
from connections.services.links import forget_links
from connections.services.onboarding import holds_back
from connections.services.shared_disk import shared_status
from connections.services.testing import try_connection
from connections.views.standing import Standing, lost_settings, standings
from stillwater.errors import Conflict, as_sentence
from stillwater.htmx import is_fragment
from stillwater.views.access import administrators_only

STATUS = {"ok": ("good", "connected"), "error": ("error", "does not work"), "unknown": ("off", "not tested")}
SWITCHES = {
    "feature_library_import": ("Import libraries", "Its music libraries and their artists may be taken over."),
    "feature_nfo_write": ("Write NFO files", "Off: no artist.nfo is written for artists that it knows."),
    "feature_image_write": (
        "Write pictures",
        "On: what changes here is sent by itself. Off: no picture of its artists is written or sent.",
    ),
    "feature_metadata_push": ("Push metadata", "What changes here is sent to it by itself."),
    "feature_trigger_refresh": (
        "Ask for a refresh",
        "After a push it is asked to look at the artist again; where a folder moved, to look there.",
    ),
}
"""Label and meaning of each switch."""


@dataclass(frozen=True, slots=True)
class Switch:
    name: str
    label: str
    help: str
    on: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One server as its card prints it; `row` carries its counts."""

    row: Connection
    standing: Standing

    @property
    def spec(self) -> ServerSpec:
        return spec_of(self.row.type)

    @property
    def level(self) -> str:
        return STATUS[self.row.status][0] if self.row.enabled else "off"

    @property
    def words(self) -> str:
        return STATUS[self.row.status][1] if self.row.enabled else "switched off"

    @property
    def message(self) -> str:
        return as_sentence(self.row.status_message) if self.row.status_message else ""

    @property
    def drift(self) -> list[str]:
        return [as_sentence(each) for each in self.row.drift]

    @property
    def is_another_server(self) -> bool:
        """All links are dead (weirdness 59)."""
        return any("another server" in each for each in self.row.drift)

    @property
    def can_import(self) -> bool:
        return self.row.enabled and self.row.status == "ok" and self.row.feature_library_import

    @property
    def switches(self) -> list[Switch]:
        possible = possible_features(self.row.type)
        return [Switch(name, *SWITCHES[name], getattr(self.row, name)) for name in SWITCHES if name in possible]


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    hint = not holds_back(conflicts())  # the banner above says more than that files are shared
    shared = shared_status() if hint else None
    context = {"tab": "connections", "cards": _cards(), "shared": shared, "lost": lost_settings()}
    response = render(request, "connections/connections.html", context)
    add_never_cache_headers(response)
    return response


@administrators_only
def add(request: HttpRequest) -> HttpResponse:
    """Connect a server: after a test, or anyway where the person says so."""
    form, failed = (
        ConnectForm(request.POST or None, initial={"type": request.GET.get("type", "emby")}),
        list[NotPassed](),
    )

    def store() -> None:
        try:
            connection, _ = add_connection(**form.values(), skip_test="anyway" in request.POST)
        except NotPassed as error:
            failed.append(error)
            raise
        messages.success(request, f"{connection.name} is connected.")

    if request.method == "POST" and tried(form, store) == 200:
        return redirect("connections:index")
    context = {"tab": "connections", "form": form, "anyway": bool(failed)}
    return render(request, "connections/connection_new.html", context, status=422 if form.errors else 200)


@administrators_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    connection = connection_by_id(pk)
    form = ConnectionForm(request.POST) if request.method == "POST" else ConnectionForm.of(connection)
    if request.method == "POST" and tried(form, lambda: change_connection(connection, form.changes())) == 200:
        trial = try_connection(connection) if connection.enabled else None
        if trial and not trial.ok:
            messages.warning(request, as_sentence(f"saved, but {trial.reason}"))
        else:
            messages.success(request, f"{connection.name} is saved.")
        return redirect("connections:index")
    (card,) = _cards(pk=pk)
    context = {"tab": "connections", "form": form, "card": card}
    return render(request, "connections/connection.html", context, status=422 if form.errors else 200)


@require_POST
@administrators_only
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask it now; the card says what came of it."""
    connection = connection_by_id(pk)
    trial = try_connection(connection)
    return _done(request, connection, "" if trial.ok else f"{connection.name} did not pass the test.")


@require_POST
@administrators_only
def switches(request: HttpRequest, pk: int) -> HttpResponse:
    """Every switch that the kind has stands in the form; a missing one is off."""
    connection = connection_by_id(pk)
    set_features(connection, {name: name in request.POST for name in possible_features(connection.type)})
    return _done(request, connection, f"The switches of {connection.name} are saved.")


@require_POST
@administrators_only
def link_anew(request: HttpRequest, pk: int) -> HttpResponse:
    connection = connection_by_id(pk)
    count = forget_links(connection)
    try_connection(connection)
    return _done(request, connection, f"{count} dead links are gone. Import its libraries to link its artists.")


@require_POST
@administrators_only
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """What was switched off there is put back first; where that fails it stays, unless the person says otherwise."""
    connection = connection_by_id(pk)
    try:
        outcome = delete_connection(connection, abandon="abandon" in request.POST)
    except Conflict as error:
        messages.error(request, as_sentence(error.message))
        return redirect("connections:change", pk)
    messages.success(request, f"{connection.name} is forgotten. Libraries and artists that came from it stay.")
    for line in outcome.lines:
        messages.info(request, as_sentence(line))
    return redirect("connections:index")


def _cards(**chosen: int) -> list[Card]:
    rows = list(connections_with_counts().filter(**chosen))
    standing = standings(rows)
    return [Card(row, standing[row.pk]) for row in rows]


def _done(request: HttpRequest, connection: Connection, said: str) -> HttpResponse:
    if is_fragment(request):
        (card,) = _cards(pk=connection.pk)
        return render(request, "connections/_connection.html", {"card": card, "said": said})
    if said:
        messages.info(request, said)
    return redirect("connections:index")
