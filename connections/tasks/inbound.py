"""Background work: look into what other programs said, once they are quiet about it."""

from typing import Any

from django.utils import timezone

from artists.tasks.scanning import start_scan
from connections.services.inbound import Inquiry, close, due, inquire
from stillwater import jobs
from stillwater.progress import Progress
from stillwater.schedule import join_tick

INQUIRE = "inquire"


@jobs.job(INQUIRE, "Looking into what other servers said", quiet=True)
def look_into(_params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    inquiry = inquire(progress)
    _search(inquiry)
    return {"message": inquiry.words}


def tick() -> None:
    """Called every minute."""
    if due(timezone.now()).exists():
        jobs.start(INQUIRE)


def join() -> None:
    """Called once at start-up."""
    join_tick(tick)


def _search(inquiry: Inquiry) -> None:
    """One scan for all who ask. One that runs already may have passed the folder: then they wait for the next tick."""
    if not inquiry.scans:
        return
    libraries = list(inquiry.scans)
    _job, is_new = start_scan(None, libraries[0] if len(libraries) == 1 else None)
    if is_new:
        asking = {notice.pk: notice for notices in inquiry.scans.values() for notice in notices}
        inquiry.closed += close(list(asking.values()))
