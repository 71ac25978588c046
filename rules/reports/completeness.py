"""Which of thirteen things are known of the artists: over all, by library, and who has least."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from artists.fields import BY_KEY
from artists.models import Artist, Library, Membership
from rules.checks.words import NAMES
from rules.facts import KINDS, with_pictures

LOWEST = 10


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to know; `applies` to which artists, `present` where it is known."""

    key: str
    label: str
    present: Q
    applies: Q


def _field(key: str) -> Item:
    field = BY_KEY[key]
    empty = Q((key, [])) if field.kind == "list" else Q((key, ""))
    applies = Q(type__in=sorted(field.applies_to)) if field.applies_to else Q()
    return Item(key, field.label, ~empty, applies)


ITEMS: tuple[Item, ...] = (
    Item("nfo", "NFO file", Q(nfo_exists=True), Q()),
    *(_field(key) for key in ("musicbrainz_id", "biography", "genres", "styles")),
    *(Item(kind, NAMES[kind], Q((f"{kind}__exists", True)), Q()) for kind in KINDS),
    *(_field(key) for key in ("formed", "disbanded", "born", "died")),
)


@dataclass(frozen=True, slots=True)
class FieldCoverage:
    """How many of the artists that it applies to have it; the percentage of none is 0."""

    field: str
    label: str
    count: int
    total: int
    percentage: float


@dataclass(frozen=True, slots=True)
class LibraryCoverage:
    library_id: int
    library_name: str
    total_artists: int
    score: float
    fields: list[FieldCoverage]


@dataclass(frozen=True, slots=True)
class LowArtist:
    id: int
    name: str
    library_id: int | None
    health_score: float


@dataclass(frozen=True, slots=True)
class Completeness:
    overall_score: float
    total_artists: int
    fields: list[FieldCoverage]
    libraries: list[LibraryCoverage]
    lowest: list[LowArtist]


def completeness(library_id: int | None = None) -> Completeness:
    """Three queries, however many artists. Excluded artists are left out."""
    chosen = with_pictures().filter(is_excluded=False)
    if library_id is not None:
        chosen = chosen.filter(memberships__library=library_id)
    row = chosen.aggregate(**_counts())
    fields = _coverage(row)
    return Completeness(_score(fields), row["artists"], fields, _by_library(chosen), _lowest(chosen))


def _counts() -> dict[str, Count]:
    counts = {"artists": Count("pk")}
    for item in ITEMS:
        counts[f"{item.key}_known"] = Count("pk", filter=item.present & item.applies)
        counts[f"{item.key}_asked"] = Count("pk", filter=item.applies) if item.applies else Count("pk")
    return counts


def _coverage(row: dict[str, Any]) -> list[FieldCoverage]:
    pairs = [(item, row[f"{item.key}_known"], row[f"{item.key}_asked"]) for item in ITEMS]
    return [FieldCoverage(item.key, item.label, known, asked, _percent(known, asked)) for item, known, asked in pairs]


def _score(fields: list[FieldCoverage]) -> float:
    return _percent(sum(field.count for field in fields), sum(field.total for field in fields))


def _percent(part: int, whole: int) -> float:
    return round(part / whole * 100, 1) if whole else 0.0


def _by_library(chosen: QuerySet[Artist]) -> list[LibraryCoverage]:
    rows = chosen.values(library=F("memberships__library")).annotate(**_counts())
    found = {row["library"]: row for row in rows}
    return [
        _library(key, name, dict(found[key])) for key, name in Library.objects.values_list("pk", "name") if key in found
    ]


def _library(key: int, name: str, row: dict[str, Any]) -> LibraryCoverage:
    fields = _coverage(row)
    return LibraryCoverage(key, name, row["artists"], _score(fields), fields)


def _lowest(chosen: QuerySet[Artist]) -> list[LowArtist]:
    rows = chosen.filter(health_evaluated_at__isnull=False).order_by("health_score", "pk")
    home = Membership.objects.filter(artist=OuterRef("pk")).order_by("added_at", "library").values("library")[:1]
    columns = ("pk", "name", "home", "health_score")
    return [LowArtist(*row) for row in rows.annotate(home=Subquery(home)).values_list(*columns)[:LOWEST]]
