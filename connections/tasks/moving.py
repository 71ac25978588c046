"""Background work of floor 3: servers hear of folders that were merged or renamed."""

from typing import Any

from connections.services.moved_folders import concerned, tell_moved
from stillwater import events, jobs
from stillwater.events import Payload
from stillwater.progress import Progress

MOVED = "moved_folders"


@jobs.job(MOVED, "Telling servers of moved folders")
def tell(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `artist_ids`."""
    return {"message": tell_moved(params["artist_ids"], progress=progress).words()}


def join() -> None:
    """Called once at start-up."""
    events.subscribe("artists.merged", _moved)
    events.subscribe("artist.updated", _updated)


def _updated(payload: Payload) -> None:
    if "path" in payload.get("fields", ()):
        _moved({"artist_ids": [payload["artist_id"]]})


def _moved(payload: Payload) -> None:
    ids = sorted(int(each) for each in payload.get("artist_ids", ()))
    if concerned(ids).exists():
        jobs.start(MOVED, {"artist_ids": ids}, key=f"moved folders {' '.join(map(str, ids))}"[:200])
