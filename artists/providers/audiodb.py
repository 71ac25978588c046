"""TheAudioDB: biographies in many languages, moods, years and pictures, all in one answer (providers.md 2.3)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from artists.fields import GENDERS
from artists.matching.similarity import name_score
from artists.providers.answers import AliasRecord, ArtistRecord, ImageCandidate, ImageOffer, SearchHit
from artists.providers.base import Asking, Fault, Lookup, Provider, ProviderSpec
from artists.providers.errors import NotAnswering, NothingFound
from artists.providers.evidence import is_mbid, require_answer_about, require_like_name, require_no_namesake
from artists.providers.placeholders import is_placeholder_url
from artists.providers.reading import line, mappings, text, web_address
from stillwater.language_tags import base

NAME = "audiodb"
PUBLIC_KEY = "123"
_ROWS = ("artists", "lookup", "search")
_LANGUAGES = {"zh": "CN", "he": "IL", "sv": "SE", "nb": "NO", "nn": "NO"}
"""What it calls a language is mostly the code in capitals; for these it is a country."""
_KNOWN_LANGUAGES = frozenset(["EN", "DE", "FR", "JA", "CN", "IT", "PT", "RU", "HU", "IL", "NO", "SE", "PL", "NL", "ES"])
_PICTURES: tuple[tuple[str, ImageOffer], ...] = (
    ("strArtistThumb", "thumb"),
    ("strArtistLogo", "logo"),
    ("strArtistWideThumb", "widethumb"),
    ("strArtistBanner", "banner"),
    ("strArtistFanart", "fanart"),
    ("strArtistFanart2", "fanart"),
    ("strArtistFanart3", "fanart"),
    ("strArtistFanart4", "fanart"),
)
_YEAR = re.compile(r"([1-9]\d{3})(?:-\d{2}-\d{2})?", re.ASCII)


def by_id(session: Asking, key: str) -> list[dict[str, Any]]:
    return _rows(session, f"/lookup/artist/{key}", "/artist.php", {"i": key})


def by_mbid(session: Asking, mbid: str) -> list[dict[str, Any]]:
    return _rows(session, f"/lookup/artist_mb/{mbid.lower()}", "/artist-mb.php", {"i": mbid.lower()})


def by_name(session: Asking, name: str) -> list[dict[str, Any]]:
    wanted = name.strip()
    if not wanted.strip("."):  # "." and ".." would be steps in the path
        return []
    return _rows(session, f"/search/artist/{quote(wanted, safe='')}", "/search.php", {"s": wanted})


def _rows(session: Asking, new: str, old: str, params: Mapping[str, str]) -> list[dict[str, Any]]:
    """A key of one's own is a header of the second version; in the path there is never but the public one."""
    if session.key in ("", PUBLIC_KEY):
        answer = session.get("v1", f"/{PUBLIC_KEY}{old}", params)
    else:
        answer = session.get("v2", new, headers={"X-API-KEY": session.key})
    named = [key for key in _ROWS if isinstance(answer, dict) and key in answer]
    if not named:
        raise NotAnswering(NAME, "TheAudioDB did not answer as expected")
    return list(mappings(answer, named[0]))


def judge(status: int, data: Any) -> Fault | None:
    """The second version has a sentence for what it has not."""
    said = text(data, "Message") or text(data, "message")
    return Fault.NOTHING if status < 400 and "no data found" in said.lower() else None


def record(row: Mapping[str, Any], languages: Sequence[str] = ("en",)) -> ArtistRecord:
    """A year of founding says that it is a group; the years of a life then mean nothing."""
    formed, mbid = _year(row, "intFormedYear"), line(row, "strMusicBrainzID")
    biography, language = biography_of(row, languages)
    gender = line(row, "strGender").lower()
    return ArtistRecord(
        provider=NAME,
        provider_id=line(row, "idArtist"),
        name=line(row, "strArtist"),
        gender=gender if gender in GENDERS and not formed else "",
        origin=line(row, "strCountry"),
        biography=biography,
        biography_language=language,
        genres=_parts(row, "strGenre"),
        styles=_parts(row, "strStyle"),
        moods=_parts(row, "strMood"),
        formed=formed,
        disbanded=_year(row, "strDisbanded"),
        born="" if formed else _year(row, "intBornYear"),
        died="" if formed else _year(row, "intDiedYear"),
        aliases=tuple(AliasRecord(name) for name in _parts(row, "strArtistAlternate")),
        ids={NAME: line(row, "idArtist")} | ({"musicbrainz": mbid.lower()} if is_mbid(mbid) else {}),
        urls={"official": site} if (site := _site(row)) else {},
    )


def biography_of(row: Mapping[str, Any], languages: Sequence[str]) -> tuple[str, str]:
    """The text and its language: the first preferred one that there is, else English, else what has no language."""
    for language in (*map(base, languages), "en"):
        code = _LANGUAGES.get(language, language.upper())
        if code in _KNOWN_LANGUAGES and (found := text(row, f"strBiography{code}")):
            return found, language
    return text(row, "strBiography"), ""


def hit(row: Mapping[str, Any], name: str) -> SearchHit:
    mbid = line(row, "strMusicBrainzID")
    aliases = _parts(row, "strArtistAlternate")
    return SearchHit(
        provider=NAME,
        provider_id=line(row, "idArtist"),
        name=line(row, "strArtist"),
        disambiguation=line(row, "strGenre"),
        origin=line(row, "strCountry"),
        score=max(name_score(name, each) for each in (line(row, "strArtist"), *aliases)),
        musicbrainz_id=mbid.lower() if is_mbid(mbid) else "",
        aliases=aliases,
    )


def pictures(row: Mapping[str, Any]) -> Iterator[ImageCandidate]:
    for key, kind in _PICTURES:
        url = web_address(row, key)
        if url and not is_placeholder_url(url):
            yield ImageCandidate(NAME, kind, url)


def _parts(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in line(row, key).split("/") if part.strip()))


def _year(row: Mapping[str, Any], key: str) -> str:
    """`strDisbanded` is often a mere "Yes"; "0" stands for nothing."""
    found = _YEAR.fullmatch(line(row, key))
    return found[1] if found else ""


def _site(row: Mapping[str, Any]) -> str:
    """It writes addresses without a scheme."""
    written = line(row, "strWebsite")
    return web_address(written if "://" in written else f"https://{written}" if "." in written else "")


class AudioDb(Provider):
    spec = ProviderSpec(
        name=NAME,
        label="TheAudioDB",
        services={
            "v1": "https://www.theaudiodb.com/api/v1/json",
            "v2": "https://www.theaudiodb.com/api/v2/json",
        },
        per_second=0.5,
        abilities=frozenset({"search", "artist", "images"}),
        key="optional",
        tier="freemium",
        help_url="https://www.theaudiodb.com/free_music_api",
        fields=frozenset(
            {"biography", "genres", "styles", "moods", "formed", "disbanded", "born", "died", "gender", "origin"}
        ),
        images=frozenset({"thumb", "fanart", "logo", "banner"}),
        judge=judge,
    )

    def search(self, name: str) -> list[SearchHit]:
        try:
            found = by_name(self.session, name)
        except NothingFound:
            return []
        hits = [hit(row, name) for row in found if line(row, "idArtist") and line(row, "strArtist")]
        return sorted(hits, key=lambda each: -each.score)

    def artist(self, lookup: Lookup, languages: Sequence[str] = ("en",)) -> ArtistRecord:
        if lookup.own(NAME) or lookup.mbid:
            return record(self._identified(lookup), languages)
        return record(self._named(lookup), languages)

    def images(self, lookup: Lookup) -> list[ImageCandidate]:
        return list(pictures(self._identified(lookup)))

    def _identified(self, lookup: Lookup) -> dict[str, Any]:
        """By its own identifier, else by the MBID: for text and pictures the same question, which is asked once."""
        own, mbid = lookup.own(NAME), lookup.mbid
        if own.isascii() and own.isdigit():
            row = _first(by_id(self.session, own))
            require_answer_about(NAME, own, line(row, "idArtist"))
            require_no_namesake(NAME, lookup, line(row, "strMusicBrainzID"))
        elif is_mbid(mbid):
            row = _first(by_mbid(self.session, mbid))
            require_answer_about(NAME, mbid, line(row, "strMusicBrainzID"))
        else:
            raise NothingFound(NAME, "there is no identifier that it knows")
        return row

    def _named(self, lookup: Lookup) -> dict[str, Any]:
        rows = by_name(self.session, lookup.name)
        row = _first(sorted(rows, key=lambda each: -name_score(lookup.name, line(each, "strArtist"))))
        require_like_name(NAME, lookup, line(row, "strArtist"))
        return row


def _first(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Raises NothingFound for none, NotAnswering for one that has neither identifier nor name."""
    if not rows:
        raise NothingFound(NAME)
    if not line(rows[0], "idArtist") or not line(rows[0], "strArtist"):
        raise NotAnswering(NAME, "TheAudioDB did not answer as expected")
    return rows[0]
