"""Reads whole numbers that come from outside: an id in an address, a page number, a count in a form."""

from typing import Annotated

from annotated_types import Interval

_MOST_DIGITS = 18
"""The largest that still fits a key of the database."""

Key = Annotated[int, Interval(ge=0, le=10**_MOST_DIGITS - 1)]
"""The key of a row as a parameter of the API; the database takes no longer one."""


def whole_number(text: str) -> int | None:
    """The number that is written with ASCII digits alone; None for anything else, however long or odd."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def key_asked(text: str) -> int | None:
    """The key of a row to filter by: None where nothing is asked, 0, which nothing has, for what is no key of ours."""
    return (whole_number(text.strip()) or 0) if text.strip() else None
