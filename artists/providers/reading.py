"""Takes values out of JSON that may be anything: a wrong type is nothing said, never an exception (S22)."""

import re
from collections.abc import Iterator
from typing import Any

LONGEST_TEXT = 200_000
LONGEST_LINE = 2_000
MOST_ITEMS = 2_000
_WEB_ADDRESS = re.compile(r"https?://[^\s/\"'<>\\]+(?:/[^\s\"'<>\\]*)?", re.IGNORECASE)


def text(value: Any, *keys: str | int) -> str:
    """The text below these keys, trimmed; numbers as text, everything else as ''."""
    found = dig(value, *keys)
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return ""
    if isinstance(found, float) and not (found == found and abs(found) < 1e18):
        return ""
    if isinstance(found, int) and abs(found) > 10**18:
        return ""
    return "".join(filter(_storable, str(found)[:LONGEST_TEXT])).strip()


def _storable(letter: str) -> bool:
    """No control characters, and no halves of surrogate pairs: they cannot be written as UTF-8."""
    return (letter >= " " and not "\ud800" <= letter <= "\udfff") or letter in "\n\t"


def line(value: Any, *keys: str | int) -> str:
    """The same on one line and of bounded length."""
    return " ".join(text(value, *keys).split())[:LONGEST_LINE]


def web_address(value: Any, *keys: str | int) -> str:
    """The address of a page or picture below these keys; '' for what a browser would not fetch by http or https."""
    written = line(value, *keys)
    return written if _WEB_ADDRESS.fullmatch(written) else ""


def number(value: Any, *keys: str | int) -> int:
    """A whole number of 0 or more, also where it is written as text; 0 for everything else."""
    written = text(value, *keys)
    if not written.isascii() or not written.isdigit() or len(written) > 15:
        return 0
    return int(written)


def mapping(value: Any, *keys: str | int) -> dict[str, Any]:
    found = dig(value, *keys)
    return found if isinstance(found, dict) else {}


def items(value: Any, *keys: str | int) -> list[Any]:
    """The list below these keys; one object alone counts as a list of one (Last.fm), everything else as none."""
    found = dig(value, *keys)
    if isinstance(found, dict) and found:
        return [found]
    return found[:MOST_ITEMS] if isinstance(found, list) else []


def mappings(value: Any, *keys: str | int) -> Iterator[dict[str, Any]]:
    """Those items that are objects."""
    return (item for item in items(value, *keys) if isinstance(item, dict))


def lines(value: Any, *keys: str | int) -> tuple[str, ...]:
    """The items that are text, without blanks."""
    return tuple(found for item in items(value, *keys) if isinstance(item, str) and (found := line(item)))


def dig(value: Any, *keys: str | int) -> Any:
    for key in keys:
        if isinstance(value, dict) and isinstance(key, str):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and -len(value) <= key < len(value):
            value = value[key]
        else:
            return None
    return value
