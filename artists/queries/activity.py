"""What was changed, by whom and why: operations one by one, or the runs they belong to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from artists.models import MetadataChange, Operation
from artists.queries.filters import of_artists_called
from artists.services.history import COMPANIONS, parse_moment
from stillwater.errors import Invalid

SOURCES = ("manual", "scan", "import", "provider:*", "rule:*", "revert")


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """What to show; blank parts restrict nothing. Moments are aware, both ends included."""

    field: str = ""
    source: str = ""
    artist: str = ""
    since: datetime | None = None
    until: datetime | None = None
    group: UUID | None = None

    @property
    def is_empty(self) -> bool:
        return self == ActivityFilter()

    @classmethod
    def from_query(cls, query: dict[str, str]) -> "ActivityFilter":
        """Read a query string's values. Raises Invalid for a date or a run that is none."""
        return cls(
            field=query.get("field", ""),
            source=query.get("source", ""),
            artist=query.get("artist", "").strip(),
            since=parse_moment(query.get("since", "")),
            until=parse_moment(query.get("until", ""), end_of_day=True),
            group=_group(query.get("run", "")),
        )


def operations(wanted: ActivityFilter) -> QuerySet[Operation]:
    """The newest first, with their changes and files at hand."""
    found = Operation.objects.select_related("artist", "actor").prefetch_related("changes", "files")
    if wanted.group:
        found = found.filter(group=wanted.group)
    if wanted.field:
        found = found.filter(changes__field=wanted.field).distinct()
    if wanted.source:
        whole = not wanted.source.endswith("*")
        found = found.filter(source=wanted.source) if whole else found.filter(source__startswith=wanted.source[:-1])
    if wanted.artist:
        gone = Q(artist=None, artist_name__icontains=wanted.artist)
        found = found.filter(gone | of_artists_called(wanted.artist))
    if wanted.since:
        found = found.filter(created_at__gte=wanted.since)
    if wanted.until:
        found = found.filter(created_at__lte=wanted.until)
    return found


def newest_of_runs() -> QuerySet[Operation]:
    """For each run its newest operation: one line per run, however many artists it changed."""
    later = Operation.objects.filter(group=OuterRef("group"), pk__gt=OuterRef("pk"))
    return operations(ActivityFilter()).filter(~Exists(later))


MOST_LOOKED_AT = 1000
"""Operations of a run whose artists are counted; of more it is told how many changes there are, from an index."""


@dataclass(frozen=True, slots=True)
class RunSize:
    """How much a run did: one artist may have several operations. `summaries`: how many different ones they have.

    `artists` is 0 where there are too many operations to look at.
    """

    operations: int = 1
    artists: int = 1
    summaries: int = 1


ALONE = RunSize()
"""An operation that belongs to no run."""


def run_sizes(groups: list[UUID]) -> dict[UUID, RunSize]:
    """Two queries for all of them; artists that are gone count by their names."""
    found = Operation.objects.filter(group__in=groups).order_by().values_list("group")
    counted: dict[UUID, int] = dict(found.annotate(Count("pk")))
    looked_at = found.filter(group__in=[group for group, count in counted.items() if 1 < count <= MOST_LOOKED_AT])
    known, gone = Count("artist", distinct=True), Count("artist_name", distinct=True, filter=Q(artist=None))
    details = looked_at.annotate(artists=known + gone, summaries=Count("summary", distinct=True))
    sizes = {group: RunSize(count, artists=0 if count > 1 else 1) for group, count in counted.items()}
    return sizes | {group: RunSize(counted[group], *numbers) for group, *numbers in details}


def still_open(shown: list[Operation]) -> set[UUID]:
    """The runs of these operations in which something can still be taken back."""
    left = Operation.objects.filter(group=OuterRef("group"), undone_at=None).exclude(source="revert").order_by()
    found = Operation.objects.filter(Exists(left), pk__in=[operation.pk for operation in shown])
    return set(found.values_list("group", flat=True))


def shown_changes(operation: Operation) -> list[MetadataChange]:
    """Its changed fields in the order of their writing, without columns that only go along."""
    return sorted((each for each in operation.changes.all() if each.field not in COMPANIONS), key=lambda each: each.pk)


def _group(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Invalid("unknown run", "run") from None
