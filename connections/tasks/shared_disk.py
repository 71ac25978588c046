"""Background work: look now and then whether a server sees the files of a library too."""

from typing import Any

from connections.models import Connection
from connections.services.shared_disk import recheck
from stillwater import jobs
from stillwater.progress import Progress
from stillwater.schedule import is_due, join_tick

RECHECK = "shared_disk"
_SECONDS = 6 * 3600


@jobs.job(RECHECK, "Looking for shared files", quiet=True)
def look_again(_params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    result = recheck(progress)
    return {"message": f"{result.shared} shared, {len(result.silent)} servers silent"}


def tick() -> None:
    """Called every minute; the first time at once."""
    if Connection.objects.filter(enabled=True).exists() and is_due(RECHECK, _SECONDS):
        jobs.start(RECHECK)


def join() -> None:
    """Called once at start-up."""
    join_tick(tick)
