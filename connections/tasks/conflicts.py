"""Background work: know at any time who else writes our files."""

from typing import Any

from artists.services.foreign.telling import CHANGED
from connections.models import Connection
from connections.services.ledger import conflicts, is_old, refresh, renew
from connections.services.looking import keep_look
from stillwater import events, jobs
from stillwater.events import Payload
from stillwater.models import Job, User
from stillwater.progress import Progress
from stillwater.schedule import join_tick

LOOK = "conflicts"


@jobs.job(LOOK, "Asking the servers what they write", quiet=True)
def look(_params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    found = refresh(progress)
    return {"message": f"{len(found.offences)} of {len(found.entries)} servers write our files, or may"}


def start_look(*, asked_by: User | None = None) -> tuple[Job, bool]:
    return jobs.start(LOOK, asked_by=asked_by)


def tick() -> None:
    """Called every minute: a server that did not answer is asked again at once, the others when it is time."""
    if not Connection.objects.filter(enabled=True).exists():
        return
    if is_old(conflicts()):
        start_look()


def join() -> None:
    """Called once at start-up."""
    join_tick(tick)
    for event in ("connection.changed", "connection.removed", "library.changed", "library.removed"):
        events.subscribe(event, _changed)
    events.subscribe("managed.changed", _switched)
    events.subscribe(CHANGED, _counted)
    events.subscribe("artists.removed", _counted)


def _switched(payload: Payload) -> None:
    """What was seen of it holds no longer; until it is looked at anew nobody knows."""
    connection = Connection.objects.filter(pk=payload["connection_id"]).first()
    if connection is not None:
        keep_look(connection, "its settings have just been changed")
        renew()
        start_look()


def _counted(_payload: Payload) -> None:
    """How many pictures of other programs there are; with no server at all nobody else would look."""
    renew()


def _changed(_payload: Payload) -> None:
    """What follows from it is known at once; only a server that nobody has asked yet is asked by a worker."""
    if any(entry.enabled and entry.looked_at is None for entry in renew().entries):
        start_look()
