"""Open the bytes of an artist.nfo safely: the root element, what stands around it, and in what state the file is.

Neither entities nor DTDs nor the network are ever used; size, depth and number of elements are checked on the text,
before a tree is built.
"""

import re
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from artists.nfo.decoding import decode, without_bom
from artists.nfo.document import ROOT
from artists.nfo.elements import is_artist
from artists.nfo.outline import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, Outline, outline, outside_sections
from artists.nfo.repair import ILLEGAL_NAME, legal, repair

NfoState = Literal["ok", "empty", "url_only", "wrong_root", "broken", "hostile", "too_large"]

_XML_DECLARATION = re.compile(r"<\?xml\s.*?\?>", re.DOTALL)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_LEAF = re.compile(rb"<[^/!?<>][^<>]*>[^<]*</")
_OPENING = re.compile(r"<[^\W\d]")


@dataclass(frozen=True, slots=True)
class NfoSource:
    """An opened file. `root` is an lxml element when the state is "ok", and None otherwise.

    `head` holds the comments and instructions before the root, `tail` whatever follows it (Kodi's address).
    `lossless` is false where writing the tree back would lose something that the bytes hold.
    """

    state: NfoState
    root: etree._Element | None = None
    error: str = ""
    notes: tuple[str, ...] = ()
    head: str = ""
    tail: str = ""
    lossless: bool = True


def open_source(raw: bytes) -> NfoSource:
    """Open whatever `raw` is; never raises."""
    return open_plain(raw) or open_carefully(raw)


def open_plain(raw: bytes) -> NfoSource | None:
    """The fast path for what nearly every file is: small, well-formed, UTF-8. None means: look more carefully.

    `head` and `tail` are left blank. The parser is told the encoding, so that a declared one can hide no DOCTYPE
    from the search.
    """
    if len(raw) > MAX_BYTES or b"\0" in raw or _declares(raw) or not _is_flat(raw):
        return None
    try:
        root = etree.fromstring(without_bom(raw), _PLAIN)
    except etree.XMLSyntaxError:
        return None
    return NfoSource("ok", root) if is_artist(root.tag) else None


def open_carefully(raw: bytes) -> NfoSource:
    """Decode, measure, repair and at last recover; never raises."""
    if len(raw) > MAX_BYTES:
        return NfoSource("too_large", error=f"larger than {MAX_BYTES // 1024} KiB")
    decoded, notes = decode(raw)
    text = legal(decoded)
    if len(text) < len(decoded):
        notes.append("dropped characters that xml does not allow")
    if not text.strip("\ufeff \t\r\n"):
        return NfoSource("empty", error="the file is empty")
    shape = outline(text)
    return _refusal(text, shape) or _parsed(text, shape, notes)


def _declares(raw: bytes) -> bool:
    """Whether any `<!` opens something else than a comment or a CDATA section."""
    return raw.count(b"<!") != raw.count(b"<!--") + raw.count(b"<![CDATA[")


def _is_flat(raw: bytes) -> bool:
    """Whether counting alone proves that `raw` is within the limits: each level needs a tag that is no leaf."""
    tags = raw.count(b"<") - raw.count(b"</")
    return tags < MAX_DEPTH or (tags <= MAX_ELEMENTS and tags - len(_LEAF.findall(raw)) < MAX_DEPTH)


def _parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        strip_cdata=False,
        collect_ids=False,
        recover=recover,
    )


_PLAIN = _parser()


def _refusal(text: str, shape: Outline) -> NfoSource | None:
    """Why the text cannot or must not be parsed, if so."""
    if shape.declares:
        return NfoSource("hostile", error="a document type declaration is not allowed")
    if shape.excess:
        return NfoSource("too_large", error=shape.excess)
    if not shape.root:
        if _ADDRESS.search(text):
            return NfoSource("url_only", error="the file holds a web address and no values")
        return NfoSource("broken", error="the file holds no xml")
    if not is_artist(shape.root.rpartition(":")[2]):
        return NfoSource("wrong_root", error=f"the root element is {shape.root[:40]}, not artist")
    if shape.end is not None and _OPENING.search(outside_sections(text[shape.end :])):
        return NfoSource("wrong_root", error="the file has two root elements")
    return None


def _parsed(text: str, shape: Outline, notes: list[str]) -> NfoSource:
    end = shape.end if shape.end is not None else _last_end(text, shape.root)
    if end is None:
        return NfoSource("broken", error="the file ends before the artist element is closed", notes=tuple(notes))
    root, lossless, found = _tree(text[shape.start : end])
    if root is None:
        return NfoSource("broken", error="the xml is damaged beyond repair", notes=tuple(notes))
    head = _XML_DECLARATION.sub("", text[: shape.start]).strip("\ufeff \t\r\n")
    tail = text[end:].strip()
    if head and _strictly(f"{head}<{ROOT}/>") is None:
        found.append("text before the artist element is ignored")
        lossless = False
    if outside_sections(tail).strip():
        found.append("text after the artist element is ignored")
    return NfoSource("ok", root, notes=(*notes, *found), head=head, tail=tail, lossless=lossless)


def _last_end(text: str, root: str) -> int | None:
    """Where the last end tag of the root stops: other elements in between were left open."""
    opening = text.rfind(f"</{root}")
    closing = text.find(">", opening)
    return closing + 1 if opening >= 0 and closing >= 0 else None


def _tree(body: str) -> tuple[etree._Element | None, bool, list[str]]:
    """The root element, whether it holds all that `body` holds, and notes on what had to be done for it."""
    root = _strictly(body)
    if root is not None:
        return root, True, []
    mended = repair(body)
    root = _strictly(mended)
    if root is not None:
        return _without_illegal(root), True, ["repaired text that is not valid xml"]
    return _recovered(mended)


def _strictly(body: str) -> etree._Element | None:
    try:
        return etree.fromstring(body.encode("utf-8"), _PLAIN)
    except etree.XMLSyntaxError:
        return None


def _recovered(body: str) -> tuple[etree._Element | None, bool, list[str]]:
    parser = _parser(recover=True)
    root = etree.fromstring(body.encode("utf-8"), parser)
    if root is None or not is_artist(root.tag):
        return None, False, []
    # An undeclared prefix stays part of the name, in the tree and back in the file.
    if all(entry.domain == etree.ErrorDomains.NAMESPACE for entry in parser.error_log):
        return _without_illegal(root), True, ["a namespace prefix is not declared"]
    return _without_illegal(root), False, ["recovered from damaged xml"]


def _without_illegal(root: etree._Element) -> etree._Element:
    etree.strip_elements(root, ILLEGAL_NAME, with_tail=False)
    return root
