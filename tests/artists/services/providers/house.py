"""A house with a few small providers on a loopback socket: what they declare is like the real ones, what they say is
not. A key that begins with "good" is accepted, "mute" gets no sensible answer, any other is refused."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

import pytest

from artists.demo.replies import Fake, Question, Reply, json_reply
from artists.demo.server import FakeWorld, running
from artists.demo.world import World
from artists.providers import registry
from artists.providers.answers import ArtistRecord, ImageCandidate, SearchHit
from artists.providers.base import Ability, Lookup, Provider, ProviderSpec
from artists.providers.errors import NothingFound

TEXT = frozenset({"biography", "genres", "styles", "born", "origin", "members"})


def make_provider(name: str, **spec: Any) -> type[Provider]:
    """A provider whose answers come from the fake as they are."""
    abilities: frozenset[Ability] = spec.pop("abilities", frozenset({"search", "artist"}))
    values = {
        "label": name.title(),
        "services": {"api": f"https://{name}.example.org"},
        "per_second": 1000,
        "fields": TEXT,
        **spec,
    }

    class Small(Provider):
        spec: ClassVar[ProviderSpec] = ProviderSpec(name=name, abilities=abilities, **values)

        def search(self, wanted: str) -> list[SearchHit]:
            rows = self._get("/search", q=wanted).get("hits", ())
            return [SearchHit(name, row["id"], row["name"], score=row["score"]) for row in rows]

        def artist(self, lookup: Lookup, languages: Any = ("en",)) -> ArtistRecord:
            said = self._get("/artist", mbid=lookup.mbid, name=lookup.name, language=languages[0])
            if not said:
                raise NothingFound(name)
            return ArtistRecord(**{"provider": name, "provider_id": "1", **said})

        def images(self, lookup: Lookup) -> list[ImageCandidate]:
            said = self._get("/images", mbid=lookup.mbid)
            plain = [ImageCandidate(name, "thumb", url) for url in said.get("urls", ())]
            return [*plain, *(ImageCandidate(name, **row) for row in said.get("pictures", ()))]

        def search_images(self, wanted: str, kind: Any) -> list[ImageCandidate]:
            rows = self._get("/web", q=wanted).get("pictures", ())
            return [ImageCandidate(name, kind, **row) for row in rows]

        def test(self) -> None:
            self._get("/test")

        def _get(self, path: str, **params: str) -> Any:
            return self.session.get("api", path, params, {"X-Key": self.session.key})

    return Small


SMALL = (
    make_provider("musicbrainz", mirror=True),
    make_provider("wikipedia"),
    make_provider("fanarttv", key="required", tier="free_key", fields=frozenset(), images=frozenset({"thumb", "logo"}),
                  abilities=frozenset({"images"})),
    make_provider("audiodb", key="optional", tier="freemium", images=frozenset({"thumb", "logo"})),
    make_provider("discogs", key="required", tier="free_key", images=frozenset({"thumb"})),
    make_provider("lastfm", key="required", tier="free_key"),
    make_provider("spotify", key="required", key_parts=("client_id", "client_secret"), tier="paid"),
    make_provider("duckduckgo", abilities=frozenset({"web_search"}), fields=frozenset()),
)  # fmt: skip


class Fakes:
    """What each provider says; `answers` by (provider, path) is the JSON, or a status."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], Any] = {}
        self.asked: list[Question] = []

    def __call__(self, _world: World, question: Question) -> Reply:
        self.asked.append(question)
        key = question.headers.get("X-Key", "")
        if key.startswith("mute"):
            return Reply(200, b"<html>")
        if key and "good" not in key:
            return json_reply({"error": "bad key"}, 401)
        said = self.answers.get((question.provider, question.path), {})
        return json_reply({}, said) if isinstance(said, int) else json_reply(said)

    def of(self, provider: str) -> list[Question]:
        return [question for question in self.asked if question.provider == provider]


@contextmanager
def small_world(
    monkeypatch: pytest.MonkeyPatch, settings: Any, providers: tuple[type[Provider], ...] = SMALL
) -> Iterator[Fakes]:
    """These providers instead of the real ones, each at its fake."""
    fakes = Fakes()
    program = FakeWorld(World(()), {provider.spec.name: _fake(provider.spec.name, fakes) for provider in providers})
    names: Mapping[str, type[Provider]] = {provider.spec.name: provider for provider in providers}
    engines = tuple(provider for provider in providers if "web_search" in provider.spec.abilities)
    monkeypatch.setattr(registry, "PROVIDERS", tuple(provider for provider in providers if provider not in engines))
    monkeypatch.setattr(registry, "WEB_SEARCHES", engines)
    monkeypatch.setattr(registry, "BY_NAME", names)
    with running(program) as origin:
        settings.STILLWATER_PROVIDERS_URL = origin
        yield fakes


def _fake(name: str, fakes: Fakes) -> Any:
    return Fake(name, fakes)
