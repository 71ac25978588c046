"""What a server writes beside music by itself: library by library, one switched off, or all of it managed by us."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe

from connections.models import Connection, KeptSettings
from connections.queries import connection_by_id
from connections.services.file_settings import file_settings
from connections.services.managed import forget_kept, put_back_one, quiet_one
from connections.services.quieting import Outcome
from connections.tasks.managed import start_switch
from connections.views.standing import standing_of
from stillwater import htmx
from stillwater.errors import NotFound, StillwaterError, as_sentence
from stillwater.views.access import administrators_only, signed_in


@require_safe
@administrators_only
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked now, unless it is being changed at this moment."""
    context = _context(connection_by_id(pk))
    page, fragment = "connections/file_settings.html", "connections/_file_settings.html"
    response = htmx.page_or_fragment(request, page, fragment, context)
    add_never_cache_headers(response)
    return response


@require_POST
@administrators_only
def manage(request: HttpRequest, pk: int) -> HttpResponse:
    """Background work, for it is many calls to a server that may be slow; the page follows it."""
    connection, on = connection_by_id(pk), request.POST.get("on") == "yes"
    _job, is_new = start_switch(connection, on, asked_by=signed_in(request))
    if not is_new:
        return _answer(request, connection, f"{connection.name} is being changed already.", level="warning")
    doing = "is being switched off" if on else "is being put back"
    return _answer(request, connection, f"What {connection.name} writes itself {doing}.")


@require_POST
@administrators_only
def quiet(request: HttpRequest, pk: int) -> HttpResponse:
    return _one(request, pk, quiet_one)


@require_POST
@administrators_only
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _one(request, pk, put_back_one)


@require_POST
@administrators_only
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """The server stays as it is now."""
    connection = connection_by_id(pk)
    try:
        forget_kept(connection.kept_settings.all())
    except StillwaterError as error:
        return _answer(request, connection, as_sentence(error.message), level="error")
    return _answer(request, connection, f"{connection.name} stays as it is now.")


@require_POST
@administrators_only
def forget_lost(request: HttpRequest, row_pk: int) -> HttpResponse:
    """What was kept of a server that is no longer connected."""
    if not forget_kept(KeptSettings.objects.filter(pk=row_pk, connection=None)):
        raise NotFound("nothing is kept there")
    messages.success(request, "It is forgotten.")
    return redirect("connections:index")


def _one(request: HttpRequest, pk: int, verb: Callable[[Connection, str], Outcome]) -> HttpResponse:
    connection = connection_by_id(pk)
    try:
        outcome = verb(connection, request.POST.get("writer", ""))
    except StillwaterError as error:
        return _answer(request, connection, as_sentence(error.message), level="error")
    said = [as_sentence(line) for line in outcome.lines]
    return _answer(request, connection, " ".join(said) or "Nothing had to be changed.")


def _context(connection: Connection) -> dict[str, object]:
    """A server that fails is said so, above what is stored."""
    standing = standing_of(connection)
    context: dict[str, object] = {"tab": "connections", "connection": connection, "standing": standing}
    if standing.is_busy:
        return context
    try:
        return {**context, "writers": file_settings(connection)}
    except StillwaterError as error:
        return {**context, "problem": as_sentence(error.message)}


def _answer(request: HttpRequest, connection: Connection, said: str, *, level: str = "good") -> HttpResponse:
    if htmx.is_fragment(request):
        response = render(request, "connections/_file_settings.html", _context(connection))
        return htmx.toast(response, said, level=level)
    levels = {"good": messages.SUCCESS, "warning": messages.WARNING, "error": messages.ERROR}
    messages.add_message(request, levels[level], said)
    return redirect("connections:file_settings", connection.pk)
