"""Elements of a parsed file: which are ours to read, and what text they hold."""

from collections.abc import Iterator
from urllib.parse import unquote_plus

from lxml import etree

from artists.nfo.document import ALBUM_ELEMENT, FIELD_OF, LOCK_ELEMENT, ROOT, STAMP_ELEMENT

_OF_THE_FILE = frozenset({*FIELD_OF, ALBUM_ELEMENT, LOCK_ELEMENT, STAMP_ELEMENT, "year", "thumb", "fanart"})


def is_artist(tag: str) -> bool:
    """Whether an element of this name is the root of an artist's file, in any case and namespace."""
    return tag == ROOT or tag.rpartition("}")[2].lower() == ROOT


def own_elements(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Lower-case names and elements right under the root, but for those of another namespace than the root's."""
    space = root.tag.rpartition("}")[0]
    for element in root.iterchildren("*"):
        tag = element.tag
        if tag in FIELD_OF:
            if not space:
                yield tag, element
            continue
        prefix, _, name = tag.rpartition("}")
        if prefix == space:
            yield name.lower(), element


def text_of(element: etree._Element) -> str:
    """The trimmed text of an element and all below it; a `<br/>` is a line break, `urlencoded="yes"` is undone.

    Blank for an element that was left open and so has swallowed its neighbours.
    """
    text = element.text or ""
    if len(element):
        swallowed = any(inner.tag in _OF_THE_FILE for inner in element.iterdescendants("*"))
        text = "" if swallowed else "".join(_pieces(element))
    if element.get("urlencoded") == "yes":
        text = unquote_plus(text)
    return text.strip()


def _pieces(element: etree._Element) -> Iterator[str]:
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            yield "\n" if node.tag in ("br", "BR") else ""
            yield node.text or ""
        elif node is not element:
            yield node.tail or ""
