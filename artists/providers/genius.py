"""Genius: a biography and other names, found by name through the songs that it knows (providers.md 2.10)."""

import re
from collections.abc import Sequence
from typing import Any

from artists.matching.similarity import name_score
from artists.providers.answers import AliasRecord, ArtistRecord, SearchHit
from artists.providers.base import Asking, Lookup, Provider, ProviderSpec
from artists.providers.errors import AuthRequired, NotAnswering, NothingFound
from artists.providers.evidence import require_answer_about, require_like_name
from artists.providers.reading import line, lines, mapping, mappings, text, web_address

NAME = "genius"
_DIGITS = re.compile(r"\d{1,18}", re.ASCII)


def _ask(session: Asking, path: str, **params: str) -> Any:
    if not session.key:
        raise AuthRequired(NAME)
    return session.get("api", path, params, {"Authorization": f"Bearer {session.key}"})


def hits(data: Any, asked: str) -> list[SearchHit]:
    """A search finds songs; these are their artists, each once, the most alike first."""
    found: dict[str, SearchHit] = {}
    for song in mappings(data, "response", "hits"):
        artist = mapping(song, "result", "primary_artist")
        identifier, name = _identifier(artist), line(artist, "name")
        if identifier and name:
            found.setdefault(identifier, SearchHit(NAME, identifier, name, score=name_score(asked, name)))
    return sorted(found.values(), key=lambda hit: -hit.score)


def record(data: Any) -> ArtistRecord | None:
    artist = mapping(data, "response", "artist")
    identifier, name, url = _identifier(artist), line(artist, "name"), web_address(artist, "url")
    if not identifier or not name:
        return None
    biography = text(artist, "description", "plain")
    return ArtistRecord(
        NAME,
        identifier,
        name,
        biography="" if biography == "?" else biography,
        aliases=tuple(AliasRecord(alias) for alias in lines(artist, "alternate_names")),
        ids={NAME: identifier},
        urls={NAME: url} if url else {},
    )


def _identifier(data: Any) -> str:
    found = line(data, "id")
    return found if _DIGITS.fullmatch(found) else ""


class Genius(Provider):
    spec = ProviderSpec(
        name=NAME,
        label="Genius",
        services={"api": "https://api.genius.com"},
        per_second=5,
        abilities=frozenset({"search", "artist", "name_lookup"}),
        key="required",
        tier="free_key",
        help_url="https://genius.com/api-clients",
        fields=frozenset({"biography"}),
    )

    def search(self, name: str) -> list[SearchHit]:
        if not name.strip():
            return []
        data = _ask(self.session, "/search", q=name)
        if not isinstance(mapping(data, "response").get("hits"), list):
            raise self._unreadable()
        return hits(data, name)

    def artist(self, lookup: Lookup, languages: Sequence[str] = ("en",)) -> ArtistRecord:
        identifier = self._identifier(lookup)
        found = record(_ask(self.session, f"/artists/{identifier}", text_format="plain"))
        if found is None:
            raise self._unreadable()
        require_answer_about(NAME, identifier, found.provider_id)
        return found

    def _identifier(self, lookup: Lookup) -> str:
        """Its own number, else that of the artist whose name is most alike. A band's name may be digits, too."""
        if _DIGITS.fullmatch(own := lookup.own(NAME)):
            return own
        found = self.search(lookup.name)
        if not found:
            raise NothingFound(NAME)
        require_like_name(NAME, lookup, found[0].name)
        return found[0].provider_id

    def _unreadable(self) -> NotAnswering:
        return NotAnswering(NAME, "Genius did not answer as expected")
