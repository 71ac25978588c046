"""How the last run of identifying stands, and what waits for a person."""

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from django.utils import timezone

from artists.models import Identification, IdentityState
from artists.queries.pace import Stretch
from artists.services.identifying.review import review_queue
from artists.services.identifying.running import result_of
from stillwater import jobs
from stillwater.models import Job, JobState

IDENTIFY = "identify"
MOST_LISTED = 200

RunStatus = Literal["idle", "running", "completed", "canceled", "failed"]
_STATUS: dict[str, RunStatus] = {
    JobState.QUEUED: "running",
    JobState.RUNNING: "running",
    JobState.DONE: "completed",
    JobState.CANCELLED: "canceled",
    JobState.FAILED: "failed",
    JobState.TIMED_OUT: "failed",
}


@dataclass(frozen=True, slots=True)
class RunState:
    """The run at hand or the last one; `job` is None where there was none. `queue` lists the first 200 that wait.

    `seconds_left`, the waiting for providers included; None where nobody can say.
    """

    status: RunStatus = "idle"
    total: int = 0
    processed: int = 0
    linked: int = 0
    queued: int = 0
    unmatched: int = 0
    failed: int = 0
    current_name: str = ""
    job: Job | None = None
    group: UUID | None = None
    queue: list[Identification] = field(default_factory=list)
    waiting: int = 0
    seconds_left: int | None = None


def run_state(*, with_queue: bool = True) -> RunState:
    rows = review_queue()
    queue = list(rows[:MOST_LISTED]) if with_queue else []
    job = jobs.active(IDENTIFY) or jobs.latest(IDENTIFY)
    if job is None:
        return RunState(queue=queue, waiting=rows.count())
    group = UUID(job.params["run"])
    result = result_of(group)
    total = max(job.total or 0, result.processed)
    return RunState(
        status=_STATUS[job.state],
        total=total,
        processed=result.processed,
        linked=result.of(IdentityState.LINKED),
        queued=result.of(IdentityState.QUEUED),
        unmatched=result.of(IdentityState.UNMATCHED),
        failed=result.of(IdentityState.FAILED),
        current_name=job.message if job.is_active else "",
        job=job,
        group=group,
        queue=queue,
        waiting=rows.count(),
        seconds_left=_seconds_left(job, group, total - result.processed),
    )


def _seconds_left(job: Job, group: UUID, left: int) -> int | None:
    if job.state != JobState.RUNNING or job.started_at is None or not left:
        return None
    stretch = Stretch.before(timezone.now(), job.started_at)
    return stretch.seconds_for(left, Identification.objects.filter(run=group, decided_at__gte=stretch.since).count())
