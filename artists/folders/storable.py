"""Lets names that are not valid UTF-8 live in text columns, JSON and pages, and come back byte for byte.

A file name is bytes; Python hands those that are no UTF-8 over as lone surrogates, which neither a
database column nor a JSON answer can hold. Stored names therefore write such a byte as `%E9` (per cent,
two upper-case digits, always 80 or above). A per cent sign that stands before two hexadecimal digits in a
real name is written `%25`, so the way back is certain; every other name is stored as it is. Names and
whole paths are treated alike. Everything that opens, lists or renames goes through `on_disk` first.
"""

import re

_AMBIGUOUS = re.compile(r"%(?=[0-9A-Fa-f]{2})")
_UNDECODABLE = re.compile(r"[\udc80-\udcff]")
_ESCAPED = re.compile(r"%(?:25(?=[0-9A-Fa-f]{2})|([89A-F][0-9A-F]))")


def storable(name: str) -> str:
    """A name or path from `os` as text that can be stored and shown."""
    if "%" in name:
        name = _AMBIGUOUS.sub("%25", name)
    if name.isascii():
        return name
    return _UNDECODABLE.sub(lambda found: f"%{ord(found[0]) - 0xDC00:02X}", name)


def on_disk(stored: str) -> str:
    """The name or path to hand to `os`; the exact inverse of `storable`."""
    if "%" not in stored:
        return stored
    return _ESCAPED.sub(lambda found: chr(0xDC00 + int(found[1], 16)) if found[1] else "%", stored)
