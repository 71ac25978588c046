"""The walk from item to item: one that fails stops nobody else, and a walk that was killed goes on where it was."""

import logging

from django.db.models import Count
from django.utils import timezone

from artists.models import OPEN_STATUSES, Artist, BulkItem, BulkJob, ItemStatus
from artists.services.bulk_runs.kinds import LEFT_ALONE, BulkKind, Outcome, Run
from artists.services.bulk_runs.planning import Meant, artist_of, plan
from stillwater.errors import Gone, Locked, StillwaterError, WriteBlocked
from stillwater.progress import Cancelled, Progress, no_progress

logger = logging.getLogger(__name__)

Counts = dict[str, int]


def walk(bulk: BulkJob, kind: BulkKind, meant: Meant, run: Run, *, progress: Progress = no_progress) -> Counts:
    """Do it to everybody who is meant; returns the number of items by status. Raises Cancelled between two artists."""
    plan(bulk, kind, meant)
    counts = counts_of(bulk)
    total = sum(counts.values())
    done = total - sum(counts[status] for status in OPEN_STATUSES)
    while batch := list(bulk.items.filter(status__in=OPEN_STATUSES)[:100]):
        for item in batch:
            progress(done, total, item.artist_name)
            finish(item, _worked(kind, item, run))
            done += 1
    return counts_of(bulk)


def counts_of(bulk: BulkJob) -> Counts:
    """Every status, also those of nobody."""
    rows = bulk.items.order_by().values_list("status").annotate(number=Count("pk"))
    return {**dict.fromkeys(ItemStatus.values, 0), **dict(rows)}


def finish(item: BulkItem, outcome: Outcome) -> None:
    BulkItem.objects.filter(pk=item.pk).update(
        status=outcome.status,
        message=outcome.message[:500],
        linked=outcome.linked,
        finished_at=timezone.now(),
    )


def _worked(kind: BulkKind, item: BulkItem, run: Run) -> Outcome:
    """What a run has begun with an artist, it ends: only locks and exclusion hold it up then."""
    begun = item.status == ItemStatus.RUNNING
    artist, reason = artist_of(item, LEFT_ALONE if begun and kind.skips else kind.skips)
    if artist is None or reason:
        return Outcome(ItemStatus.SKIPPED, reason)
    if not begun:
        item.status, item.started_at = ItemStatus.RUNNING, timezone.now()
        item.save(update_fields=["status", "started_at"])
    return _tried(kind, artist, item, run)


def _tried(kind: BulkKind, artist: Artist, item: BulkItem, run: Run) -> Outcome:
    try:
        return kind.step(artist, item, run)
    except (Locked, Gone, WriteBlocked) as refusal:
        return Outcome(ItemStatus.SKIPPED, refusal.message)
    except StillwaterError as error:
        return Outcome(ItemStatus.FAILED, error.message)
    except Cancelled:
        raise
    except Exception as error:
        logger.exception("%s of %s failed", kind.key, artist.name)
        return Outcome(ItemStatus.FAILED, f"{type(error).__name__}: {error}")
