"""How MusicBrainz writes things, in our words: types, genders, places, names, locales, the years of a career."""

import re
from collections.abc import Iterator
from typing import Any

from artists.fields import ARTIST_TYPES, GENDERS, GROUP_TYPES
from artists.providers.answers import AliasRecord
from artists.providers.evidence import is_mbid
from artists.providers.reading import line, mappings
from stillwater.language_tags import canonical, is_tag

_HYPHENS = str.maketrans("\u2010\u2011", "--")
_YEAR = re.compile(r"\d{4}")


def as_mbid(value: str) -> str:
    """In lower case; '' for what is none."""
    lowered = value.strip().lower()
    return lowered if is_mbid(lowered) else ""


def plain(data: Any, *keys: str | int) -> str:
    """A line of text, its typographic hyphens as people type them."""
    return line(data, *keys).translate(_HYPHENS)


def type_of(data: Any) -> str:
    """One of ARTIST_TYPES; '' for "Other", which says nothing."""
    kind = line(data, "type").lower()
    if kind == "person":
        return "solo"
    return kind if kind in ARTIST_TYPES else ""


def gender_of(data: Any) -> str:
    """Ensembles have none, whatever is stored."""
    gender = line(data, "gender").lower()
    return gender if gender in GENDERS and type_of(data) not in GROUP_TYPES else ""


def place_of(data: Any) -> str:
    """The area, else the code of the country."""
    return plain(data, "area", "name") or line(data, "country")


def aliases_of(data: Any) -> Iterator[AliasRecord]:
    for alias in mappings(data, "aliases"):
        if name := plain(alias, "name"):
            locale = line(alias, "locale")
            yield AliasRecord(
                name=name,
                sort_name=plain(alias, "sort-name"),
                locale=canonical(locale) if is_tag(locale.replace("_", "-")) else "",
                primary=alias.get("primary") is True,
                kind=line(alias, "type"),
            )


def years_active(kind: str, began: str, ended: str, *, is_over: bool) -> str:
    """ "1999-2004", for groups that still play "1999-present", or '' where a year is missing.

    A person's dates are those of a life, so they count only where both are known (providers.md 2.1).
    """
    first, last = _YEAR.match(began), _YEAR.match(ended)
    if first and last:
        return f"{first[0]}-{last[0]}"
    return f"{first[0]}-present" if first and kind in GROUP_TYPES and not is_over else ""
