"""The contract's page sizes: what a caller asks for, held within bounds."""

SMALLEST, LARGEST, DEFAULT = 10, 500, 50
FARTHEST = 1_000_000_000
"""Nobody has so many rows, and no database takes an offset of any length."""


def page_number(asked: int | None) -> int:
    """1 and up; anything odd is the first page."""
    return min(max(asked or 1, 1), FARTHEST)


def page_size(asked: int | None, default: int = DEFAULT) -> int:
    """10 to 500, else the default (behaviour.md 1, artist list query)."""
    return asked if asked is not None and SMALLEST <= asked <= LARGEST else default


def offset(asked: int | None) -> int:
    return min(max(asked or 0, 0), FARTHEST)
