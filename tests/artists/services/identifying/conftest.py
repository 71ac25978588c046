"""A run whose MusicBrainz is a small invented one that counts its questions."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest

from artists.models import Artist, Identification
from artists.providers.answers import ReleaseGroup, SearchHit
from artists.providers.base import Lookup
from artists.providers.errors import NothingFound
from artists.services.asking import Panel
from artists.services.identifying.running import Means, RunResult, identify
from artists.services.sources import Sources
from tests.artists.providers.answers import record
from tests.artists.providers.panels import FakeProvider


class Catalogue(FakeProvider):
    """`known`: MBID to name and albums; `merged`: old MBID to the surviving one; `down`: what it raises instead."""

    def __init__(self, known: dict[str, tuple[str, Sequence[str]]]) -> None:
        super().__init__("musicbrainz", self._record)
        self.known, self.merged, self.down = known, dict[str, str](), None
        self.questions: list[tuple[str, str]] = []

    down: Exception | None

    def search(self, name: str) -> list[SearchHit]:
        self._ask("search", name)
        wanted = name.casefold()
        return [
            SearchHit(
                "musicbrainz", mbid, called, score=100 if called.casefold() == wanted else 62, musicbrainz_id=mbid
            )
            for mbid, (called, _) in self.known.items()
            if set(called.casefold().split()) & set(wanted.split())
        ]

    def release_groups(self, lookup: Lookup) -> list[ReleaseGroup]:
        self._ask("albums", lookup.mbid)
        return [ReleaseGroup(title, title) for title in self.known[lookup.mbid][1]]

    def _record(self, lookup: Lookup) -> Any:
        self._ask("artist", lookup.mbid)
        mbid = self.merged.get(lookup.mbid, lookup.mbid)
        if mbid not in self.known:
            raise NothingFound("musicbrainz")
        asked = lookup.mbid if mbid != lookup.mbid else ""
        return record("musicbrainz", provider_id=mbid, name=self.known[mbid][0], type="group", asked_id=asked)

    def _ask(self, what: str, about: str) -> None:
        self.questions.append((what, about))
        if self.down:
            raise self.down

    def asked_for(self, what: str) -> list[str]:
        return [about for kind, about in self.questions if kind == what]


Run = Callable[..., RunResult]


@pytest.fixture
def run() -> Run:
    """`run(catalogue)` identifies everybody; `run_id` goes on with a run."""

    def go(catalogue: Catalogue, run_id: UUID | None = None, **options: Any) -> RunResult:
        panel = Panel({"musicbrainz": catalogue}, budget=None)
        means = Means(lambda: panel, lambda _artist: Sources(panel, {"type": ("musicbrainz",)}))
        return identify(Artist.objects.all(), run_id or uuid4(), means=means, **options)

    return go


def outcome(artist: Artist) -> Identification:
    artist.refresh_from_db()
    return Identification.objects.get(artist=artist)
