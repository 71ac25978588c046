"""Mend what other programs get wrong in XML, without losing a character that a reader would see."""

import re
from html.entities import html5

from artists.nfo.outline import VOID_NAMES, sections

ILLEGAL_NAME = "stillwater-illegal-name"
"""What an element is called whose own name XML forbids, until it is dropped from the tree."""

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BARE_AMPERSAND = re.compile(r"&(?!#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
_REFERENCE = re.compile(r"&(#?[0-9A-Za-z]{1,32});")
_BARE_LESS_THAN = re.compile(r"<(?![A-Za-z_:/?\u0080-\U0010ffff])")
_VOID = re.compile(rf"<({VOID_NAMES})\b([^<>]*)>(?:\s*</\1\s*>)?")
_ILLEGAL_END = re.compile(r"</([0-9.\-][^\s<>/]*)\s*>")
_ILLEGAL_TAG = re.compile(r"<(/?)([0-9.\-][^\s<>/]*)[^<>]*?(/?)>")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})


def legal(text: str) -> str:
    """`text` without the characters that XML 1.0 cannot hold (most controls, lone surrogates, U+FFFE and U+FFFF)."""
    return _ILLEGAL.sub("", text)


def repair(text: str) -> str:
    """`text`, mended until it is well-formed if replacing characters can do it.

    Named HTML entities become characters, a bare & or < becomes text, references to illegal characters go, `<br>` is
    closed, elements with an illegal name are renamed to ILLEGAL_NAME. CDATA and comments stay as they are. The
    characters themselves must be `legal` already.
    """
    return "".join(_mend(markup) + section for markup, section in sections(text))


def _mend(text: str) -> str:
    text = _BARE_AMPERSAND.sub("&amp;", text)
    text = _REFERENCE.sub(_mended_reference, text)
    text = _with_legal_names(text)
    text = _BARE_LESS_THAN.sub("&lt;", text).replace("]]>", "]]&gt;")
    return _VOID.sub(_closed, text)


def _mended_reference(found: re.Match[str]) -> str:
    body = found.group(1)
    if body in _XML_NAMES:
        return found.group()
    if body.startswith("#"):
        return _numbered(body)
    character = html5.get(f"{body};")
    return _escaped(character) if character else f"&amp;{body};"


def _numbered(body: str) -> str:
    code = int(body[2:], 16) if body[1] in "xX" else int(body[1:])
    return _escaped(legal(chr(code))) if code <= 0x10FFFF else ""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _closed(found: re.Match[str]) -> str:
    name, rest = found.groups()
    return f"<{name}{rest.rstrip(' /')}/>"


def _with_legal_names(text: str) -> str:
    """Rename the elements whose name starts as no name may; a "<3" that nothing closes is left for text."""
    illegal = set(_ILLEGAL_END.findall(text))
    if not illegal:
        return text

    def renamed(found: re.Match[str]) -> str:
        opening, name, closing = found.groups()
        return f"<{opening}{ILLEGAL_NAME}{closing}>" if name in illegal else found.group()

    return _ILLEGAL_TAG.sub(renamed, text)
