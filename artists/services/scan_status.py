"""What the last scan is doing or did, and what is going on in a library, read from the job that does it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from artists.models import Library
from stillwater import jobs
from stillwater.models import Job, JobState

SCAN, POPULATE, SERVER_SCAN = "scan", "populate", "server_scan"
"""Kinds of jobs; the last one has a server look at its folders before its artists are met."""

_WORDS = {
    JobState.QUEUED: "running",
    JobState.RUNNING: "running",
    JobState.DONE: "completed",
    JobState.FAILED: "failed",
    JobState.CANCELLED: "cancelled",
    JobState.TIMED_OUT: "failed",
}


@dataclass(frozen=True, slots=True)
class LibraryOperation:
    """The newest scan or import of a library; `status` idle: there was none."""

    library: Library
    operation: str = ""
    status: str = "idle"
    message: str = ""
    started_at: datetime | None = None
    completed_at: datetime | None = None


def scan_status(job: Job | None = None) -> dict[str, Any]:
    """The contract's status object of this scan, or of the newest one: `idle` when there was none."""
    job = job or jobs.latest(SCAN)
    if job is None:
        return {"status": "idle", "running": False}
    result = {key: value for key, value in job.result.items() if key != "id"}
    status = result.pop("status", "") if job.state == JobState.DONE else ""
    return {
        **result,
        "id": str(job.pk),
        "status": status or _WORDS[JobState(job.state)],
        "running": job.is_active,
        "started_at": job.started_at or job.created_at,
        "completed_at": job.finished_at,
        "processed": job.done,
        "total": job.total,
        "message": job.message,
        "error": result.get("error") or job.error,
    }


def library_operation(library: Library) -> LibraryOperation:
    """Of this library alone, or of all of them."""
    concerned = Q(params__library_id=library.pk) | Q(kind=SCAN, params__library_id__isnull=True)
    job = Job.objects.filter(concerned, kind__in=(SCAN, POPULATE, SERVER_SCAN)).first()
    if job is None:
        return LibraryOperation(library)
    status = str(job.result.get("status") or "") if job.state == JobState.DONE else ""
    started = job.started_at or job.created_at
    word = status or _WORDS[JobState(job.state)]
    operation = SCAN if job.kind == SERVER_SCAN else job.kind
    return LibraryOperation(library, operation, word, job.error or job.message, started, job.finished_at)
