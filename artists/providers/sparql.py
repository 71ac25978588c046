"""SPARQL about one item of Wikidata, which is named by its identifier or the MBID and nothing else (no injection)."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from artists.providers.base import Lookup
from artists.providers.errors import NotAnswering, NothingFound
from artists.providers.evidence import is_mbid
from artists.providers.reading import dig, line, mappings
from stillwater.language_tags import base, canonical, is_tag

ENDPOINT = "https://query.wikidata.org/sparql"
ACCEPT: Mapping[str, str] = {"Accept": "application/sparql-results+json"}
_QID = re.compile(r"Q[1-9]\d{0,17}", re.ASCII)

Row = dict[str, Any]


def as_qid(text: str) -> str:
    """'' for what is no item."""
    return text if _QID.fullmatch(text) else ""


def item_of(provider: str, lookup: Lookup) -> str:
    """The line of a query that makes ?item the artist: by its own identifier, else by the MBID (P434)."""
    if qid := as_qid(lookup.own("wikidata")):
        return f"VALUES ?item {{ wd:{qid} }}"
    if is_mbid(lookup.mbid):
        return f'?item wdt:P434 "{lookup.mbid.lower()}" .'
    raise NothingFound(provider, "it is asked by the identifiers of Wikidata and MusicBrainz only")


def rows(provider: str, data: Any) -> list[Row]:
    """The rows of the first item. Raises NothingFound for none, NotAnswering for what is no table."""
    if not isinstance(dig(data, "results", "bindings"), list):
        raise NotAnswering(provider, "Wikidata did not answer as expected")
    found = [row for row in mappings(data, "results", "bindings") if qid_of(row)]
    if not found:
        raise NothingFound(provider)
    return [row for row in found if qid_of(row) == qid_of(found[0])]


def qid_of(row: Row) -> str:
    return as_qid(value(row, "item").rpartition("/")[2])


def value(row: Row, name: str) -> str:
    return line(row, name, "value")


def values(table: Sequence[Row], name: str) -> tuple[str, ...]:
    """What this column holds, each once; a label that is an item's number is no label."""
    found = (value(row, name) for row in table)
    return tuple(dict.fromkeys(text for text in found if text and not as_qid(text)))


def label_languages(languages: Sequence[str]) -> str:
    """Each preferred tag, then its language, then English, as the label service wants them."""
    tags = [form for tag in languages if is_tag(tag) for form in (canonical(tag).lower(), base(tag))]
    return ",".join(dict.fromkeys([*tags, "en"]))
