"""Reads the infobox at the head of an article of the English Wikipedia (providers.md 2.7)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import mwparserfromhell
from mwparserfromhell.nodes import ExternalLink, HTMLEntity, Node, Tag, Template, Text, Wikilink
from mwparserfromhell.parser import ParserError
from mwparserfromhell.wikicode import Wikicode

from artists.providers.reading import line

LONGEST_WIKITEXT = 100_000
MOST_OPENINGS = 1_000
"""Braces, brackets and tags: the parser's time grows with the square of those that nobody closes."""
MOST_VALUES = 200
_KINDS = frozenset(f"infobox {kind}" for kind in ("musical artist", "musician", "person", "singer", "composer"))
_LISTS = frozenset({"flatlist", "hlist", "plainlist", "plain list", "ubl", "unbulleted list", "cslist"})
_NOTES = re.compile(r"(efn|refn|sfn|r|cn|citation needed|cite .*|ref|note|dubious|fact)", re.IGNORECASE)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015", "-"))
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_SEPARATORS = re.compile(r"[\n,\u00b7\u2022]")
_COMMA = "\ue000"
"""Stands for a comma within a link, which separates nothing."""


@dataclass(frozen=True, slots=True)
class Infobox:
    """What it says; dates are years. `members` are those of today, `past_members` the others."""

    origin: str = ""
    years_active: str = ""
    genres: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    past_members: tuple[str, ...] = ()
    born: str = ""
    died: str = ""

    @property
    def type(self) -> str:
        """A guess: who has members is a group, who was born is somebody."""
        if self.members or self.past_members:
            return "group"
        return "solo" if self.born or self.died else ""


def read_infobox(wikitext: str) -> Infobox | None:
    """The first infobox of a musician or person; None where there is none or nobody can read it."""
    if len(wikitext) > LONGEST_WIKITEXT or any(wikitext.count(mark) > MOST_OPENINGS for mark in ("{{", "[", "<")):
        return None
    try:
        templates = mwparserfromhell.parse(wikitext).filter_templates(recursive=True)
        box = next((template for template in templates if _name(template) in _KINDS), None)
        return _read(box) if box is not None else None
    except (ParserError, RecursionError):
        return None


def _read(box: Template) -> Infobox:
    return Infobox(
        origin=_line(box, "origin", "birth_place"),
        years_active=_line(box, "years_active"),
        genres=_list(box, "genre", "genres"),
        members=_list(box, "current_members", "members"),
        past_members=_list(box, "past_members", "former_members"),
        born=_year(box, "birth_date"),
        died=_year(box, "death_date"),
    )


def _value(box: Template, *names: str) -> Wikicode | None:
    """The first of these parameters that holds anything."""
    found = (box.get(name).value for name in names if box.has(name, ignore_empty=True))
    return next(found, None)


def _line(box: Template, *names: str) -> str:
    return ", ".join(_parts(_text(_value(box, *names))))


def _list(box: Template, *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_parts(_text(_value(box, *names)))))[:MOST_VALUES]


def _year(box: Template, name: str) -> str:
    """From the raw text, since templates hold a date in pieces: {{birth date|1981|3|4}}."""
    code = _value(box, name)
    raw = "".join(str(node) for node in code.nodes if not _is_reference(node)) if code is not None else ""
    found = _YEAR.search(raw)
    return found[0] if found else ""


def _parts(text: str) -> Iterator[str]:
    for part in _SEPARATORS.split(text):
        cleaned = line(part.replace(_COMMA, ",").translate(_DASHES)).strip(" *;")
        if cleaned:
            yield cleaned


def _text(code: Wikicode | None) -> str:
    """As a reader sees it, each item of a list on a line of its own."""
    return "".join(map(_node_text, code.nodes)) if code is not None else ""


def _node_text(node: Node) -> str:
    match node:
        case Text():
            return str(node.value)
        case Wikilink():
            return _link_text(node)
        case ExternalLink():
            return _text(node.title)
        case HTMLEntity():
            return str(node.normalize())
        case Tag():
            return _tag_text(node)
        case Template():
            return _template_text(node)
        case _:
            return ""


def _link_text(link: Wikilink) -> str:
    if str(link.title).strip().lower().startswith(("file:", "image:", "category:")):
        return ""
    shown = _text(link.text) if link.text is not None else str(link.title)
    return shown.replace(",", _COMMA)


def _tag_text(tag: Tag) -> str:
    if _is_reference(tag):
        return ""
    if _tag_name(tag) in ("br", "li", "hr"):
        return "\n" + (_text(tag.contents) if tag.contents else "")
    return _text(tag.contents) if tag.contents else ""


def _template_text(template: Template) -> str:
    """A list of its items, nothing for a footnote, and the last argument of everything else ({{nowrap|…}})."""
    name = _name(template)
    unnamed = [parameter.value for parameter in template.params if not parameter.showkey]
    if name in _LISTS:
        return "\n".join(chain([""], map(_text, unnamed), [""]))
    return _text(unnamed[-1]) if unnamed and not _NOTES.fullmatch(name) else ""


def _name(template: Template) -> str:
    return " ".join(str(template.name.strip_code()).replace("_", " ").lower().split())


def _is_reference(node: Node) -> bool:
    return isinstance(node, Tag) and _tag_name(node) == "ref"


def _tag_name(tag: Tag) -> str:
    return str(tag.tag).strip().lower()
