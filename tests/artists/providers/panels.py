"""Small invented providers that count who was asked, and what with."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, cast

from artists.providers.answers import ArtistRecord, ReleaseGroup, SearchHit
from artists.providers.base import Asking, Lookup, Provider, ProviderSpec
from artists.providers.errors import NothingFound
from artists.services.asking import Panel
from artists.services.sources import Sources

Answer = ArtistRecord | Exception | Callable[[Lookup], ArtistRecord]


class FakeProvider(Provider):
    """Answers what it was given, or raises it; `asked` are the lookups in the order in which they came."""

    spec: ClassVar[ProviderSpec]

    def __init__(self, name: str, answer: Answer, hits: Sequence[SearchHit] = (), albums: Sequence[str] = ()) -> None:
        super().__init__(cast("Asking", None))
        self.spec = ProviderSpec(name, name.title(), {}, 1, frozenset({"artist"}))  # type: ignore[misc]
        self.answer, self.hits, self.albums = answer, hits, albums
        self.asked: list[Lookup] = []
        self.languages: list[Sequence[str]] = []

    def artist(self, lookup: Lookup, languages: Sequence[str] = ("en",)) -> ArtistRecord:
        self.asked.append(lookup)
        self.languages.append(languages)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer if isinstance(self.answer, ArtistRecord) else self.answer(lookup)

    def search(self, name: str) -> list[SearchHit]:
        if isinstance(self.answer, Exception):
            raise self.answer
        return list(self.hits)

    def release_groups(self, lookup: Lookup) -> list[ReleaseGroup]:
        if not self.albums:
            raise NothingFound(self.spec.name)
        return [ReleaseGroup(str(number), title) for number, title in enumerate(self.albums)]


def panel(*providers: FakeProvider, **options: Any) -> Panel:
    return Panel({provider.spec.name: provider for provider in providers}, **options)


def sources(*providers: FakeProvider, order: Mapping[str, tuple[str, ...]] | None = None, **options: Any) -> Sources:
    """By default every provider is asked for every field, in the order given."""
    names = tuple(provider.spec.name for provider in providers)
    usual = dict.fromkeys(
        ("type", "gender", "origin", "disambiguation", "biography", "genres", "born", "formed"), names
    )
    return Sources(panel(*providers, **options), {**usual, "members": names} if order is None else order)
