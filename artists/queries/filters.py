"""The one filter grammar of artists: lists, queues, reports and selections read it (behaviour.md 1, ui.md 4.3.8)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.http import QueryDict

from artists.fields import IMAGE_KINDS
from artists.matching.similarity import search_key
from artists.models import Artist, ArtistImage, Membership
from stillwater.errors import Invalid
from stillwater.numbers import key_asked, whole_number
from stillwater.paging import DEFAULT, page_number, page_size

SORTS = ("name", "sort_name", "health_score", "updated_at", "created_at")
MAX_IDS, MAX_SEARCH = 1000, 256
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_INCLUDE, _EXCLUDE = frozenset({"+y", "y", " y"}), frozenset({"-y"})
_LIBRARY = re.compile(r"filter_library_(.+)")


def without_image(kind: str) -> Q:
    """Artists without a picture of that kind."""
    images = ArtistImage.objects.filter(artist=OuterRef("pk"), kind=kind, exists=True)
    return Q(~Exists(images))


def _without_some_image() -> Q:
    """The kinds that most artists lack come first: one that is missing decides."""
    condition = Q()
    for kind in reversed(IMAGE_KINDS):
        condition |= without_image(kind)
    return condition


def is_called(text: str) -> Q | None:
    """Artists with these letters in a name or an alias, accents and case aside; None where no letter is left.

    Both sides are folded already, so their bytes are compared as they are: two thirds of the time of LIKE.
    """
    key = search_key(text[:MAX_SEARCH])
    return Q(GreaterThan(StrIndex("search_text", Value(key)), 0)) if key else None


def of_artists_called(text: str) -> Q:
    """Rows that belong to an artist with these letters in a name; none where no letter is left."""
    named = is_called(text)
    return Q(artist__in=Artist.objects.order_by().filter(named).values("pk")) if named else Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Facet:
    """One option of the filter: `filter_<key>=+y` shows these artists only, `-y` all others.

    Facets of one group are joined by or where they include.
    """

    key: str
    label: str
    condition: Q
    group: str = ""


FACETS: tuple[Facet, ...] = (
    Facet("missing_meta", "No NFO", Q(nfo_exists=False)),
    Facet("missing_images", "An image missing", _without_some_image()),
    *(Facet(f"missing_{kind}", f"No {kind}", without_image(kind)) for kind in IMAGE_KINDS),
    Facet("missing_mbid", "No MusicBrainz ID", Q(musicbrainz_id="")),
    Facet("compliant", "Nothing wrong", Q(health_score__gte=100)),
    Facet("excluded", "Excluded", Q(is_excluded=True)),
    Facet("locked", "Locked", Q(locked=True)),
    Facet("type_person", "Person", Q(type__in=["person", "solo"]), "type"),
    Facet("type_group", "Group", Q(type="group"), "type"),
    Facet("type_orchestra", "Orchestra", Q(type="orchestra"), "type"),
    Facet("type_choir", "Choir", Q(type="choir"), "type"),
    Facet("type_character", "Character", Q(type="character"), "type"),
    Facet("type_unknown", "Type unknown", Q(type=""), "type"),
)
FACETS_BY_KEY = {facet.key: facet for facet in FACETS}

LEGACY: dict[str, tuple[str, bool]] = {
    "missing_nfo": ("missing_meta", True),
    "not_excluded": ("excluded", False),
    "not_locked": ("locked", False),
    "non_compliant": ("compliant", False),
    **{key: (key, True) for key in ("missing_mbid", "excluded", "locked", "compliant")},
    **{f"missing_{kind}": (f"missing_{kind}", True) for kind in IMAGE_KINDS},
}
"""The older `filter=` values: facet, and whether it includes."""


@dataclass(frozen=True, slots=True)
class ArtistFilter:
    """Which artists, in which order, which page. `facets` and `libraries`: True includes, False excludes."""

    search: str = ""
    ids: tuple[int, ...] | None = None
    facets: Mapping[str, bool] = field(default_factory=dict)
    libraries: Mapping[int, bool] = field(default_factory=dict)
    sort: str = "name"
    descending: bool = False
    page: int = 1
    page_size: int = DEFAULT

    @classmethod
    def from_query(cls, query: QueryDict, *, default_page_size: int = DEFAULT) -> "ArtistFilter":
        """Read a query string; unknown sorts and odd numbers have their defaults. Raises Invalid for bad `ids`."""
        facets, libraries = _facets(query), _libraries(query)
        if legacy := LEGACY.get(query.get("filter", "")):
            facets.setdefault(*legacy)
        sort = query.get("sort", "name")
        return cls(
            search=query.get("search", "").strip()[:MAX_SEARCH],
            ids=_ids(query.get("ids", "")),
            facets=facets,
            libraries=libraries,
            sort=sort if sort in SORTS else "name",
            descending=query.get("order") == "desc",
            page=page_number(_number(query.get("page"))),
            page_size=page_size(_number(query.get("page_size")), default_page_size),
        )

    @property
    def is_open(self) -> bool:
        """Nothing is filtered: every artist is meant."""
        return not (self.search or self.facets or self.libraries) and self.ids is None

    def condition(self) -> Q:
        """What an artist has to fulfil."""
        condition = Q() if self.ids is None else Q(pk__in=self.ids)
        if named := is_called(self.search):
            condition &= named
        return condition & facet_condition(self.facets) & _library_condition(self.libraries)

    def ordering(self) -> tuple[str, str]:
        """Two columns, so that equal values keep their places from page to page."""
        sign = "-" if self.descending else ""
        return f"{sign}{self.sort}", f"{sign}pk"

    def with_facet(self, key: str, include: bool | None, *, keep_page: bool = False) -> "ArtistFilter":
        """The same with one facet set, or left out (None); on the first page, as another list begins there."""
        facets = {other: value for other, value in self.facets.items() if other != key}
        page = self.page if keep_page else 1
        return replace(self, facets=facets if include is None else {**facets, key: include}, page=page)

    def to_query(self, *, with_page: bool = True) -> str:
        """The query string that reads back as this, always spelled alike; what has its default is left out."""
        parts: dict[str, object] = {"search": self.search} if self.search else {}
        if self.ids is not None:
            parts["ids"] = ",".join(str(each) for each in self.ids)
        parts |= {f"filter_{key}": _sign(value) for key, value in sorted(self.facets.items())}
        parts |= {f"filter_library_{pk}": _sign(value) for pk, value in sorted(self.libraries.items())}
        if with_page:
            parts |= self._place()
        return urlencode(parts)

    def _place(self) -> dict[str, object]:
        order = "desc" if self.descending else "asc"
        place = {"sort": self.sort, "order": order, "page": self.page, "page_size": self.page_size}
        defaults = {"sort": "name", "order": "asc", "page": 1, "page_size": DEFAULT}
        return {key: value for key, value in place.items() if value != defaults[key]}


def facet_condition(facets: Mapping[str, bool]) -> Q:
    """Includes of one group are joined by or; everything else has to hold together."""
    condition, groups = Q(), dict[str, Q]()
    for key, include in facets.items():
        facet = FACETS_BY_KEY[key]
        if include and facet.group:
            groups[facet.group] = groups.get(facet.group, Q()) | facet.condition
        else:
            condition &= facet.condition if include else ~facet.condition
    for either in groups.values():
        condition &= either
    return condition


def _library_condition(libraries: Mapping[int, bool]) -> Q:
    wanted = [pk for pk, include in libraries.items() if include]
    unwanted = [pk for pk, include in libraries.items() if not include]
    condition = Q(_is_in(wanted)) if wanted else Q()
    return condition & Q(~_is_in(unwanted)) if unwanted else condition


def _is_in(libraries: Iterable[int]) -> Exists:
    """Asked artist by artist, so that a page stops looking once it is full."""
    return Exists(Membership.objects.filter(artist=OuterRef("pk"), library__in=list(libraries)))


def _facets(query: QueryDict) -> dict[str, bool]:
    given = {key: _include(query.get(f"filter_{key}")) for key in FACETS_BY_KEY}
    return {key: include for key, include in given.items() if include is not None}


def _libraries(query: QueryDict) -> dict[int, bool]:
    libraries: dict[int, bool] = {}
    if (alone := key_asked(query.get("library_id", ""))) is not None:
        libraries[alone] = True
    for key in query:
        match, include = _LIBRARY.fullmatch(key), _include(query.get(key))
        if match and include is not None:
            libraries[key_asked(match[1]) or 0] = include
    return libraries


def _include(value: str | None) -> bool | None:
    """An unescaped plus arrives as a space; both, and a bare y, include (ui.md 4.3.8)."""
    if value in _INCLUDE:
        return True
    return False if value in _EXCLUDE else None


def _ids(text: str) -> tuple[int, ...] | None:
    """None when no ids are asked for. An id that is well-formed and none of ours matches nobody."""
    words = list(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
    if not words:
        return None
    if len(words) > MAX_IDS:
        raise Invalid(f"at most {MAX_IDS} ids", "ids")
    if not all(_ID.fullmatch(word) for word in words):
        raise Invalid("invalid ids", "ids")
    return tuple(number for number in map(whole_number, words) if number is not None)


def _sign(include: bool) -> str:
    return "+y" if include else "-y"


def _number(text: str | None) -> int | None:
    return whole_number(text) if text else None
