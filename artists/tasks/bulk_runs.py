"""Runs over many artists in the background: fetching in one slot, actions on a selection in another."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction

from artists.models import OPEN_STATUSES, Artist, BulkJob, ItemStatus
from artists.providers.picking import MODES, PROMPT_NO_MATCH
from artists.queries.selection import Selection
from artists.services.bulk_runs import fetching, picturing, verbs
from artists.services.bulk_runs.kinds import Run, join_bulk_kind, kind_of
from artists.services.bulk_runs.planning import Meant
from artists.services.bulk_runs.walking import counts_of, walk
from stillwater import jobs
from stillwater.errors import Conflict, Invalid
from stillwater.events import publish
from stillwater.models import Job, User
from stillwater.progress import Progress

BULK, BULK_ACTION = "bulk", "bulk_action"
LONGEST = timedelta(hours=48)
"""A hundred thousand artists at one question a second, and some patience."""

IN_THE_BAR = (fetching.REFRESH, fetching.FETCH_METADATA, picturing.FETCH_IMAGES)
"""What the artist list offers for a selection; identifying has a page of its own, with its evidence and its queue."""

for kind in (*IN_THE_BAR, fetching.RE_IDENTIFY_AUTO, verbs.LOCK, verbs.UNLOCK):
    join_bulk_kind(kind)


def work_through(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `bulk`, the key of its row; `selection` (a token), or `ids`, or neither: everybody; `asked_by`."""
    bulk = BulkJob.objects.get(pk=params["bulk"])
    _follow_repetition(bulk)
    run = Run(bulk.mode, bulk.group, User.objects.filter(pk=params["asked_by"]).first())
    counts = walk(bulk, kind_of(bulk.type), meant_by(params), run, progress=progress)
    words = told(bulk)
    publish("bulk.completed", {**ended(bulk, counts), "message": words})
    return {"message": words}


def ended(bulk: BulkJob, counts: Mapping[str, int]) -> dict[str, Any]:
    """What the event tells, in the contract's words (behaviour.md 9) and a few of ours."""
    total = sum(counts.values())
    return {
        "job_id": str(bulk.job_id),
        "type": bulk.type,
        "status": "completed",
        "total_items": total,
        "processed_items": total - sum(counts[status] for status in OPEN_STATUSES),
        "failed_items": counts[ItemStatus.FAILED],
        "group": str(bulk.group),
        "counts": counts,
    }


for _kind, _words in ((BULK, "Fetching for many artists"), (BULK_ACTION, "Working on many artists")):
    _declare = jobs.job(_kind, _words, deadline=LONGEST, page="artists:bulk_run", attempts=jobs.LONG_WORK)
    _declare(work_through)


def start_bulk(
    type: str,
    mode: str = "",
    *,
    slot: str = BULK_ACTION,
    selection: str = "",
    ids: Sequence[str] | None = None,
    asked_by: User | None = None,
    retry_of: BulkJob | None = None,
) -> BulkJob:
    """Start it over everybody, a selection, or these ids; one at a time in each slot: what the contract calls bulk
    jobs (BULK), and actions on a selection.

    Raises Invalid for an unknown type or mode, Conflict while another one of its slot is at work.
    """
    kind = kind_of(type)
    mode = checked_mode(mode, kind.mode) if kind.identifies else ""
    asker = asked_by.pk if asked_by else None
    params = {"selection": selection, "ids": None if ids is None else list(ids), "asked_by": asker}
    with transaction.atomic():
        bulk = BulkJob(type=type, mode=mode, retry_of=retry_of)
        job, is_new = jobs.start(slot, params, asked_by=asked_by)
        if not is_new:
            raise Conflict("another bulk job is still running")
        bulk.job = job
        bulk.save()
        Job.objects.filter(pk=job.pk).update(params={**job.params, "bulk": bulk.pk})
    return bulk


def retry_failed(old: BulkJob, *, asked_by: User | None = None) -> BulkJob:
    """A new run over those that failed. Raises Conflict where there are none, or while another run is at work."""
    failed = old.items.filter(status=ItemStatus.FAILED).exclude(artist=None)
    ids = [str(pk) for pk in failed.values_list("artist_id", flat=True)]
    if not ids:
        raise Conflict("nothing failed")
    return start_bulk(old.type, old.mode, slot=old.job.kind, ids=ids, asked_by=asked_by, retry_of=old)


def checked_mode(mode: str, default: str = PROMPT_NO_MATCH) -> str:
    """Raises Invalid for a mode that does not exist."""
    if mode and mode not in MODES:
        raise Invalid(f"mode must be one of {', '.join(MODES)}", "mode")
    return mode or default


def _follow_repetition(bulk: BulkJob) -> None:
    """A job that was stopped and is tried again goes on with the same run: it is that job's from now on."""
    job = jobs.active(bulk.job.kind)
    if job is not None and job.pk != bulk.job_id:
        bulk.job = job
        bulk.save(update_fields=["job"])


def meant_by(params: Mapping[str, Any]) -> Meant:
    if params.get("selection"):
        return Meant(Selection.from_token(params["selection"]).artists())
    if params.get("ids") is not None:
        return Meant.by_ids(params["ids"])
    return Meant(Artist.objects.order_by())


def told(bulk: BulkJob) -> str:
    """38 fetched, 3 for a person, 4 skipped, 1 failed."""
    counts, done = counts_of(bulk), kind_of(bulk.type).done
    words = {
        ItemStatus.DONE: done,
        ItemStatus.QUEUED: "for a person",
        ItemStatus.SKIPPED: "skipped",
        ItemStatus.FAILED: "failed",
    }
    parts = [f"{counts[status]} {word}" for status, word in words.items() if counts[status]]
    return ", ".join(parts) or "nobody was meant"
