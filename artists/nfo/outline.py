"""The shape of a document, found by one pass over its text before any parser sees it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 50
MAX_ELEMENTS = 20_000

DECLARATION = r"!\s*(?i:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)\b"
# The quantifiers are possessive and none crosses a "<", so that the pass stays linear whatever the text.
_QUOTED = r"""(?:"[^"<]*+"|'[^'<]*+')"""
_NAME = r"""[^\s<>/!?"'=&\d.-][^\s<>/"'=&]*+"""
_TOKEN = re.compile(
    rf"""<(?:(?P<special>!--|!\[CDATA\[|\?|{DECLARATION})|(?P<end>/?)(?P<name>{_NAME})[^<>"']*+(?:{_QUOTED}[^<>"']*+)*+>)"""
)
VOID_NAMES = r"(?i:br|hr|img|wbr)"
_VOID = re.compile(VOID_NAMES)
_VOID_END = re.compile(f"</{VOID_NAMES}\\b")
_DECLARED = re.compile(f"<{DECLARATION}")
_SECTION = re.compile(r"<(!--|!\[CDATA\[|\?)")
_CLOSING = {"!--": "-->", "![CDATA[": "]]>", "?": "?>"}


@dataclass(frozen=True, slots=True)
class Outline:
    """Where the root element stands in the text, and why the text must not be parsed, if it must not.

    `end` is None where the root is never closed, or another element is closed in its place.
    """

    root: str = ""
    start: int = -1
    end: int | None = None
    declares: bool = False
    excess: str = ""


def outline(text: str) -> Outline:
    """Measure `text`: a DOCTYPE (`declares`), too many elements or too deep (`excess`), the root and its end."""
    markup = text.count("<")
    if markup - text.count("</") - text.count("<!") > MAX_ELEMENTS or markup > 4 * MAX_ELEMENTS:
        return Outline(excess=f"more than {MAX_ELEMENTS} elements")
    return _walk(text)


def _walk(text: str) -> Outline:
    root, start, depth, position = "", -1, 0, 0
    voids_are_closed = bool(_VOID_END.search(text))
    while token := _TOKEN.search(text, position):
        special, end, name = token.groups()
        position = token.end()
        if special:
            if special not in _CLOSING:
                return Outline(root, start, declares=True)
            position = _past(text, _CLOSING[special], position)
            continue
        if not root:
            root, start = name, token.start()
        if end:
            depth -= 1
        elif text[position - 2] != "/" and (voids_are_closed or not _VOID.fullmatch(name)):
            depth += 1
            if depth > MAX_DEPTH:
                return Outline(root, start, excess=f"nested deeper than {MAX_DEPTH} elements")
        if depth <= 0:
            return Outline(root, start, position if name == root else None, bool(_DECLARED.search(text, position)))
    return Outline(root, start)


def _past(text: str, closing: str, position: int) -> int:
    """The place after the next `closing`; the end of the text where there is none."""
    found = text.find(closing, position)
    return len(text) if found < 0 else found + len(closing)


def sections(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of a stretch of markup and the comment, CDATA section or instruction that ends it (blank at the end)."""
    position = 0
    while position < len(text):
        found = _SECTION.search(text, position)
        start = found.start() if found else len(text)
        end = _past(text, _CLOSING[found[1]], found.end()) if found else len(text)
        yield text[position:start], text[start:end]
        position = end


def outside_sections(text: str) -> str:
    """The markup of `text` without comments, CDATA sections and instructions."""
    return "".join(markup for markup, _section in sections(text))
