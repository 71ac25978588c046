"""Discogs: profiles, members, pictures, albums, and the styles that its albums are filed under (providers.md 2.4)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from artists.matching.similarity import name_score
from artists.providers.answers import (
    AliasRecord,
    ArtistRecord,
    ImageCandidate,
    MemberRecord,
    ReleaseGroup,
    SearchHit,
)
from artists.providers.base import Asking, Lookup, Provider, ProviderSpec
from artists.providers.discogs_markup import plain, real_name
from artists.providers.errors import AuthRequired, NotAnswering, NothingFound, ProviderError
from artists.providers.evidence import require_answer_about, require_like_name
from artists.providers.placeholders import is_placeholder_url
from artists.providers.reading import items, line, lines, mappings, number, text, web_address

NAME = "discogs"
HITS = 25
MOST_STYLES = 10
MOST_PAGES = 5
ALBUMS_A_PAGE = 100
ALBUMS_FOR_STYLES = 5
"""Each costs a question, at one a second: with these an artist is whole before a page's time is over."""


def ask(session: Asking, path: str, params: Mapping[str, str | int] | None = None) -> dict[str, Any]:
    if not session.key:
        raise AuthRequired(NAME, "there is no token")
    answer = session.get("api", path, params, {"Authorization": f"Discogs token={session.key}"})
    if not isinstance(answer, dict):
        raise _unexpected()
    return answer


def releases(session: Asking, key: str) -> Iterator[dict[str, Any]]:
    """The artist's own albums, newest first: masters, which stand for all pressings of one; page by page."""
    for page in range(1, MOST_PAGES + 1):
        asked: dict[str, str | int] = {"sort": "year", "sort_order": "desc", "per_page": ALBUMS_A_PAGE, "page": page}
        answer = ask(session, f"/artists/{key}/releases", asked)
        if "releases" not in answer:
            raise _unexpected()
        for row in mappings(answer, "releases"):
            if line(row, "type") == "master" and line(row, "role") == "Main" and number(row, "id"):
                yield row
        if page >= number(answer, "pagination", "pages"):
            return


def styles(session: Asking, key: str) -> tuple[str, ...]:
    """Those of its newest albums, the most frequent first; none at all where not every album could be asked."""
    try:
        masters = list(dict.fromkeys(number(row, "id") for _, row in zip(_FEW, releases(session, key), strict=False)))
        return most_frequent(ask(session, f"/masters/{master}") for master in masters)
    except ProviderError:
        return ()


_FEW = range(ALBUMS_FOR_STYLES)


def hits(answer: Mapping[str, Any], name: str) -> list[SearchHit]:
    """Best first; of equally good ones the first that Discogs names. Raises NotAnswering for what is no list."""
    if "results" not in answer:
        raise _unexpected()
    found = [_hit(row, name) for row in mappings(answer, "results") if number(row, "id") and line(row, "title")]
    return sorted(found, key=lambda each: -each.score)


def record(answer: Mapping[str, Any], styles: tuple[str, ...] = ()) -> ArtistRecord:
    key, name = number(answer, "id"), real_name(line(answer, "name"))
    if not key or not name:
        raise _unexpected()
    addresses = (url for item in items(answer, "urls") if (url := web_address(item)))
    names = dict.fromkeys(real_name(line(row, "name")) for row in mappings(answer, "aliases"))
    return ArtistRecord(
        provider=NAME,
        provider_id=str(key),
        name=name,
        biography=plain(text(answer, "profile")),
        biography_language="en",
        styles=styles,
        members=tuple(_members(answer)),
        aliases=tuple(AliasRecord(alias) for alias in names if alias),
        ids={NAME: str(key)},
        urls={f"link_{place}": url for place, url in enumerate(addresses, start=1)},
    )


def pictures(answer: Mapping[str, Any]) -> Iterator[ImageCandidate]:
    for row in mappings(answer, "images"):
        url = web_address(row, "uri")
        if url and not is_placeholder_url(url):
            width, height = number(row, "width"), number(row, "height")
            yield ImageCandidate(NAME, "thumb", url, 0, width, height, preview_url=web_address(row, "uri150"))


def most_frequent(masters: Iterator[Mapping[str, Any]]) -> tuple[str, ...]:
    """The styles of these albums, the most frequent first, ties by the alphabet."""
    counted = Counter(style for master in masters for style in dict.fromkeys(lines(master, "styles")))
    ranked = sorted(counted, key=lambda style: (-counted[style], style.casefold()))
    return tuple(ranked[:MOST_STYLES])


def album(row: Mapping[str, Any]) -> ReleaseGroup:
    year = number(row, "year")
    return ReleaseGroup(
        provider_id=line(row, "id"),
        title=line(row, "title"),
        first_release_date=f"{year:04}" if 0 < year < 10_000 else "",
    )


def _hit(row: Mapping[str, Any], name: str) -> SearchHit:
    title = line(row, "title")
    found = real_name(title)
    number_of_namesake = title.removeprefix(found).strip(" ()")
    return SearchHit(
        provider=NAME,
        provider_id=line(row, "id"),
        name=found,
        disambiguation=f"no. {number_of_namesake} of this name" if number_of_namesake else "",
        score=name_score(name, found),
    )


def _members(answer: Mapping[str, Any]) -> Iterator[MemberRecord]:
    for row in mappings(answer, "members"):
        if name := real_name(line(row, "name")):
            yield MemberRecord(name, is_active=row.get("active") is not False)


def _unexpected() -> NotAnswering:
    return NotAnswering(NAME, "Discogs did not answer as expected")


class Discogs(Provider):
    spec = ProviderSpec(
        name=NAME,
        label="Discogs",
        services={"api": "https://api.discogs.com"},
        per_second=1,
        abilities=frozenset({"search", "artist", "images", "release_groups", "name_lookup"}),
        key="required",
        tier="free_key",
        help_url="https://www.discogs.com/settings/developers",
        fields=frozenset({"biography", "styles", "members"}),
        images=frozenset({"thumb"}),
    )

    def search(self, name: str) -> list[SearchHit]:
        asked: dict[str, str | int] = {"q": name, "type": "artist", "per_page": HITS}
        return hits(ask(self.session, "/database/search", asked), name)

    def artist(self, lookup: Lookup, languages: Sequence[str] = ("en",)) -> ArtistRecord:
        """Discogs writes in English, mostly, whatever the languages are."""
        key = self._key(lookup)
        answer = self._described(key)
        return record(answer, styles(self.session, key))

    def images(self, lookup: Lookup) -> list[ImageCandidate]:
        return list(pictures(self._described(self._key(lookup))))

    def release_groups(self, lookup: Lookup) -> list[ReleaseGroup]:
        albums = map(album, releases(self.session, self._key(lookup)))
        return [each for each in albums if each.title]

    def test(self) -> None:
        ask(self.session, "/database/search", {"q": "test", "type": "artist", "per_page": 1})

    def _described(self, key: str) -> dict[str, Any]:
        answer = ask(self.session, f"/artists/{key}")
        require_answer_about(NAME, key, line(answer, "id"))
        return answer

    def _key(self, lookup: Lookup) -> str:
        """Its own number, else that of the only artist of this name; it knows no MBIDs."""
        own = lookup.own(NAME)
        if own:
            if own.isascii() and own.isdigit():
                return own.lstrip("0") or "0"
            raise NothingFound(NAME, "this is not a Discogs number")
        if not lookup.name.strip():
            raise NothingFound(NAME, "there is neither a number nor a name to look up")
        found = self.search(lookup.name)
        if not found:
            raise NothingFound(NAME)
        require_like_name(NAME, lookup, found[0].name)
        if sum(each.score == found[0].score for each in found) > 1:
            raise NothingFound(NAME, "several artists bear this name")
        return found[0].provider_id
