"""Reads whole numbers that come from outside: an id in an address, a page number, a count in a form."""

_MOST_DIGITS = 18
"""The largest that still fits a key of the database."""


def whole_number(text: str) -> int | None:
    """The number that is written with ASCII digits alone; None for anything else, however long or odd."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None
