"""Bulk jobs over REST: fetch what is missing for many artists, follow it, stop it, try again what failed."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from artists.models import BulkItem
from artists.queries.bulk_runs import Standing, bulk_job, bulk_jobs, items_of, standing_of, standings
from artists.tasks.bulk_runs import BULK, retry_failed, start_bulk
from stillwater import jobs
from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.errors import Invalid

router = Router(tags=["Bulk Operations"])

SHOWN, MOST_ITEMS = 20, 10_000


class BulkFetchIn(Schema):
    """`artist_ids`: only these, at most 1,000; without it everybody."""

    mode: str = ""
    artist_ids: list[str] | None = Field(None, max_length=1000)


class BulkJobOut(Schema):
    """`queued_items` wait for a person; `seconds_left` holds the waiting for the providers' rates."""

    id: str
    job_id: str
    type: str
    mode: str
    status: str
    total_items: int
    processed_items: int
    fixed_items: int
    queued_items: int
    skipped_items: int
    failed_items: int
    current_name: str = ""
    per_minute: float = 0
    seconds_left: int | None = None
    error: str = ""
    group: str
    created_at: datetime
    started_at: datetime | None = None
    completed_at: datetime | None = None

    @classmethod
    def of(cls, standing: Standing) -> "BulkJobOut":
        bulk, job, counts = standing.bulk, standing.bulk.job, standing.counts
        return cls(
            id=str(bulk.pk),
            job_id=str(job.pk),
            type=bulk.type,
            mode=bulk.mode,
            status=standing.status,
            total_items=standing.total,
            processed_items=standing.processed,
            fixed_items=counts["done"],
            queued_items=counts["queued"],
            skipped_items=counts["skipped"],
            failed_items=counts["failed"],
            current_name=standing.current,
            per_minute=round(standing.per_minute, 1),
            seconds_left=standing.seconds_left,
            error=job.error,
            group=str(bulk.group),
            created_at=job.created_at,
            started_at=job.started_at,
            completed_at=job.finished_at,
        )


class BulkItemOut(Schema):
    id: str
    artist_id: str
    artist_name: str
    status: str
    message: str
    linked: bool
    completed_at: datetime | None

    @classmethod
    def of(cls, item: BulkItem) -> "BulkItemOut":
        return cls(
            id=str(item.pk),
            artist_id=str(item.artist_id or ""),
            artist_name=item.artist_name,
            status=item.status,
            message=item.message,
            linked=item.linked,
            completed_at=item.finished_at,
        )


class BulkJobsOut(Schema):
    jobs: list[BulkJobOut]


class BulkJobWithItems(Schema):
    job: BulkJobOut
    items: list[BulkItemOut]


class BulkStatusOut(Schema):
    status: str


@router.post(
    "/bulk/fetch-metadata",
    operation_id="bulkFetchMetadata",
    url_name="bulk_fetch_metadata",
    summary="Fetch missing metadata of many artists",
    response={202: BulkJobOut, **errors(400, 401, 409)},
)
def fetch_metadata(request: HttpRequest, payload: BulkFetchIn) -> Status[BulkJobOut]:
    """Fills what is empty. The mode says whom it may link by itself; artists that need nothing are skipped."""
    return _started(request, "fetch_metadata", payload)


@router.post(
    "/bulk/fetch-images",
    operation_id="bulkFetchImages",
    url_name="bulk_fetch_images",
    summary="Fetch missing pictures of many artists",
    response={202: BulkJobOut, **errors(400, 401, 409)},
)
def fetch_images(request: HttpRequest, payload: BulkFetchIn) -> Status[BulkJobOut]:
    """Thumb, backdrop and logo, where the slot is empty and unlocked; no picture is ever replaced."""
    return _started(request, "fetch_images", payload)


@router.get(
    "/bulk/jobs",
    operation_id="listBulkJobs",
    url_name="bulk_jobs",
    summary="The last bulk jobs",
    response={200: BulkJobsOut, **errors(401, 500)},
)
def list_bulk_jobs(request: HttpRequest) -> BulkJobsOut:
    """The last 20, newest first."""
    return BulkJobsOut(jobs=[BulkJobOut.of(each) for each in standings(bulk_jobs(BULK)[:SHOWN])])


@router.get(
    "/bulk/jobs/{id}",
    operation_id="getBulkJob",
    url_name="bulk_job",
    summary="A bulk job with what came of each artist",
    response={200: BulkJobWithItems, **errors(401, 404, 500)},
)
def get_bulk_job(request: HttpRequest, id: str, status: str = "") -> BulkJobWithItems:
    """The first 10,000 items; of one status where it is given."""
    bulk = bulk_job(id)
    items = [BulkItemOut.of(item) for item in items_of(bulk, status)[:MOST_ITEMS]]
    return BulkJobWithItems(job=BulkJobOut.of(standing_of(bulk)), items=items)


@router.post(
    "/bulk/jobs/{id}/cancel",
    operation_id="cancelBulkJob",
    url_name="cancel_bulk_job",
    summary="Stop a bulk job",
    response={200: BulkStatusOut, **errors(401, 404)},
)
def cancel_bulk_job(request: HttpRequest, id: str) -> BulkStatusOut:
    """After the artist at hand. A job that has ended keeps its status."""
    bulk = bulk_job(id)
    bulk.job = jobs.cancel(bulk.job_id)
    return BulkStatusOut(status="canceling" if bulk.job.is_active else standing_of(bulk).status)


@router.post(
    "/bulk/jobs/{id}/retry",
    operation_id="retryBulkJob",
    url_name="retry_bulk_job",
    summary="Try again what failed",
    response={202: BulkJobOut, **errors(401, 404, 409)},
)
def retry_bulk_job(request: HttpRequest, id: str) -> Status[BulkJobOut]:
    """A new job over the artists that failed."""
    new = retry_failed(bulk_job(id), asked_by=caller(request))
    return Status(202, BulkJobOut.of(standing_of(bulk_job(str(new.pk)))))


def _started(request: HttpRequest, type: str, payload: BulkFetchIn) -> Status[BulkJobOut]:
    if payload.artist_ids is not None and not payload.artist_ids:
        raise Invalid("artist_ids must not be empty", "artist_ids")
    bulk = start_bulk(type, payload.mode, slot=BULK, ids=payload.artist_ids, asked_by=caller(request))
    return Status(202, BulkJobOut.of(standing_of(bulk_job(str(bulk.pk)))))
