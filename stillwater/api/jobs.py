"""Background work: list, read, cancel. Ours; the contract has only per-feature status operations."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from stillwater import jobs
from stillwater.api.errors import errors
from stillwater.errors import NotFound
from stillwater.models import Job
from stillwater.numbers import whole_number

router = Router(tags=["Jobs"])


class JobOut(Schema):
    id: str
    kind: str
    label: str
    state: str
    done: int
    total: int | None
    message: str
    error: str
    result: dict[str, Any]
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, job: Job) -> "JobOut":
        return cls(
            id=str(job.pk),
            kind=job.kind,
            label=jobs.label(job.kind),
            state=job.state,
            done=job.done,
            total=job.total,
            message=job.message,
            error=job.error,
            result=job.result,
            created_at=job.created_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
        )


@router.get("/jobs", operation_id="listJobs", url_name="jobs", response={200: list[JobOut], **errors(401)})
def list_jobs(request: HttpRequest) -> list[JobOut]:
    """The last 100, newest first."""
    return [JobOut.of(job) for job in Job.objects.all()[:100]]


@router.get("/jobs/{id}", operation_id="getJob", url_name="job", response={200: JobOut, **errors(401, 404)})
def get_job(request: HttpRequest, id: str) -> JobOut:
    return JobOut.of(_job(id))


@router.post(
    "/jobs/{id}/cancel", operation_id="cancelJob", url_name="cancel_job", response={200: JobOut, **errors(401, 404)}
)
def cancel_job(request: HttpRequest, id: str) -> JobOut:
    """Ask it to stop between two items."""
    return JobOut.of(jobs.cancel(_job(id).pk))


def _job(job_id: str) -> Job:
    job = Job.objects.filter(pk=whole_number(job_id) or 0).first()
    if job is None:
        raise NotFound("job not found")
    return job
