"""Background work of floor 3: pictures that change here are sent to the servers that take them."""

from datetime import timedelta
from typing import Any

from artists.services.permission import MOVE
from connections.services.picture_pushes import due, push_due_pictures, release_held, want_pictures
from stillwater import events, jobs
from stillwater.events import Payload
from stillwater.progress import Progress
from stillwater.schedule import join_tick

PUSH = "push_pictures"
_NOT_OURS = frozenset({"import", "scan", MOVE})
"""What a server gave us, what lay in the folder, and what only moved is no news for servers."""
_PREFIX = "images."


@jobs.job(PUSH, "Sending pictures to servers", deadline=timedelta(hours=6))
def push(_params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    return {"message": push_due_pictures(progress=progress).words()}


def start_picture_pushes() -> None:
    """Called every minute; one run at a time."""
    if due().exists():
        jobs.start(PUSH)


def join() -> None:
    """Called once at start-up."""
    events.subscribe("artist.updated", _changed)
    events.subscribe("conflict.changed", _conflict_changed)
    join_tick(start_picture_pushes)


def _changed(payload: Payload) -> None:
    """Only noted: the minute tick sends it, once nobody changes more."""
    kinds = [name.removeprefix(_PREFIX) for name in payload.get("fields", ()) if name.startswith(_PREFIX)]
    if kinds and payload.get("source") not in _NOT_OURS:
        want_pictures([int(payload["artist_id"])], kinds)


def _conflict_changed(_payload: Payload) -> None:
    release_held()
