"""Which artists a run is about, and for whom there is something to do: the same answer before it and during it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.utils import timezone

from artists.models import Artist, BulkItem, BulkJob, ItemStatus
from artists.services.bulk_runs.kinds import BulkKind

AT_ONCE = 500
"""Items per insert: a few milliseconds of holding the database's write lock."""

UNKNOWN = "no such artist"


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a run would do: numbers before anything is done. `skipped`: reason to number."""

    total: int
    changing: int
    without_id: int
    skipped: dict[str, int]


@dataclass(frozen=True, slots=True)
class Meant:
    """The artists that somebody asked for. `unknown`: ids that belong to nobody."""

    artists: QuerySet[Artist]
    unknown: Sequence[str] = ()

    @classmethod
    def by_ids(cls, ids: Sequence[str]) -> "Meant":
        """Each once. Ids are opaque texts; those that no artist has are counted as skipped."""
        wanted = list(dict.fromkeys(ids))
        numbers = {text: int(text) for text in wanted if text.isascii() and text.isdigit() and len(text) < 18}
        artists = Artist.objects.filter(pk__in=numbers.values())
        there = set(artists.values_list("pk", flat=True))
        return cls(artists, [text for text in wanted if numbers.get(text) not in there])

    def count(self) -> int:
        return self.artists.count() + len(self.unknown)


def dry_run(kind: BulkKind, artists: QuerySet[Artist]) -> DryRun:
    """One query, however many artists."""
    rows = _judged(kind.skips, artists).order_by().values("reason")
    told = list(rows.annotate(number=Count("pk"), unknown=Count("pk", filter=Q(musicbrainz_id=""))))
    skipped = {row["reason"]: row["number"] for row in told if row["reason"]}
    total, left = sum(row["number"] for row in told), sum(skipped.values())
    without_id = sum(row["unknown"] for row in told if not row["reason"]) if kind.identifies else 0
    return DryRun(total, total - left, without_id, skipped)


def plan(bulk: BulkJob, kind: BulkKind, meant: Meant) -> None:
    """An item for every artist that is meant; begun anew when it was interrupted."""
    if bulk.planned:
        return
    rows = _judged(kind.skips, meant.artists).order_by("pk").values_list("pk", "name", "reason")
    last = bulk.items.exclude(artist=None).order_by("-artist_id").values_list("artist_id", flat=True).first() or 0
    while batch := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        BulkItem.objects.bulk_create(
            (_item(bulk, pk, name, reason) for pk, name, reason in batch), ignore_conflicts=True
        )
        last = batch[-1][0]
    bulk.items.filter(artist=None).delete()
    BulkItem.objects.bulk_create((_item(bulk, None, text, UNKNOWN) for text in meant.unknown), AT_ONCE)
    BulkJob.objects.filter(pk=bulk.pk).update(planned=True)
    bulk.planned = True


def artist_of(item: BulkItem, skips: Sequence[tuple[Q, str]]) -> tuple[Artist | None, str]:
    """The artist as it is now and why it is to be left alone, if so."""
    if item.artist_id is None:
        return None, UNKNOWN
    artist = _judged(skips, Artist.objects.filter(pk=item.artist_id)).first()
    return (artist, artist.reason) if artist else (None, UNKNOWN)


def _judged(skips: Sequence[tuple[Q, str]], artists: QuerySet[Artist]) -> Any:
    """With `reason`: the first of the skips that fits, or blank."""
    cases = [When(condition, then=Value(reason)) for condition, reason in skips]
    return artists.annotate(reason=Case(*cases, default=Value(""), output_field=CharField()))


def _item(bulk: BulkJob, pk: int | None, name: str, reason: str) -> BulkItem:
    if not reason:
        return BulkItem(bulk=bulk, artist_id=pk, artist_name=name)
    return BulkItem(
        bulk=bulk,
        artist_id=pk,
        artist_name=name,
        status=ItemStatus.SKIPPED,
        message=reason,
        finished_at=timezone.now(),
    )
