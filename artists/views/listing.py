"""The address of the artist list: the filters that hold, those on offer, and the links that change one thing of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from artists.models import Library
from artists.queries.filters import FACETS_BY_KEY, ArtistFilter
from artists.views.filter_pieces import DESCENDING_FIRST, GROUPS, OPPOSITES, QUICK, SORTS, Chip, Heading, Tri
from stillwater.paging import DEFAULT


class Listing:
    """What the page shows of a filter. The addresses it gives start on page one again."""

    def __init__(
        self,
        wanted: ArtistFilter,
        libraries: Sequence[Library],
        *,
        own_page_size: int = DEFAULT,
        panel_is_open: bool = False,
    ) -> None:
        """`own_page_size` is the person's: it need not be said in an address. An open panel stays open."""
        self.libraries = libraries
        self.panel_is_open = panel_is_open
        self.wanted = replace(
            wanted, page=1, page_size=DEFAULT if wanted.page_size == own_page_size else wanted.page_size
        )

    @cached_property
    def query(self) -> str:
        """With its question mark, or nothing."""
        return _address(self.wanted)

    @cached_property
    def trail(self) -> str:
        """What a link to one artist carries along, so that it has neighbours: nothing for the plain list."""
        return "" if self.query == "?" else self.query

    @property
    def with_panel(self) -> str:
        """The same list below the open filter panel."""
        return f"{self.query}&panel=1" if self.trail else "?panel=1"

    @property
    def scope(self) -> str:
        """Two lists of the same scope hold the same artists, in whatever order."""
        return self.wanted.to_query(with_page=False)

    @property
    def is_filtered(self) -> bool:
        return not self.wanted.is_open

    @property
    def sort_label(self) -> str:
        return SORTS[self.wanted.sort]

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What the search form sends along besides the search and the filter panel."""
        kept = replace(self.wanted, search="", facets={}, libraries={})
        return _pairs(kept)

    @property
    def filter_fields(self) -> list[tuple[str, str]]:
        """What it sends in place of a closed panel."""
        return [(f"filter_{key}", _sign(value)) for key, value in self.wanted.facets.items()] + [
            (f"filter_library_{pk}", _sign(value)) for pk, value in self.wanted.libraries.items()
        ]

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters that hold."""
        facets = [
            _held(_words(key, value), value, self._to(self.wanted.with_facet(key, None)))
            for key, value in self.wanted.facets.items()
        ]
        names = {library.pk: library.name for library in self.libraries}
        libraries = [
            _held(_library_words(names.get(pk, "unknown"), value), value, self._to(self._with_library(pk, None)))
            for pk, value in self.wanted.libraries.items()
        ]
        chosen = len(self.wanted.ids) if self.wanted.ids is not None else 0
        ids = [Chip(f"{chosen} chosen", "on", self._to(replace(self.wanted, ids=None)))] if chosen else []
        return facets + libraries + ids

    def quick(self, counts: Mapping[str, int]) -> list[Chip]:
        """Filters on offer."""
        return [
            Chip(FACETS_BY_KEY[key].label, "", self._to(self.wanted.with_facet(key, True)), counts.get(key))
            for key in QUICK
            if key not in self.wanted.facets
        ]

    def groups(self, counts: Mapping[str, int]) -> list[tuple[str, list[Tri]]]:
        """The controls of the filter panel."""
        groups = [(label, [self._facet(key, counts) for key in keys]) for label, keys in GROUPS.items()]
        libraries = [
            self._tri(f"filter_library_{each.pk}", each.name, self.wanted.libraries.get(each.pk), None)
            for each in self.libraries
        ]
        return [*groups, ("Library", libraries)] if len(libraries) > 1 else groups

    @property
    def headings(self) -> dict[str, Heading]:
        """Each sort. A click sorts, a second one turns it round, a third goes back to names."""
        return {sort: self._heading(sort) for sort in SORTS}

    @property
    def turned(self) -> str:
        """The same list from its other end."""
        return self._to(replace(self.wanted, descending=not self.wanted.descending))

    @property
    def cleared(self) -> str:
        """Every artist, sorted as now."""
        return self._to(ArtistFilter(sort=self.wanted.sort, descending=self.wanted.descending))

    def _heading(self, sort: str) -> Heading:
        backwards = sort in DESCENDING_FIRST
        if sort != self.wanted.sort:
            return Heading(SORTS[sort], self._to(replace(self.wanted, sort=sort, descending=backwards)), "")
        state = "descending" if self.wanted.descending else "ascending"
        if self.wanted.descending == backwards:
            return Heading(SORTS[sort], self.turned, state)
        return Heading(SORTS[sort], self._to(replace(self.wanted, sort="name", descending=False)), state)

    def _with_library(self, pk: int, include: bool | None) -> ArtistFilter:
        others = {key: value for key, value in self.wanted.libraries.items() if key != pk}
        return replace(self.wanted, libraries=others if include is None else {**others, pk: include})

    def _facet(self, key: str, counts: Mapping[str, int]) -> Tri:
        return self._tri(f"filter_{key}", FACETS_BY_KEY[key].label, self.wanted.facets.get(key), counts.get(key))

    @staticmethod
    def _tri(name: str, label: str, include: bool | None, count: int | None) -> Tri:
        return Tri(name, label, "" if include is None else _sign(include), count)

    def _to(self, wanted: ArtistFilter) -> str:
        address = _address(wanted)
        return f"{address.rstrip('?')}{'&' if address != '?' else '?'}panel=1" if self.panel_is_open else address


def _held(label: str, include: bool, without: str) -> Chip:
    return Chip(label, "on" if include else "off", without)


def _library_words(name: str, include: bool) -> str:
    return name if include else f"not {name}"


def _words(key: str, include: bool) -> str:
    label = FACETS_BY_KEY[key].label
    return label if include else OPPOSITES.get(key, f"not {label.lower()}")


def _address(wanted: ArtistFilter) -> str:
    query = wanted.to_query()
    return f"?{query}" if query else "?"


def _pairs(wanted: ArtistFilter) -> list[tuple[str, str]]:
    said = {
        "sort": "" if wanted.sort == "name" else wanted.sort,
        "order": "desc" if wanted.descending else "",
        "page_size": str(wanted.page_size) if wanted.page_size != DEFAULT else "",
        "ids": ",".join(str(each) for each in wanted.ids or ()),
    }
    return [(name, value) for name, value in said.items() if value]


def _sign(include: bool) -> str:
    return "+y" if include else "-y"
