"""Which of thirteen things are known of the artists: over all, by library, and who has least."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from artists.fields import BY_KEY
from artists.models import Artist, Library, Membership
from rules.checks.words import NAMES
from rules.facts import KINDS
from rules.reports.pictures import has_picture, picture_counts
from stillwater.remembered import until_written

LOWEST = 10


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to know: a column that is not `empty`, or a picture (no column). `types`: of these artists alone."""

    key: str
    label: str
    column: str = ""
    empty: object = ""
    types: tuple[str, ...] = ()

    def applies(self, path: str) -> Q:
        return Q((f"{path}type__in", self.types)) if self.types else Q()

    def known(self, path: str) -> Q:
        """`path` leads to the artist."""
        return ~Q((f"{path}{self.column}", self.empty)) & self.applies(path)


def _field(key: str) -> Item:
    field = BY_KEY[key]
    empty: object = [] if field.kind == "list" else ""
    return Item(key, field.label, key, empty, tuple(sorted(field.applies_to)))


ITEMS: tuple[Item, ...] = (
    Item("nfo", "NFO file", "nfo_exists", False),
    *(_field(key) for key in ("musicbrainz_id", "biography", "genres", "styles")),
    *(Item(kind, NAMES[kind]) for kind in KINDS),
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


@until_written
def completeness(library_id: int | None = None) -> Completeness:
    """Five queries, however many artists. Excluded artists are left out."""
    rows = _by_library(library_id)
    row = _of_all() if library_id is None else rows.get(library_id, {})
    fields = _coverage(row)
    names = Library.objects.values_list("pk", "name")
    libraries = [_library(key, name, rows[key]) for key, name in names if key in rows]
    return Completeness(_score(fields), row.get("artists", 0), fields, libraries, _lowest(library_id))


def _of_all() -> Mapping[str, int]:
    row: dict[str, int] = Artist.objects.filter(is_excluded=False).aggregate(**_counts())
    return {**row, **{f"{kind}_known": count for kind, count in picture_counts().items()}}


def _by_library(library_id: int | None) -> dict[int, Mapping[str, int]]:
    """From the memberships, which stand in an index by library: grouping the artists would sort their whole rows."""
    chosen = Membership.objects.order_by().filter(artist__is_excluded=False)
    if library_id is not None:
        chosen = chosen.filter(library=library_id)
    pictures = {f"{kind}_known": Count("pk", filter=has_picture(kind)) for kind in KINDS}
    rows: Iterable[Any] = chosen.values("library").annotate(**_counts("artist__"), **pictures)
    return {row["library"]: row for row in rows}


def _counts(path: str = "") -> dict[str, Count]:
    counts = {"artists": Count("pk")}
    for item in ITEMS:
        if item.column:
            counts[f"{item.key}_known"] = Count("pk", filter=item.known(path))
        if item.types:
            counts[f"{item.key}_asked"] = Count("pk", filter=item.applies(path))
    return counts


def _coverage(row: Mapping[str, int]) -> list[FieldCoverage]:
    """A picture that nobody has, and what applies to everybody, stand in no row of their own."""
    everybody = row.get("artists", 0)
    pairs = [(item, row.get(f"{item.key}_known", 0), row.get(f"{item.key}_asked", everybody)) for item in ITEMS]
    return [FieldCoverage(item.key, item.label, known, asked, _percent(known, asked)) for item, known, asked in pairs]


def _score(fields: list[FieldCoverage]) -> float:
    return _percent(sum(field.count for field in fields), sum(field.total for field in fields))


def _percent(part: int, whole: int) -> float:
    return round(part / whole * 100, 1) if whole else 0.0


def _library(key: int, name: str, row: Mapping[str, int]) -> LibraryCoverage:
    fields = _coverage(row)
    return LibraryCoverage(key, name, row["artists"], _score(fields), fields)


def _lowest(library_id: int | None) -> list[LowArtist]:
    rows: QuerySet[Artist] = Artist.objects.filter(is_excluded=False, health_evaluated_at__isnull=False)
    if library_id is not None:
        rows = rows.filter(memberships__library=library_id)
    home = Membership.objects.filter(artist=OuterRef("pk")).order_by("added_at", "library").values("library")[:1]
    found = rows.order_by("health_score", "pk").annotate(home=Subquery(home))
    return [LowArtist(*row) for row in found.values_list("pk", "name", "home", "health_score")[:LOWEST]]
