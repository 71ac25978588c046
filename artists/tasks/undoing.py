"""Takes a whole run back in the background: many artists, many files."""

from typing import Any
from uuid import UUID

from artists.services.undo import UndoneGroup, undo_group
from stillwater import jobs
from stillwater.events import publish
from stillwater.models import Job, User
from stillwater.progress import Progress

UNDO = "undo"


@jobs.job(UNDO, "Taking changes back", attempts=jobs.LONG_WORK)
def undo_run(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `group`, `asked_by`."""
    actor = User.objects.filter(pk=params["asked_by"]).first()
    result = undo_group(UUID(params["group"]), actor, progress=progress)
    publish(
        "bulk.completed",
        {"type": "undo", "status": "completed", "verb": "undo", "changed": result.undone, "group": params["group"]},
    )
    refused = [f"{operation.artist_name}: {reason}" for operation, reason in result.refused[:100]]
    return {"message": told(result), "refused": refused}


def start_undo(group: UUID, asked_by: User) -> tuple[Job, bool]:
    """One job per run. Returns it and whether it is new."""
    params = {"group": str(group), "asked_by": asked_by.pk}
    return jobs.start(UNDO, params, key=f"{UNDO}:{group}", asked_by=asked_by)


def told(result: UndoneGroup) -> str:
    """38 taken back, 2 left as they are."""
    left = f", {len(result.refused)} left as they are" if result.refused else ""
    return f"{result.undone} taken back{left}"
