"""Last.fm: biographies, tags and similar artists; its pictures of artists are gone (providers.md 2.5)."""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

from artists.matching.similarity import name_score
from artists.matching.tags import classify
from artists.providers.answers import ArtistRecord, SearchHit
from artists.providers.base import Asking, Fault, Lookup, Provider, ProviderSpec
from artists.providers.errors import AuthRequired, NotAnswering, NothingFound
from artists.providers.evidence import is_mbid, require_like_name, require_no_namesake
from artists.providers.reading import line, mapping, mappings, number, text, web_address
from stillwater.language_tags import base

NAME = "lastfm"
_HITS = 25
_NOBODY = "[unknown]"
_FAULTS = {6: Fault.NOTHING, 4: Fault.AUTH, 10: Fault.AUTH, 26: Fault.AUTH, 29: Fault.QUOTA}
"""By its error codes; 8, 11 and 16 are passing troubles, and the rest is nobody's business but ours."""
_LICENCE = "User-contributed text is available under the Creative Commons"
_LINE_END = re.compile(r"<(?:br|/p)\b[^<>]{0,40}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,1000}>", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t\n]*\n")


def ask(session: Asking, method: str, params: Mapping[str, str | int]) -> Any:
    if not session.key:
        raise AuthRequired(NAME, "there is no key")
    return session.get("api", "/", {"method": method, **params, "api_key": session.key, "format": "json"})


def judge(status: int, data: Any) -> Fault | None:
    """It says what is wrong by a code in the body, whatever the status is; a 404 without one is not its own."""
    code = number(data, "error")
    if code:
        return _FAULTS.get(code, Fault.BROKEN)
    return Fault.BROKEN if status in (400, 404) else None


def record(answer: Any, language: str = "") -> ArtistRecord:
    """Raises NotAnswering for what describes nobody, NothingFound for the artist that stands for none."""
    artist = mapping(answer, "artist")
    name, mbid = line(artist, "name"), line(artist, "mbid")
    if name.casefold() == _NOBODY:
        raise NothingFound(NAME)
    if not name:
        raise NotAnswering(NAME, "Last.fm did not answer as expected")
    tags = classify(_names(artist, "tags", "tag"))
    biography, url = plain_biography(text(artist, "bio", "content")), web_address(artist, "url")
    return ArtistRecord(
        provider=NAME,
        provider_id=name,
        name=name,
        biography=biography,
        biography_language=language if biography else "",
        genres=tags.genres,
        styles=tags.styles,
        moods=tags.moods,
        similar_artists=_names(artist, "similar", "artist"),
        ids={"musicbrainz": mbid.lower()} if is_mbid(mbid) else {},
        urls={NAME: url} if url else {},
    )


def hits(answer: Any, name: str) -> list[SearchHit]:
    """Best first. Raises NotAnswering for what is no list of results."""
    if not mapping(answer, "results"):
        raise NotAnswering(NAME, "Last.fm did not answer as expected")
    rows = mappings(answer, "results", "artistmatches", "artist")
    found = [_hit(row, name) for row in rows if line(row, "name").casefold() not in ("", _NOBODY)]
    return sorted(found, key=lambda each: -each.score)


def plain_biography(content: str) -> str:
    """Without markup, and without what follows every text: a link to the page, a licence."""
    body = _without_link(content.partition(_LICENCE)[0].rstrip())
    words = unescape(_TAG.sub("", _LINE_END.sub("\n", body)))
    return _BLANK_LINES.sub("\n\n", words).strip()


def _without_link(body: str) -> str:
    """Links within the text stay text; only the one that ends it leads to Last.fm and says no more."""
    head, anchor, link = body.rpartition("<a ")
    end = link.lower().find("</a>")
    if not anchor or end < 0 or "last.fm/" not in link[:end].lower() or link[end + 4 :].strip(" .\n"):
        return body
    return head


def _hit(row: Mapping[str, Any], name: str) -> SearchHit:
    found, mbid = line(row, "name"), line(row, "mbid")
    return SearchHit(
        provider=NAME,
        provider_id=found,
        name=found,
        score=name_score(name, found),
        musicbrainz_id=mbid.lower() if is_mbid(mbid) else "",
    )


def _names(artist: Mapping[str, Any], *keys: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in mappings(artist, *keys) if (name := line(each, "name"))))


class LastFm(Provider):
    spec = ProviderSpec(
        name=NAME,
        label="Last.fm",
        services={"api": "https://ws.audioscrobbler.com/2.0"},
        per_second=5,
        abilities=frozenset({"search", "artist", "name_lookup"}),
        key="required",
        tier="free_key",
        help_url="https://www.last.fm/api/account/create",
        fields=frozenset({"biography", "genres", "styles", "moods"}),
        judge=judge,
    )

    def search(self, name: str) -> list[SearchHit]:
        try:
            return hits(ask(self.session, "artist.search", {"artist": name, "limit": _HITS}), name)
        except NothingFound:
            return []

    def artist(self, lookup: Lookup, languages: Sequence[str] = ("en",)) -> ArtistRecord:
        """By the MBID, and by name where it does not know that: it knows few, and some lead to nobody."""
        language = base(languages[0]) if languages else "en"
        if is_mbid(lookup.mbid):
            try:
                found = self._info({"mbid": lookup.mbid.lower()}, language)
                require_no_namesake(NAME, lookup, found.ids.get("musicbrainz", ""))
                return found
            except NothingFound:
                if not lookup.name:
                    raise
        return self._named(lookup, language)

    def _named(self, lookup: Lookup, language: str) -> ArtistRecord:
        if not lookup.name.strip():
            raise NothingFound(NAME, "there is no name to look up")
        found = self._info({"artist": lookup.name}, language)
        require_like_name(NAME, lookup, found.name)
        require_no_namesake(NAME, lookup, found.ids.get("musicbrainz", ""))
        return found

    def _info(self, params: Mapping[str, str], language: str) -> ArtistRecord:
        return record(ask(self.session, "artist.getinfo", {**params, "lang": language}), language)
