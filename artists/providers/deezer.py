"""Deezer: pictures and albums of an artist that is known by its own number (providers.md 2.8)."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from artists.matching.similarity import name_score
from artists.providers.answers import ArtistRecord, ImageCandidate, ReleaseGroup, SearchHit
from artists.providers.base import Asking, Fault, Lookup, Provider, ProviderSpec
from artists.providers.errors import NotAnswering, NothingFound
from artists.providers.evidence import require_answer_about
from artists.providers.placeholders import is_placeholder_url
from artists.providers.reading import line, mapping, mappings, web_address

NAME = "deezer"
MOST_HITS = 10
MOST_ALBUMS = 500
_PAGE = 100
_DIGITS = re.compile(r"\d{1,18}", re.ASCII)
_SIZE = re.compile(r"/(\d{2,4})x(\d{2,4})[^/]*$", re.ASCII)
_DATE = re.compile(r"(?!0000)\d{4}(?:-\d{2}){0,2}", re.ASCII)
_FAULTS = {"800": Fault.NOTHING, "4": Fault.QUOTA, "700": Fault.QUOTA}
"""By the code of an error: no data, quota exceeded, service busy. Others find fault with the question."""
_TYPES = {"album": "Album", "single": "Single", "ep": "EP", "compile": "Album"}


def judge(status: int, data: Any) -> Fault | None:
    """Errors come with status 200."""
    if not isinstance(data, dict) or not data.get("error"):
        return None
    return _FAULTS.get(line(data, "error", "code"), Fault.BROKEN)


def _listed(session: Asking, path: str, **params: str | int) -> Any:
    """The answer to a question for a list. Raises NotAnswering where it is none: that is no empty list."""
    data = session.get("api", path, params)
    if not isinstance(mapping(data).get("data"), list):
        raise NotAnswering(NAME, "Deezer did not answer as expected")
    return data


def hits(data: Any, asked: str) -> list[SearchHit]:
    found = [
        SearchHit(NAME, identifier, name, score=name_score(asked, name))
        for each in mappings(data, "data")
        if (identifier := identifier_of(each)) and (name := line(each, "name"))
    ]
    return sorted(found, key=lambda hit: -hit.score)


def record(data: Any) -> ArtistRecord | None:
    identifier, name, link = identifier_of(data), line(data, "name"), web_address(data, "link")
    if not identifier or not name:
        return None
    return ArtistRecord(NAME, identifier, name, ids={NAME: identifier}, urls={NAME: link} if link else {})


def pictures(data: Any) -> Iterator[ImageCandidate]:
    """The largest one that is no silhouette; its address tells its size."""
    for key in ("picture_xl", "picture_big"):
        url = web_address(data, key)
        if url and not is_placeholder_url(url):
            size = _SIZE.search(url)
            width, height = (int(size[1]), int(size[2])) if size else (0, 0)
            yield ImageCandidate(NAME, "thumb", url, 0, width, height, preview_url=web_address(data, "picture_medium"))
            return


def albums(data: Any) -> Iterator[ReleaseGroup]:
    for each in mappings(data, "data"):
        identifier, title, kind = identifier_of(each), line(each, "title"), line(each, "record_type")
        if identifier and title:
            date = line(each, "release_date")
            yield ReleaseGroup(
                identifier,
                title,
                _TYPES.get(kind, ""),
                ("Compilation",) if kind == "compile" else (),
                date if _DATE.fullmatch(date) else "",
            )


def identifier_of(data: Any) -> str:
    """'' for what is none; 0 is what Deezer says instead of nobody."""
    found = line(data, "id")
    return found if _DIGITS.fullmatch(found) and found.strip("0") else ""


class Deezer(Provider):
    spec = ProviderSpec(
        name=NAME,
        label="Deezer",
        services={"api": "https://api.deezer.com"},
        per_second=5,
        abilities=frozenset({"search", "artist", "images", "release_groups"}),
        help_url="https://developers.deezer.com/api",
        images=frozenset({"thumb"}),
        judge=judge,
    )

    def search(self, name: str) -> list[SearchHit]:
        return hits(_listed(self.session, "/search/artist", q=name, limit=MOST_HITS), name) if name.strip() else []

    def artist(self, lookup: Lookup, languages: Sequence[str] = ("en",)) -> ArtistRecord:
        return self._entry(lookup)[1]

    def images(self, lookup: Lookup) -> list[ImageCandidate]:
        return list(pictures(self._entry(lookup)[0]))

    def release_groups(self, lookup: Lookup) -> list[ReleaseGroup]:
        """At most 500; an answer that breaks off counts as none."""
        identifier, found = self._identifier(lookup), list[ReleaseGroup]()
        for index in range(0, MOST_ALBUMS, _PAGE):
            page = _listed(self.session, f"/artist/{identifier}/albums", limit=_PAGE, index=index)
            found += albums(page)
            if not page.get("next"):
                break
        return found

    def _entry(self, lookup: Lookup) -> tuple[Any, ArtistRecord]:
        """The same question for text and picture, so it costs one call."""
        identifier = self._identifier(lookup)
        data = self.session.get("api", f"/artist/{identifier}")
        found = record(data)
        if found is None:
            raise NotAnswering(NAME, "Deezer did not answer as expected")
        require_answer_about(NAME, identifier, found.provider_id)
        return data, found

    def _identifier(self, lookup: Lookup) -> str:
        identifier = lookup.own(NAME)
        if not _DIGITS.fullmatch(identifier):
            raise NothingFound(NAME, "Deezer is asked by its own number only")
        return identifier
