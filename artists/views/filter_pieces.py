"""The words and pieces of the artist list's filters: sorts, groups of the panel, chips, headings, controls."""

from dataclasses import dataclass

from artists.queries.filters import FACETS

SORTS: dict[str, str] = {
    "name": "Artist",
    "sort_name": "Sort name",
    "health_score": "Health",
    "updated_at": "Changed",
    "created_at": "Added",
}
DESCENDING_FIRST = ("updated_at", "created_at")
QUICK = ("missing_images", "missing_mbid", "missing_meta", "locked")
"""The filters that are one click away."""

GROUPS: dict[str, tuple[str, ...]] = {
    "What is missing": (
        "missing_meta", "missing_mbid", "missing_images", "missing_thumb", "missing_fanart", "missing_logo",
        "missing_banner",
    ),
    "Standing": ("compliant", "locked", "excluded"),
    "Kind": tuple(facet.key for facet in FACETS if facet.group == "type"),
}  # fmt: skip
"""The filter panel."""

OPPOSITES: dict[str, str] = {
    "missing_meta": "has an NFO",
    "missing_images": "has every image",
    "missing_mbid": "has a MusicBrainz ID",
    "missing_thumb": "has a thumb",
    "missing_fanart": "has fanart",
    "missing_logo": "has a logo",
    "missing_banner": "has a banner",
    "compliant": "something wrong",
}
"""What excluding means, where "not" would be said twice."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that holds (state on or off), with the address without it; or one on offer, with that with it."""

    text: str
    state: str
    url: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A sort: its words, its address, and how the list is sorted by it now (aria-sort)."""

    label: str
    url: str
    state: str


@dataclass(frozen=True, slots=True)
class Tri:
    """One tri-state control of the filter panel; `value` is nothing, +y or -y."""

    name: str
    label: str
    value: str
    count: int | None
