"""Background work of floor 3: what people change is sent to the servers that want it."""

from datetime import timedelta
from typing import Any

from connections.services.push import due, push_due, want_push
from stillwater import events, jobs
from stillwater.events import Payload
from stillwater.progress import Progress
from stillwater.schedule import join_tick

PUSH = "push_metadata"
_NOT_OURS = frozenset({"import", "scan"})
"""What a server told us, or a file, is not told to all servers because of that."""


@jobs.job(PUSH, "Sending changes to servers", deadline=timedelta(hours=6))
def push(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    return {"message": push_due(progress=progress).words()}


def start_pushes() -> None:
    """One run at a time; what comes while one ends is found by the next tick."""
    if due().exists():
        jobs.start(PUSH)


def join() -> None:
    """Called once at start-up."""
    events.subscribe("artist.updated", _changed)
    events.subscribe("artists.updated", _changed)
    join_tick(start_pushes)


def _changed(payload: Payload) -> None:
    ids = payload.get("artist_ids") or [payload.get("artist_id")]
    if payload.get("source") not in _NOT_OURS and want_push(int(each) for each in ids if each):
        jobs.start(PUSH)
