"""Whatever goes wrong at one provider, a refresh loses nothing, hears the others, and keeps the page's time (F9).

Every fault meets every provider of the registry, those to come included. The providers ask the fake world over
loopback; time passes only in the pauses between attempts and where a provider lets us wait.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from artists.demo.registry import FAKES
from artists.demo.replies import Fake, Question, Reply
from artists.demo.server import FakeWorld, running
from artists.demo.world import FAULTS, World, with_act
from artists.fields import BY_KEY, IDENTIFIER_FIELDS
from artists.models import Artist, FieldTrace
from artists.providers.base import Provider
from artists.providers.merge import MERGED_FIELDS
from artists.providers.outcomes import Kind
from artists.providers.registry import PROVIDERS
from artists.providers.session import PAGE_SECONDS, Access, Session, policy_of
from artists.services.asking import Panel
from artists.services.refresh import refresh
from artists.services.sources import Sources
from stillwater.outbound import Budget, Outbound, Surroundings
from tests.artists.providers.acts import MBID, QUILLFEN, WORLD
from tests.builders import make_artist
from tests.stillwater.misbehaving import Clock

SILENT = ("timeout", "drip")
"""Faults that cost a client all the patience it has."""
SILENCE = 0.05
"""Seconds that a test really waits for one who says nothing."""
KINDS = {provider.spec.name: provider for provider in PROVIDERS}
SPECS = {name: kind.spec for name, kind in KINDS.items()}
NAMES = tuple(KINDS)


@dataclass
class Page:
    """What one person who waits would have: providers with sessions that share one budget, on a clock of ours."""

    fault: str
    faulty: str
    clock: Clock
    budget: Budget
    origin: str = ""

    def fakes(self) -> dict[str, Fake]:
        return {**FAKES, self.faulty: replace(FAKES[self.faulty], answer=self._answer)}

    def sources(self) -> Sources:
        panel = Panel({name: self._provider(name) for name in NAMES}, budget=self.budget)
        return Sources(panel, dict.fromkeys(MERGED_FIELDS, NAMES))

    def _answer(self, world: World, question: Question) -> Reply:
        if self.fault in SILENT:
            self.clock.sleep(min(SPECS[self.faulty].timeout, self.budget.left()))
        return FAKES[self.faulty].answer(with_act(world, MBID, fault=self.fault), question)

    def _provider(self, name: str) -> Provider:
        """Only the faulty one takes time: all others answer at once, whatever it does meanwhile."""
        kind = KINDS[name]
        clock = self.clock if name == self.faulty else Clock()
        access = Access(
            key=FAKES[name].key,
            services={word: f"{self.origin}/{name}/{word}" for word in kind.spec.services},
            per_second=10_000,
            private=frozenset({self.origin}),
            budget=self.budget if name == self.faulty else Budget.of(PAGE_SECONDS, clock),
        )
        policy = policy_of(kind.spec, access)
        if name == self.faulty and self.fault in SILENT:
            policy = replace(policy, read_timeout=SILENCE, deadline=SILENCE)
        outbound = Outbound(policy, surroundings=Surroundings(sleep=clock.sleep))
        return kind(Session(kind.spec, access, outbound))


@pytest.fixture(params=NAMES)
def faulty(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=FAULTS)
def page(request: pytest.FixtureRequest, faulty: str) -> Iterator[Page]:
    clock = Clock()
    made = Page(request.param, faulty, clock, Budget.of(PAGE_SECONDS, clock))
    minutes = Clock(step=60)  # no quota is ever reached
    with running(FakeWorld(WORLD, made.fakes(), clock=minutes)) as made.origin:
        yield made


@pytest.fixture
def artist(db: None) -> Artist:
    """Everything that a refresh could take away is there, and typed by hand."""
    typed = dict.fromkeys(("origin", "biography", "years_active", "disambiguation"), "Typed")
    lists = {key: ["Typed"] for key in ("genres", "styles", "moods")}
    ids = {key: QUILLFEN.ids[key.removesuffix("_id")] for key in IDENTIFIER_FIELDS - {"musicbrainz_id"}}
    made = make_artist(QUILLFEN.name, musicbrainz_id=MBID, type="group", formed="1999", **ids, **typed, **lists)
    made.members.create(member_name="Typed")
    made.aliases.create(alias="Typed")
    return made


def test_nothing_is_lost_the_others_answer_and_the_time_is_kept(artist: Artist, page: Page) -> None:
    before = {key: getattr(artist, key) for key in BY_KEY}
    began = page.clock.now
    done = refresh(artist, sources=page.sources())
    artist.refresh_from_db()
    after = {key: getattr(artist, key) for key in BY_KEY}
    assert [key for key, value in before.items() if value and not after[key]] == []
    assert page.faulty not in done.sources.values()
    assert {key for key, value in after.items() if value != before[key]} <= done.sources.keys()
    assert artist.members.exists()
    assert artist.aliases.filter(alias="Typed").exists()
    kinds = _kinds(artist)
    assert Kind.ANSWERED not in kinds.pop(page.faulty)
    assert {name for name, found in kinds.items() if found & {Kind.AUTH, Kind.NOT_ANSWERING, Kind.REFUSED}} == set()
    assert sum(Kind.ANSWERED in found for found in kinds.values()) >= 3
    assert page.clock.now - began <= PAGE_SECONDS


def _kinds(artist: Artist) -> dict[str, set[str]]:
    """What each provider's part was in the decisions that are remembered."""
    kinds: dict[str, set[str]] = {}
    for trace in FieldTrace.objects.filter(artist=artist):
        for said in trace.said:
            kinds.setdefault(said["provider"], set()).add(said["kind"])
    return kinds
