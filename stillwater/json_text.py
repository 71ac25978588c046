"""JSON that others wrote, read without end of the stack: however deep it is nested, it is data or a ValueError.

Python's own reader ends with a RecursionError, and finalizers that happen to run so deep fail with it.
"""

import re
from typing import Any

from pydantic_core import from_json

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
_REPLACEMENT = rb"\ufffd"


def read_json(text: str | bytes) -> Any:
    """Raises ValueError, also for more than 200 levels, for half a surrogate pair and for text that is not UTF-8."""
    return from_json(text)


def read_foreign_json(text: bytes) -> Any:
    """As `read_json`, but forgives what servers really send: a byte order mark, and texts cut inside a letter.

    Half a surrogate pair, as JavaScript leaves it where it cuts, becomes U+FFFD.
    """
    try:
        return read_json(text)
    except ValueError:
        return read_json(_ESCAPE.sub(_whole, text.removeprefix(_BYTE_ORDER_MARK)))


def _whole(escape: re.Match[bytes]) -> bytes:
    return _REPLACEMENT if escape[1] else escape[0]
