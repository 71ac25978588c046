"""Work in the background: declare it with @job, start it, follow it, cancel it; a killed one resumes or closes.

One dotted name goes to django-q2: `stillwater.jobs.run(job_id)`. It is idempotent three times: one active job per
key (unique constraint), a claim by conditional UPDATE (delivery is at-least-once), and steps that re-read and skip.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, close_old_connections, transaction
from django.db.models import F, Q
from django.utils import timezone
from django_q.tasks import async_task

from stillwater import events
from stillwater.errors import NotFound, StillwaterError
from stillwater.job_progress import JobProgress
from stillwater.models import ACTIVE_STATES, Job, JobState, User
from stillwater.progress import Cancelled, Progress

logger = logging.getLogger(__name__)

Work = Callable[[dict[str, Any], Progress], dict[str, Any] | None]

STALE_AFTER = timedelta(seconds=45)
QUEUED_TOO_LONG = timedelta(minutes=10)
MOST_ATTEMPTS = 5
LONG_WORK = 200
"""Attempts of work that goes on where it was killed, for hours or days; each restart of the house meanwhile is one."""
GRACE = timedelta(minutes=5)
"""For a worker that notices by itself that its time is over."""

TOOK_TOO_LONG = "stopped: it took too long"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work: its name, the words of the jobs dock, the function, and whether a killed run starts again."""

    name: str
    label: str
    work: Work
    resumable: bool
    deadline: timedelta
    page: str
    attempts: int
    quiet: bool


_kinds: dict[str, Kind] = {}


def job(
    name: str,
    label: str,
    *,
    resumable: bool = True,
    deadline: timedelta = timedelta(hours=6),
    page: str = "",
    attempts: int = MOST_ATTEMPTS,
    quiet: bool = False,
) -> Callable[[Work], Work]:
    """Declare background work: `work(params, progress) -> result`. Resumable work re-reads and skips what is done.

    `page` names the URL of a page that tells more of such a job than the plain one; it takes the job's id.
    `attempts`: how often it may begin; `LONG_WORK` for what may take hours.
    `quiet`: nobody waits for it and it comes by the dozen, so the dock and the list of jobs leave it out; pages that
    show what it brings still hear of it.
    """

    def declare(work: Work) -> Work:
        _kinds[name] = Kind(name, label, work, resumable, deadline, page, attempts, quiet)
        return work

    return declare


def label(kind: str) -> str:
    return _kinds[kind].label if kind in _kinds else kind


def page(kind: str) -> str:
    return _kinds[kind].page if kind in _kinds else ""


def quiet_kinds() -> list[str]:
    return [kind.name for kind in _kinds.values() if kind.quiet]


def start(
    kind: str, params: dict[str, Any] | None = None, *, key: str = "", asked_by: User | None = None
) -> tuple[Job, bool]:
    """Queue the work on commit. Returns the job and whether it is new: an active one of the same key is returned."""
    key = key or kind
    try:
        with transaction.atomic():
            row = Job.objects.create(kind=kind, key=key, params=params or {}, asked_by=asked_by, message="waiting")
    except IntegrityError:
        active = Job.objects.filter(key=key, state__in=ACTIVE_STATES).first()
        if active is None:
            return start(kind, params, key=key, asked_by=asked_by)
        return active, False
    _enqueue(row.pk)
    events.publish("operation.progress", snapshot(row))
    return row, True


def run(job_id: int) -> None:
    """What a worker calls. Leaves quietly when the job is gone, done, or claimed by another worker."""
    close_old_connections()
    now = timezone.now()
    claimed = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING, started_at=now, heartbeat_at=now, attempts=F("attempts") + 1, message="starting"
    )
    if not claimed:
        return
    row = Job.objects.get(pk=job_id)
    kind = _kinds.get(row.kind)
    if kind is None:
        _finish(row, JobState.FAILED, error=f"unknown kind of work {row.kind}")
        return
    _work(row, kind)


def cancel(job_id: int) -> Job:
    """Ask the job to stop between two items; one that has not begun ends at once. Raises NotFound."""
    changed = Job.objects.filter(pk=job_id, state__in=ACTIVE_STATES).update(cancel_requested=True)
    row = Job.objects.filter(pk=job_id).first()
    if row is None:
        raise NotFound("job not found")
    if changed and row.state == JobState.QUEUED:
        _finish(row, JobState.CANCELLED, message="cancelled before it began")
    return row


def active(kind: str) -> Job | None:
    return Job.objects.filter(kind=kind, state__in=ACTIVE_STATES).first()


def latest(kind: str) -> Job | None:
    return Job.objects.filter(kind=kind).first()


def sweep() -> int:
    """Give killed jobs back to the queue, or close them; returns how many were found."""
    now = timezone.now()
    lost = Q(state=JobState.RUNNING, heartbeat_at__lt=now - STALE_AFTER) | Q(
        state=JobState.QUEUED, created_at__lt=now - QUEUED_TOO_LONG
    )
    rows = list(Job.objects.filter(lost))
    for row in rows:
        _recover(row)
    return len(rows) + _close_overdue(now)


def queue_again() -> int:
    """Put what waits into the queue once more: a cluster that was killed took it out and told nobody. Returns how many.

    For the start of a cluster. A job that stands in the queue twice is claimed once.
    """
    waiting = list(Job.objects.filter(state=JobState.QUEUED).order_by("pk").values_list("pk", flat=True))
    for job_id in waiting:
        _enqueue(job_id)
    return len(waiting)


def snapshot(row: Job) -> dict[str, Any]:
    """What pages and the event stream say about a job."""
    return {
        "job_id": str(row.pk),
        "kind": row.kind,
        "label": label(row.kind),
        "state": row.state,
        "done": row.done,
        "total": row.total,
        "message": row.message,
        "quiet": row.kind in quiet_kinds(),
    }


def _work(row: Job, kind: Kind) -> None:
    with JobProgress(row, label=kind.label, deadline=kind.deadline, quiet=kind.quiet) as progress:
        try:
            result = kind.work(row.params, progress) or {}
        except Cancelled:
            state = JobState.TIMED_OUT if progress.timed_out else JobState.CANCELLED
            _finish(row, state, message=TOOK_TOO_LONG if progress.timed_out else "cancelled")
        except StillwaterError as error:
            _finish(row, JobState.FAILED, error=error.message)
        except Exception as error:
            logger.exception("job %s (%s) failed", row.pk, row.kind)
            _finish(row, JobState.FAILED, error=f"{type(error).__name__}: {error}")
        else:
            _finish(row, JobState.DONE, result=result, message=str(result.get("message", "")))


def _finish(
    row: Job, state: JobState, *, error: str = "", message: str = "", result: dict[str, Any] | None = None
) -> None:
    """Close it, unless it is no longer as the caller saw it: claimed meanwhile, or given back by a sweep."""
    values = {"state": state, "finished_at": timezone.now(), "error": error, "message": (message or error)[:500]}
    if result is not None:
        values["result"] = result
    if Job.objects.filter(pk=row.pk, state=row.state, attempts=row.attempts).update(**values):
        row.refresh_from_db()
        events.publish("operation.progress", snapshot(row))


def _close_overdue(now: datetime) -> int:
    """A worker that hangs within one item never looks at its clock: its job does not hold its key for ever (bug 31)."""
    overdue = [
        row
        for row in Job.objects.filter(state=JobState.RUNNING).exclude(started_at=None)
        if row.kind in _kinds and row.started_at and now - row.started_at > _kinds[row.kind].deadline + GRACE
    ]
    for row in overdue:
        _finish(row, JobState.TIMED_OUT, message=TOOK_TOO_LONG)
    return len(overdue)


def _recover(row: Job) -> None:
    """A job that nobody claimed is queued once more; one whose worker died resumes, or closes where it cannot."""
    kind = _kinds.get(row.kind)
    gives_up = kind is None or not kind.resumable or row.attempts >= kind.attempts
    if row.state == JobState.RUNNING and (gives_up or row.cancel_requested):
        state = JobState.CANCELLED if row.cancel_requested else JobState.FAILED
        _finish(row, state, error="the worker stopped in the middle of it")
        return
    given_back = Job.objects.filter(pk=row.pk, state=row.state, heartbeat_at=row.heartbeat_at).update(
        state=JobState.QUEUED, created_at=timezone.now(), heartbeat_at=None, message="waiting to resume"
    )
    if given_back:
        _enqueue(row.pk)


def _enqueue(job_id: int) -> None:
    if settings.STILLWATER_JOBS_INLINE:
        transaction.on_commit(lambda: run(job_id))
    else:
        transaction.on_commit(lambda: async_task("stillwater.jobs.run", job_id))
