"""Spotify: pictures, sometimes genres, of an artist that is known by its own identifier (providers.md 2.9)."""

import base64
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from artists.matching.similarity import name_score
from artists.providers.answers import ArtistRecord, ImageCandidate, SearchHit
from artists.providers.base import Asking, Fault, Lookup, Provider, ProviderSpec
from artists.providers.errors import AuthRequired, NotAnswering, NothingFound
from artists.providers.evidence import require_answer_about
from artists.providers.reading import line, lines, mapping, mappings, number, web_address
from stillwater.json_text import read_json

NAME = "spotify"
MOST_HITS = 10
"""More than ten are refused to applications in development mode."""
EARLY = 60
"""Seconds before its end at which a token is no longer used."""
_IDENTIFIER = re.compile(r"[0-9A-Za-z]{22}")
_REFUSALS = frozenset({"invalid_client", "invalid_grant", "unauthorized_client"})


@dataclass(frozen=True, slots=True)
class Token:
    """What the key was exchanged for; `until` is a moment of the clock, in seconds."""

    key: str = field(repr=False)
    text: str = field(repr=False)
    until: float


def judge(status: int, data: Any) -> Fault | None:
    """The exchange of the key is refused with 400, and so is an identifier that is none."""
    if status != 400:
        return None
    return Fault.AUTH if line(data, "error") in _REFUSALS else Fault.NOTHING


def _token(session: Asking, now: float) -> Token:
    """Exchanges the key. Raises AuthRequired where it does not have its two parts, or is refused."""
    form = {"grant_type": "client_credentials"}
    answer = session.post_form("accounts", "/api/token", form, {"Authorization": _basic(session.key)})
    text = line(answer, "access_token")
    if not text.isascii() or not text:
        raise NotAnswering(NAME, "Spotify did not answer as expected")
    return Token(session.key, text, now + number(answer, "expires_in") - EARLY)


def _basic(key: str) -> str:
    try:
        parts = read_json(key)
    except ValueError:
        parts = None
    client, secret = line(parts, "client_id"), line(parts, "client_secret")
    if not client or not secret:
        raise AuthRequired(NAME, "Spotify needs a client ID and a client secret")
    return "Basic " + base64.b64encode(f"{client}:{secret}".encode()).decode()


def hits(data: Any, asked: str) -> list[SearchHit]:
    found = [
        SearchHit(NAME, identifier, name, score=name_score(asked, name))
        for each in mappings(data, "artists", "items")
        if (identifier := _identifier(each)) and (name := line(each, "name"))
    ]
    return sorted(found, key=lambda hit: -hit.score)


def record(data: Any) -> ArtistRecord | None:
    identifier, name, url = _identifier(data), line(data, "name"), web_address(data, "external_urls", "spotify")
    if not identifier or not name:
        return None
    return ArtistRecord(
        NAME, identifier, name, genres=lines(data, "genres"), ids={NAME: identifier}, urls={NAME: url} if url else {}
    )


def pictures(data: Any) -> Iterator[ImageCandidate]:
    """The same picture in several sizes, the largest first."""
    for each in mappings(data, "images"):
        if url := web_address(each, "url"):
            yield ImageCandidate(NAME, "thumb", url, width=number(each, "width"), height=number(each, "height"))


def _identifier(data: Any) -> str:
    found = line(data, "id")
    return found if _IDENTIFIER.fullmatch(found) else ""


class Spotify(Provider):
    spec = ProviderSpec(
        name=NAME,
        label="Spotify",
        services={"api": "https://api.spotify.com/v1", "accounts": "https://accounts.spotify.com"},
        per_second=5,
        abilities=frozenset({"search", "artist", "images"}),
        key="required",
        key_parts=("client_id", "client_secret"),
        tier="paid",
        help_url="https://developer.spotify.com/dashboard",
        fields=frozenset({"genres"}),
        images=frozenset({"thumb"}),
        judge=judge,
    )
    clock: ClassVar[Callable[[], float]] = time.monotonic
    kept: ClassVar[Token | None] = None
    """The one token of this process; that of another key is forgotten."""

    def search(self, name: str) -> list[SearchHit]:
        if not name.strip():
            return []
        data = self._get("/search", {"q": name, "type": "artist", "limit": MOST_HITS})
        if not isinstance(mapping(data, "artists").get("items"), list):
            raise NotAnswering(NAME, "Spotify did not answer as expected")
        return hits(data, name)

    def artist(self, lookup: Lookup, languages: Sequence[str] = ("en",)) -> ArtistRecord:
        return self._entry(lookup)[1]

    def images(self, lookup: Lookup) -> list[ImageCandidate]:
        return list(pictures(self._entry(lookup)[0]))

    def test(self) -> None:
        """A token alone says that the key is good; a kept one would not."""
        self._new_token()

    def _entry(self, lookup: Lookup) -> tuple[Any, ArtistRecord]:
        identifier = lookup.own(NAME)
        if not _IDENTIFIER.fullmatch(identifier):
            raise NothingFound(NAME, "Spotify is asked by its own identifier only")
        data = self._get(f"/artists/{identifier}")
        found = record(data)
        if found is None:
            raise NotAnswering(NAME, "Spotify did not answer as expected")
        require_answer_about(NAME, identifier, found.provider_id)
        return data, found

    def _get(self, path: str, params: Mapping[str, str | int] | None = None) -> Any:
        """With the kept token, or a new one where there is none or it is refused before its time."""
        kept = Spotify.kept
        if kept is not None and kept.key == self.session.key and Spotify.clock() < kept.until:
            try:
                return self._with(kept, path, params)
            except AuthRequired:
                Spotify.kept = None
        return self._with(self._new_token(), path, params)

    def _with(self, token: Token, path: str, params: Mapping[str, str | int] | None) -> Any:
        return self.session.get("api", path, params, {"Authorization": f"Bearer {token.text}"})

    def _new_token(self) -> Token:
        Spotify.kept = None
        Spotify.kept = token = _token(self.session, Spotify.clock())
        return token
