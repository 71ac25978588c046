"""How runs over many artists stand: numbers, pace, what is left, and what each artist came to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils import timezone

from artists.models import OPEN_STATUSES, BulkItem, BulkJob, ItemStatus
from artists.queries.pace import Stretch
from stillwater.errors import NotFound
from stillwater.models import JobState
from stillwater.numbers import whole_number

STATUS_OF = {
    JobState.QUEUED: "pending",
    JobState.RUNNING: "running",
    JobState.DONE: "completed",
    JobState.CANCELLED: "canceled",
    JobState.FAILED: "failed",
    JobState.TIMED_OUT: "timed_out",
}
"""A job's state in the words of the contract."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a run is. `per_minute` artists; `seconds_left` None where nobody can say. Waiting for rates is in both."""

    bulk: BulkJob
    counts: dict[str, int]
    per_minute: float = 0.0
    seconds_left: int | None = None
    current: str = ""

    @property
    def status(self) -> str:
        return STATUS_OF[JobState(self.bulk.job.state)]

    @property
    def total(self) -> int:
        """Before the plan is made, what was counted when it was asked for."""
        return sum(self.counts.values()) if self.bulk.planned else self.bulk.job.total or sum(self.counts.values())

    @property
    def processed(self) -> int:
        return sum(number for status, number in self.counts.items() if status not in OPEN_STATUSES)

    @property
    def failed(self) -> int:
        return self.counts[ItemStatus.FAILED]


def standing_of(bulk: BulkJob, now: datetime | None = None) -> Standing:
    """Four queries, however many artists."""
    counts = _counts([bulk]).get(bulk.pk, dict.fromkeys(ItemStatus.values, 0))
    if not bulk.job.is_active or bulk.job.started_at is None:
        return Standing(bulk, counts)
    stretch = Stretch.before(now or timezone.now(), bulk.job.started_at)
    worked = bulk.items.filter(started_at__isnull=False, finished_at__gte=stretch.since).count()
    left = sum(counts[status] for status in OPEN_STATUSES)
    current = bulk.items.filter(status=ItemStatus.RUNNING).values_list("artist_name", flat=True).first() or ""
    return Standing(bulk, counts, stretch.per_second(worked) * 60, stretch.seconds_for(left, worked), current)


def standings(bulks: Iterable[BulkJob]) -> list[Standing]:
    """Several at once: one query for all the numbers."""
    listed = list(bulks)
    counts = _counts(listed)
    return [Standing(bulk, counts.get(bulk.pk, dict.fromkeys(ItemStatus.values, 0))) for bulk in listed]


def bulk_jobs(slot: str = "") -> QuerySet[BulkJob]:
    """Newest first; of one slot (tasks/bulk_runs.py), or all."""
    rows = BulkJob.objects.select_related("job", "job__asked_by")
    return rows.filter(job__kind=slot) if slot else rows


def bulk_job(key: str) -> BulkJob:
    """Raises NotFound."""
    found = bulk_jobs().filter(pk=whole_number(key) or 0).first()
    if found is None:
        raise NotFound("bulk job not found")
    return found


def items_of(bulk: BulkJob, status: str = "") -> QuerySet[BulkItem]:
    """In the order in which they are worked off."""
    return bulk.items.filter(status=status) if status in ItemStatus.values else bulk.items.all()


def linked_count(bulk: BulkJob) -> int:
    return bulk.items.filter(linked=True).count()


def _counts(bulks: list[BulkJob]) -> dict[int, dict[str, int]]:
    rows = BulkItem.objects.filter(bulk__in=bulks).order_by().values_list("bulk", "status")
    counts: dict[int, dict[str, int]] = {}
    for key, status, number in rows.annotate(number=Count("pk")):
        counts.setdefault(key, dict.fromkeys(ItemStatus.values, 0))[status] = number
    return counts
