"""However a provider fails, it is known as a failure, after few requests, and nothing is taken for an answer (F9)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from artists.demo.world import FAULTS
from artists.providers.answers import ArtistRecord, SearchHit
from artists.providers.base import Ability, Provider
from artists.providers.errors import NotAnswering, NothingFound
from artists.providers.session import Access, Session, policy_of
from artists.providers.spotify import Spotify
from stillwater.outbound import Outbound, Surroundings
from tests.artists.providers.acts import QUILLFEN, WORLD
from tests.artists.providers.questions import ASK, QUESTIONS, named
from tests.stillwater.misbehaving import Clock

MOST_REQUESTS = 4
"""Three attempts, and what has to be asked first (Spotify's token, DuckDuckGo's other page)."""
SILENCE = 1.0
"""Seconds of real silence; all other time is the clock's, which moves by a second whenever somebody looks."""
SILENT = frozenset({"timeout", "drip"})
ACTS = {act.fault: act for act in WORLD.acts if act.fault}


@pytest.fixture(scope="module")
def world() -> Iterator[tuple[FakeWorld, str]]:
    program = FakeWorld(WORLD, FAKES, clock=Clock(step=60))
    with running(program) as origin:
        yield program, origin


@pytest.fixture
def fake_world(world: tuple[FakeWorld, str], monkeypatch: pytest.MonkeyPatch) -> tuple[FakeWorld, str]:
    monkeypatch.setattr(Spotify, "kept", None)
    world[0].recorder.questions.clear()
    return world


def provider_at(origin: str, kind: type[Provider], fault: str = "") -> Provider:
    spec = kind.spec
    services = {word: f"{origin}/{spec.name}/{word}" for word in spec.services}
    access = Access(FAKES[spec.name].key, services, per_second=10_000, private=frozenset({origin}))
    clock = Clock(step=1)
    surroundings = Surroundings(clock=clock, sleep=clock.sleep, chance=lambda: 0.5)
    policy = replace(policy_of(spec, access), read_timeout=SILENCE if fault in SILENT else 20, connect_timeout=20)
    return kind(Session(spec, access, Outbound(policy, surroundings=surroundings)))


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault != "wrong artist"])
@pytest.mark.parametrize(("kind", "ability"), QUESTIONS, ids=named)
def test_a_fault_is_never_an_answer(
    fake_world: tuple[FakeWorld, str], kind: type[Provider], ability: Ability, fault: str
) -> None:
    program, origin = fake_world
    with pytest.raises(NotAnswering):
        ASK[ability](provider_at(origin, kind, fault), ACTS[fault])
    assert 1 <= len(program.recorder.questions) <= MOST_REQUESTS


@pytest.mark.parametrize(("kind", "ability"), QUESTIONS, ids=named)
def test_an_answer_about_somebody_else_says_about_whom_it_is(
    fake_world: tuple[FakeWorld, str], kind: type[Provider], ability: Ability
) -> None:
    _, origin = fake_world
    asked = ACTS["wrong artist"]
    try:
        found = ASK[ability](provider_at(origin, kind), asked)
    except (NothingFound, NotAnswering):
        return
    for each in found if isinstance(found, list) else [found]:
        if isinstance(each, ArtistRecord | SearchHit):
            assert each.name in {QUILLFEN.name, *QUILLFEN.localised.values()}, each
            assert each.provider_id not in {asked.mbid, asked.name, asked.ids.get(kind.spec.name)}, each
            assert claimed_mbid(each) != asked.mbid, each


def claimed_mbid(found: ArtistRecord | SearchHit) -> str:
    return found.ids.get("musicbrainz", "") if isinstance(found, ArtistRecord) else found.musicbrainz_id


@pytest.mark.parametrize(("kind", "ability"), QUESTIONS, ids=named)
def test_the_same_question_about_a_healthy_act_is_answered(
    fake_world: tuple[FakeWorld, str], kind: type[Provider], ability: Ability
) -> None:
    """Else the tests above would prove nothing."""
    _, origin = fake_world
    assert ASK[ability](provider_at(origin, kind), QUILLFEN)
