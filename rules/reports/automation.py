"""What automation changed of the artists: each value with what it was before, and how many on each day."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.utils import timezone

from artists.fields import BY_KEY
from artists.models import MetadataChange
from artists.services.history import COMPANIONS
from artists.services.values import as_text
from rules.reports.series import by_day, day_begins_locally
from stillwater.remembered import until_written

KINDS = {"filled": "Filled in", "replaced": "Replaced", "cleared": "Cleared"}
SOURCES = {"rule": "By a rule", "provider": "From a provider"}
HEADER = ("When", "Artist", "Field", "What", "Before", "After", "By", "From", "Now")
IDS_HEADER = ("When", "Artist", "Before", "MusicBrainz ID", "By", "Why", "Now")
BY_ITSELF = Q(operation__source__startswith="rule:") | Q(operation__source__startswith="provider:")
_BLANK_BEFORE = Q(old_value="") | Q(old_value=[]) | Q(old_value__isnull=True) | Q(old_value=None)
_BLANK_AFTER = Q(new_value="") | Q(new_value=[]) | Q(new_value__isnull=True) | Q(new_value=None)
_WHAT = Case(
    When(_BLANK_AFTER, then=Value("cleared")),
    When(_BLANK_BEFORE, then=Value("filled")),
    default=Value("replaced"),
    output_field=CharField(),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which changes: of the last `days`; blank means any. `field` is a field's key."""

    days: int = 90
    kind: str = ""
    source: str = ""
    field: str = ""

    @property
    def first(self) -> date:
        return timezone.localdate() - timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True)
class Altered:
    """One value that automation changed. `now`: whether it still holds."""

    change: MetadataChange
    what: str

    @property
    def before(self) -> str:
        return as_text(self.change.old_value)

    @property
    def after(self) -> str:
        return as_text(self.change.new_value)

    @property
    def holds(self) -> bool:
        return bool(getattr(self.change.artist, self.change.field) == self.change.new_value)

    @property
    def now(self) -> str:
        if self.holds:
            return "holds"
        is_back = getattr(self.change.artist, self.change.field) == self.change.old_value
        return "taken back" if is_back else "changed since"


def altered(wanted: Wanted) -> QuerySet[Any]:
    """The changes themselves, the newest first, with `what`: filled, replaced or cleared."""
    rows = MetadataChange.objects.filter(BY_ITSELF, field__in=list(BY_KEY)).exclude(field__in=COMPANIONS)
    rows = rows.filter(created_at__gte=day_begins_locally(wanted.first)).annotate(what=_WHAT)
    if wanted.source:
        rows = rows.filter(operation__source__startswith=f"{wanted.source}:")
    if wanted.field:
        rows = rows.filter(field=wanted.field)
    if wanted.kind:
        rows = rows.filter(what=wanted.kind)
    return rows.select_related("artist", "operation").order_by("-pk")


def written_ids(wanted: Wanted) -> QuerySet[Any]:
    """MusicBrainz IDs alone."""
    return altered(Wanted(wanted.days, "", wanted.source, "musicbrainz_id")).exclude(what="cleared")


def altered_cells(wanted: Wanted) -> Iterator[list[object]]:
    """Rows for a spreadsheet, however many."""
    for row in altered(wanted).iterator(500):
        one = Altered(row, row.what)
        yield [
            row.created_at.isoformat(), row.artist.name, BY_KEY[row.field].label, one.what, one.before, one.after,
            row.operation.source, row.source, one.now,
        ]  # fmt: skip


def id_cells(wanted: Wanted) -> Iterator[list[object]]:
    for row in written_ids(wanted).iterator(500):
        one = Altered(row, row.what)
        yield [
            row.created_at.isoformat(), row.artist.name, one.before, one.after, row.operation.source,
            row.operation.summary, one.now,
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class AlteredDay:
    """`filled` was blank before; `replaced` counts what was cleared too."""

    date: date
    filled: int
    replaced: int


def per_day(wanted: Wanted) -> list[AlteredDay]:
    """Every day of the span, zeros included; two queries."""
    filled, replaced = _counted(wanted, ("filled",)), _counted(wanted, ("replaced", "cleared"))
    days = [wanted.first + timedelta(days=number) for number in range(wanted.days)]
    return [AlteredDay(day, filled[day], replaced[day]) for day in days]


@until_written
def _counted(wanted: Wanted, kinds: tuple[str, ...]) -> Counter[date]:
    return by_day(altered(wanted).filter(what__in=kinds), "created_at")


@until_written
def by_source(wanted: Wanted) -> list[tuple[str, int]]:
    """Sources of operations and how many values each changed, the busiest first."""
    rows: Any = altered(wanted).order_by().values_list("operation__source").annotate(count=Count("pk"))
    return sorted(rows, key=lambda row: (-row[1], row[0]))
