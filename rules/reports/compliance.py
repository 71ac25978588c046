"""Artist by artist: health, what is there, and what is wrong; a page of it, or all of it as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from artists.models import Artist, ArtistImage, Membership
from artists.queries.filters import LEGACY, SORTS, ArtistFilter, facet_condition
from rules.catalogue import BY_ID
from rules.models import ACTIVE, RuleSetting, Status, Violation
from rules.queries.findings import one_of
from stillwater.remembered import until_written

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ComplianceFilter:
    """What to list; a blank means any. `filter` is one of the contract's words for artist lists."""

    search: str = ""
    filter: str = ""
    status: str = ""
    library_id: int | None = None
    health_min: int | None = None
    health_max: int | None = None

    def as_q(self) -> Q:
        """Raises Invalid for a word that means nothing."""
        one_of("status", self.status, ("compliant", "non_compliant"))
        one_of("filter", self.filter, LEGACY)
        wanted = Q(is_excluded=False) if self.filter != "excluded" else Q()
        facets = [dict([LEGACY[word]]) for word in (self.filter, self.status) if word]
        wanted &= ArtistFilter(search=self.search).condition()
        for facet in facets:
            wanted &= facet_condition(facet)
        if self.library_id is not None:
            wanted &= Q(pk__in=Membership.objects.filter(library=self.library_id).values("artist"))
        bounds = {"health_score__gte": self.health_min, "health_score__lte": self.health_max}
        return wanted & Q(**{name: bound for name, bound in bounds.items() if bound is not None})


@dataclass(frozen=True, slots=True)
class ComplianceRow:
    artist: Artist
    violations: list[Violation]
    images: frozenset[str]
    library_id: int | None
    library_name: str
    rules_evaluated_count: int
    rules_passed_count: int


@dataclass(frozen=True, slots=True)
class CompliancePage:
    rows: list[ComplianceRow] = field(default_factory=list)
    total: int = 0
    page: int = 1
    page_size: int = 50


def compliance(wanted: ComplianceFilter, *, sort: str, order: str, page: int, page_size: int) -> CompliancePage:
    """One page; the number of queries does not grow with it. Raises Invalid."""
    chosen = _with_rows(_chosen(wanted, sort, order), _active())
    total = _total(wanted)
    start = (page - 1) * page_size
    return CompliancePage(_rows(list(chosen[start : start + page_size])), total, page, page_size)


def compliance_table(wanted: ComplianceFilter, *, sort: str, order: str) -> Iterator[ComplianceRow]:
    """Every row, however many, as far as `as_cells` prints it. Raises Invalid at once, not with the first row."""
    return _all_rows(_chosen(wanted, sort, order))


@until_written
def _total(wanted: ComplianceFilter) -> int:
    return Artist.objects.filter(wanted.as_q()).count()


def _all_rows(chosen: QuerySet[Artist]) -> Iterator[ComplianceRow]:
    """The order is asked once: each further offset would walk through all the rows before it."""
    keys = list(chosen.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        found = _with_rows(Artist.objects.only(*_PRINTED), _active().only("artist", "message")).in_bulk(part)
        yield from _rows([found[key] for key in part if key in found])


_PRINTED = ("name", "health_score", "nfo_exists", "musicbrainz_id", "path")
HEADER = ("Artist Name", "Health Score", "Metadata", "Thumbnail", "Fanart", "Logo", "MBID", "Library", "Violations")


def as_cells(row: ComplianceRow) -> Sequence[object]:
    """One line of the export, in the order of HEADER."""
    artist = row.artist
    pictures = (_yes(kind in row.images) for kind in ("thumb", "fanart", "logo"))
    facts = (_yes(artist.nfo_exists), *pictures, _yes(bool(artist.musicbrainz_id)))
    return (
        artist.name,
        f"{artist.health_score:.1f}",
        *facts,
        row.library_name,
        "; ".join(one.message for one in row.violations),
    )


def _chosen(wanted: ComplianceFilter, sort: str, order: str) -> QuerySet[Artist]:
    one_of("sort", sort, SORTS)
    one_of("order", order, ("asc", "desc"))
    sign = "-" if order == "desc" else ""
    return Artist.objects.filter(wanted.as_q()).order_by(f"{sign}{sort or 'name'}", f"{sign}pk")


def _active() -> QuerySet[Violation]:
    return Violation.objects.filter(status__in=ACTIVE).order_by("-rank", "pk")


def _with_rows(artists: QuerySet[Artist], violations: QuerySet[Violation]) -> QuerySet[Artist]:
    images = ArtistImage.objects.order_by().filter(slot=0, exists=True).only("artist", "kind")
    homes = Membership.objects.select_related("library").order_by("added_at", "library")
    return artists.prefetch_related(
        Prefetch("violations", violations, to_attr="active_violations"),
        Prefetch("images", images, to_attr="main_images"),
        Prefetch("memberships", homes.only("artist", "library__name"), to_attr="homes"),
    )


def _rows(artists: Sequence[Artist]) -> list[ComplianceRow]:
    if not artists:
        return []
    enabled = list(RuleSetting.objects.filter(enabled=True).values_list("pk", flat=True))
    failing = _failing([artist.pk for artist in artists], enabled)
    with_folder = len(enabled)
    without = sum(not BY_ID[key].filesystem for key in enabled if key in BY_ID)
    return [_row(one, with_folder if one.path else without, failing.get(one.pk, 0)) for one in artists]


def _failing(artists: Sequence[int], enabled: Sequence[str]) -> dict[int, int]:
    """Rules that each artist breaks; a dismissed finding is still a broken rule."""
    rows = Violation.objects.order_by().filter(artist__in=artists, rule__in=enabled).exclude(status=Status.RESOLVED)
    return dict(rows.values_list("artist_id").annotate(count=Count("pk")))


def _row(artist: Any, considered: int, failing: int) -> ComplianceRow:
    home = artist.homes[0].library if artist.homes else None
    return ComplianceRow(
        artist=artist,
        violations=artist.active_violations,
        images=frozenset(image.kind for image in artist.main_images),
        library_id=home.pk if home else None,
        library_name=home.name if home else "",
        rules_evaluated_count=considered,
        rules_passed_count=max(considered - failing, 0),
    )


def _yes(fact: bool) -> str:
    return "yes" if fact else "no"
