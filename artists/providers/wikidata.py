"""Wikidata: years, places and genres of an artist, its picture and its logo (providers.md 2.6)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from artists.providers.answers import ArtistRecord, ImageCandidate, ImageOffer
from artists.providers.base import Lookup, Provider, ProviderSpec
from artists.providers.errors import NotAnswering, NothingFound
from artists.providers.reading import line, mapping, number, web_address
from artists.providers.sparql import ACCEPT, ENDPOINT, Row, item_of, label_languages, qid_of, rows, value, values

NAME = "wikidata"
LARGEST_RENDERING = 1200
"""Pixels: as wide Commons draws a picture that is no JPEG, PNG or WebP, such as the SVG of a logo."""
_COLUMNS: Mapping[str, ImageOffer] = {"image": "thumb", "logo": "logo"}
_YEAR = re.compile(r"\d{4}(?=-)", re.ASCII)
_RASTER = frozenset({"image/jpeg", "image/png", "image/webp"})

_FACTS = """SELECT ?item ?itemLabel ?mbid ?inception ?dissolved ?originLabel ?genreLabel WHERE {{
  {item}
  OPTIONAL {{ ?item wdt:P434 ?mbid . }}
  OPTIONAL {{ ?item wdt:P571 ?inception . }}
  OPTIONAL {{ ?item wdt:P576 ?dissolved . }}
  OPTIONAL {{ ?item wdt:P495 ?origin . }}
  OPTIONAL {{ ?item wdt:P136 ?genre . }}
  SERVICE wikibase:label {{ bd:serviceParam wikibase:language "{languages}" . }}
}} LIMIT 200"""
_PICTURES = """SELECT ?item ?mbid ?image ?logo WHERE {{
  {item}
  OPTIONAL {{ ?item wdt:P434 ?mbid . }}
  OPTIONAL {{ ?item wdt:P18 ?image . }}
  OPTIONAL {{ ?item wdt:P154 ?logo . }}
}} LIMIT 50"""


def record(table: Sequence[Row]) -> ArtistRecord:
    qid = qid_of(table[0])
    return ArtistRecord(
        provider=NAME,
        provider_id=qid,
        name=next(iter(values(table, "itemLabel")), ""),
        origin=next(iter(values(table, "originLabel")), ""),
        genres=values(table, "genreLabel"),
        formed=_year(table, "inception"),
        disbanded=_year(table, "dissolved"),
        ids={NAME: qid},
    )


def file_titles(table: Sequence[Row]) -> dict[str, ImageOffer]:
    """Pages of Commons, "File:Q.jpg", to what they show."""
    found: dict[str, ImageOffer] = {}
    for column, kind in _COLUMNS.items():
        for address in values(table, column):
            name = unquote(address.rpartition("/")[2]).replace("_", " ").strip()
            if name and "|" not in name:
                found.setdefault(f"File:{name}", kind)
    return found


def pictures(data: Any, wanted: Mapping[str, ImageOffer]) -> Iterator[ImageCandidate]:
    """In the order that was asked for; files that Commons lacks fall away."""
    pages = [page for page in mapping(data, "query", "pages").values() if isinstance(page, dict)]
    by_title = {line(page, "title").replace("_", " "): page for page in pages}
    for title, kind in wanted.items():
        if picture := _picture(by_title.get(title), kind):
            yield picture


def _picture(page: Any, kind: ImageOffer) -> ImageCandidate | None:
    info = mapping(page, "imageinfo", 0)
    own = "" if line(info, "mime") in _RASTER else "thumb"
    url = web_address(info, f"{own}url")
    if not url:
        return None
    return ImageCandidate(
        provider=NAME,
        kind=kind,
        url=url,
        width=number(info, f"{own}width"),
        height=number(info, f"{own}height"),
        preview_url=web_address(info, "thumburl"),
        title=line(page, "title").removeprefix("File:"),
    )


def _year(table: Sequence[Row], name: str) -> str:
    years = (found[0] for row in table if (found := _YEAR.match(value(row, name))))
    return min(years, default="")


class Wikidata(Provider):
    spec = ProviderSpec(
        name=NAME,
        label="Wikidata",
        services={"sparql": ENDPOINT, "commons": "https://commons.wikimedia.org/w/api.php"},
        per_second=5,
        abilities=frozenset({"artist", "images"}),
        help_url="https://www.wikidata.org/wiki/Wikidata:Data_access",
        fields=frozenset({"genres", "formed", "disbanded", "origin"}),
        images=frozenset({"thumb", "logo"}),
        timeout=15,
    )

    def artist(self, lookup: Lookup, languages: Sequence[str] = ("en",)) -> ArtistRecord:
        return record(self._table(lookup, _FACTS, languages))

    def images(self, lookup: Lookup) -> list[ImageCandidate]:
        wanted = file_titles(self._table(lookup, _PICTURES))
        if not wanted:
            return []
        asked: dict[str, str | int] = {"action": "query", "titles": "|".join(wanted), "prop": "imageinfo"}
        asked |= {"iiprop": "url|size|mime", "iiurlwidth": LARGEST_RENDERING, "format": "json"}
        data = self.session.get("commons", "", asked)
        if not mapping(data, "query", "pages"):
            raise NotAnswering(NAME, "Wikimedia Commons did not answer as expected")
        return list(pictures(data, wanted))

    def test(self) -> None:
        self._ask("SELECT ?item WHERE { VALUES ?item { wd:Q1 } }")

    def _table(self, lookup: Lookup, query: str, languages: Sequence[str] = ()) -> list[Row]:
        """Raises NothingFound as well where the item is another MBID's."""
        item = item_of(NAME, lookup)
        table = self._ask(query.format(item=item, languages=label_languages(languages)))
        mbids = {mbid.lower() for mbid in values(table, "mbid")}
        if lookup.mbid and mbids and lookup.mbid.lower() not in mbids:
            raise NothingFound(NAME, "the item belongs to another MusicBrainz ID")
        return table

    def _ask(self, query: str) -> list[Row]:
        return rows(NAME, self.session.get("sparql", "", {"query": query, "format": "json"}, ACCEPT))
