"""The history of changed fields: listed with filters, and taken back one by one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import Q, QuerySet

from artists.fields import BY_KEY
from artists.models import Artist, MetadataChange
from artists.services.gates import require_write
from artists.services.operations import operation
from artists.services.permission import REVERT
from artists.services.writeback import follow_nfo
from stillwater.errors import Invalid, NotFound
from stillwater.models import User
from stillwater.moments import within_reach

COMPANIONS = frozenset({"lock_source", "locked_at", "exclusion_reason", "exclusion_by_hand"})
"""Columns that only go along with another one; they would tell nobody anything."""


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """What to list. `sources` may name a kind, as in `provider:*`; moments are aware, both ends included."""

    artist_id: int | None = None
    fields: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


def history(wanted: HistoryFilter) -> QuerySet[MetadataChange]:
    """Newest first, with the artist and the operation at hand."""
    found = MetadataChange.objects.exclude(field__in=COMPANIONS).select_related("artist", "operation")
    if wanted.artist_id is not None:
        found = found.filter(artist_id=wanted.artist_id)
    if wanted.fields:
        found = found.filter(field__in=wanted.fields)
    if wanted.sources:
        found = found.filter(_from(wanted.sources))
    if wanted.since:
        found = found.filter(created_at__gte=wanted.since)
    if wanted.until:
        found = found.filter(created_at__lte=wanted.until)
    return found


def parse_moment(text: str, *, end_of_day: bool = False) -> datetime | None:
    """An ISO moment or date; a date alone is its first moment, or its last. Blank is None. Raises Invalid."""
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return _moment(text)
    return within_reach(datetime.combine(day, time.max if end_of_day else time.min, UTC))


def revert(change_id: int, *, actor: User | None = None) -> MetadataChange:
    """Give a field the value it had before this change, whatever happened since; artist.nfo follows.

    Raises NotFound, Invalid for an entry that is itself a revert or no field, Locked, WriteBlocked.
    """
    recorded = MetadataChange.objects.select_related("artist").filter(pk=change_id).first()
    if recorded is None:
        raise NotFound("change not found")
    if recorded.source == REVERT:
        raise Invalid("a revert cannot be reverted")
    if recorded.field not in BY_KEY or not BY_KEY[recorded.field].tracked:
        raise Invalid("this field cannot be reverted")
    _revert(recorded, recorded.artist, actor)
    return recorded


def _revert(recorded: MetadataChange, artist: Artist, actor: User | None) -> None:
    if artist.path:
        require_write("nfo", artist)
    summary = f"Reverted {BY_KEY[recorded.field].label.lower()}"
    with operation(artist, source=REVERT, summary=summary, actor=actor) as change:
        change.set(recorded.field, recorded.old_value)
        change.labels[recorded.field] = recorded.old_label
        follow_nfo(change)


def _from(sources: tuple[str, ...]) -> Q:
    condition = Q()
    for source in sources:
        condition |= Q(source__startswith=source[:-1]) if source.endswith("*") else Q(source=source)
    return condition


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        raise Invalid(f"not a date or moment: {text[:40]}") from None
    return within_reach(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
