"""Background work: switch off what a server writes beside music or put it back, and look now and then if it stayed."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from connections.models import Connection
from connections.queries import connection_by_id
from connections.services.managed import look_after, switch
from stillwater import events, jobs
from stillwater.errors import StillwaterError
from stillwater.events import Payload
from stillwater.models import Job, User
from stillwater.progress import Progress
from stillwater.schedule import is_due, join_tick

SWITCH = "managed_switch"
LOOK = "managed_look"
_SECONDS = 15 * 60


@jobs.job(SWITCH, "Changing who writes artwork and NFO files")
def switch_server(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `connection_id`, `on`."""
    outcome = switch(connection_by_id(params["connection_id"]), params["on"], progress=progress)
    return {"message": "; ".join(outcome.lines) or "nothing had to be changed", "managed": outcome.managed}


@jobs.job(LOOK, "Looking whether servers write beside us", quiet=True)
def look(_params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """A server that fails holds up none of the others; what is wrong stands with what was kept of it."""
    lines: list[str] = []
    for connection in _in_need():
        progress(0, None, connection.name)
        try:
            lines += (f"{connection.name}: {line}" for line in look_after(connection).lines)
        except StillwaterError as error:
            lines.append(f"{connection.name}: {error.message}")
    return {"message": "; ".join(lines) or "all is quiet"}


def start_switch(connection: Connection, on: bool, *, asked_by: User | None = None) -> tuple[Job, bool]:
    """One at a time for each server; returns the job and whether it is new."""
    params = {"connection_id": connection.pk, "on": on}
    return jobs.start(SWITCH, params, key=key_of(connection), asked_by=asked_by)


def last_switches(connections: Iterable[Connection]) -> dict[int, Job]:
    """The newest such job of each, by the key of the connection: running, or how it ended."""
    keys = {key_of(each): each.pk for each in connections}
    jobs_of = Job.objects.filter(kind=SWITCH, key__in=keys).order_by("pk")
    return {keys[job.key]: job for job in jobs_of}


def key_of(connection: Connection) -> str:
    return f"managed {connection.pk}"


def tick() -> None:
    """Called every minute."""
    if _in_need().exists() and is_due(LOOK, _SECONDS):
        jobs.start(LOOK)


def join() -> None:
    """Called once at start-up."""
    join_tick(tick)
    events.subscribe("conflict.changed", _seen)


def _seen(_payload: Payload) -> None:
    """What somebody switched on again is seen by the ledger first; looking ends by itself once all is quiet."""
    if Connection.objects.filter(feature_manage_server_files=True, enabled=True).exists():
        jobs.start(LOOK)


def _in_need() -> QuerySet[Connection]:
    """Those that are managed, and those on which a run was cut off."""
    unfinished = Q(kept_settings__alone=False)
    managed = Q(feature_manage_server_files=True)
    return Connection.objects.filter(managed | unfinished, enabled=True).distinct()
