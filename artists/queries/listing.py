"""The artist list: one page of it with what each row shows, its size, and the numbers beside the filter's options."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.db.models import Count, Q, QuerySet

from artists.models import Artist
from artists.queries.at_hand import with_lists
from artists.queries.filters import FACETS, ArtistFilter, facet_condition
from stillwater.remembered import remember

FEW = 2000
"""So many artists are looked up and sorted in a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some artists of all that match; pages count from 1."""

    artists: Sequence[Artist]
    total: int
    number: int
    size: int

    @property
    def count(self) -> int:
        """How many pages there are; one at least."""
        return max(1, ceil(self.total / self.size))

    @property
    def first(self) -> int:
        """The place of the first artist shown, from 1; 0 when there is none."""
        return min(self.total, (self.number - 1) * self.size + 1)

    @property
    def last(self) -> int:
        return min(self.total, self.number * self.size)


def matching(wanted: ArtistFilter) -> QuerySet[Artist]:
    """The artists that a filter means, in no order."""
    return Artist.objects.filter(wanted.condition()).order_by()


def list_artists(wanted: ArtistFilter, *, records: bool = False) -> Page:
    """One page with images and memberships at hand, and provider records if asked for, in a fixed number of queries.

    The filter works on narrow indexes and only the rows shown are read in full. Measured in SQLite with 100,000
    artists: see tests/benchmarks/artist_list.py.
    """
    found = remember(("artists", wanted.to_query(with_page=False)), lambda: _found(wanted))
    start = (wanted.page - 1) * wanted.page_size
    artists = [] if start >= found.total else _rows(wanted, found.keys, start, records=records)
    return Page(artists, found.total, wanted.page, wanted.page_size)


def with_rows(artists: QuerySet[Artist]) -> QuerySet[Artist]:
    """With what the list and the API print beside the artist's own columns."""
    return artists.prefetch_related("images", "memberships", "provider_records")


def filter_counts(wanted: ArtistFilter) -> dict[str, int]:
    """How many artists each facet would show beside the other settings of the filter; one query.

    A facet's own setting, and those of its group, are left out of the question: the number says what choosing it gives.
    """
    return remember(("facets", wanted.to_query(with_page=False)), lambda: _counted(wanted))


def _counted(wanted: ArtistFilter) -> dict[str, int]:
    base = ArtistFilter(search=wanted.search, ids=wanted.ids, libraries=wanted.libraries)
    # An aggregate named like a column (locked) would stand in that column's place within the other facets.
    counts = {f"count_{facet.key}": Count("pk", filter=_beside(wanted, facet.key)) for facet in FACETS}
    found = matching(base).aggregate(**counts)
    return {name.removeprefix("count_"): number for name, number in found.items()}


def _beside(wanted: ArtistFilter, key: str) -> Q:
    facet = next(facet for facet in FACETS if facet.key == key)
    own = {each.key for each in FACETS if each.key == key or (facet.group and each.group == facet.group)}
    others = {other: include for other, include in wanted.facets.items() if other not in own}
    return facet_condition(others) & facet.condition


@dataclass(frozen=True, slots=True)
class _Found:
    """How many artists match, and which, where they are few."""

    total: int
    keys: tuple[int, ...] | None


def _found(wanted: ArtistFilter) -> _Found:
    """Few are found and counted by looking once; of many the first ones show soon that they are many."""
    found = matching(wanted)
    if not wanted.is_open:
        keys = tuple(found.values_list("pk", flat=True)[: FEW + 1])
        if len(keys) <= FEW:
            return _Found(len(keys), keys)
    return _Found(found.count(), None)


def _rows(wanted: ArtistFilter, keys: tuple[int, ...] | None, start: int, *, records: bool) -> list[Artist]:
    """Many matches: walk in order until the page is full. Few: look them up, then sort them."""
    chosen = matching(wanted) if keys is None else Artist.objects.filter(pk__in=keys)
    ordered = with_lists(chosen.order_by(*wanted.ordering()), records=records)
    return list(ordered[start : start + wanted.page_size])
