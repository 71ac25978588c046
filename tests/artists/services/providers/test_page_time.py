"""A page that asks providers is drawn within fifteen seconds, however they misbehave; a job may take its time."""

from dataclasses import replace

import pytest

from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from artists.providers.base import Lookup
from artists.providers.errors import NotAnswering
from artists.providers.musicbrainz.provider import MusicBrainz
from artists.providers.session import PAGE_SECONDS, Access, Session, policy_of
from artists.services.providers import access_of
from artists.services.providers.access import available_providers
from stillwater.outbound import Budget, Outbound, Surroundings
from tests.artists.providers.acts import WORLD
from tests.stillwater.misbehaving import Clock

FAULTY = {act.fault: act.mbid for act in WORLD.acts if act.fault}


def provider_in(origin: str, clock: Clock, *, silence: float = 10) -> MusicBrainz:
    """With the time of one page, which passes by `clock`; `silence` in real seconds ends a question."""
    spec = replace(MusicBrainz.spec, timeout=silence)
    services = {word: f"{origin}/musicbrainz/{word}" for word in spec.services}
    budget = Budget.of(PAGE_SECONDS, clock)
    access = Access(services=services, per_second=1000, private=frozenset({origin}), budget=budget)
    world = Surroundings(clock=clock, sleep=clock.sleep)
    return MusicBrainz(Session(spec, access, Outbound(policy_of(spec, access), surroundings=world)))


@pytest.mark.parametrize(("fault", "step", "silence"), [("drip", 0.5, 10), ("timeout", 0.5, 0.05)])
def test_a_provider_that_drips_or_is_silent_ends_within_the_time_of_the_page(
    fault: str, step: float, silence: float
) -> None:
    clock = Clock(step)
    began = clock.now
    with running(FakeWorld(WORLD, FAKES, clock=Clock(step=60))) as origin:
        provider = provider_in(origin, clock, silence=silence)
        for mbid in (FAULTY[fault], FAULTY["503"], FAULTY["reset"]):
            with pytest.raises(NotAnswering):
                provider.artist(Lookup("", {"musicbrainz": mbid}))
    assert clock.now - began < PAGE_SECONDS + 10 * step


def test_nobody_is_asked_once_the_time_is_up() -> None:
    clock = Clock()
    program = FakeWorld(WORLD, FAKES, clock=Clock(step=60))
    with running(program) as origin:
        provider = provider_in(origin, clock)
        clock.now += PAGE_SECONDS
        with pytest.raises(NotAnswering):
            provider.artist(Lookup("", {"musicbrainz": FAULTY["503"]}))
    assert program.recorder.questions == []


def test_a_page_has_one_time_for_all_providers_and_a_job_has_none() -> None:
    budgets = {
        id(provider.session.access.budget)
        for provider in available_providers()
        if isinstance(provider.session, Session)
    }
    assert len(budgets) == 1
    page, job = access_of("wikipedia", "page").budget, access_of("wikipedia", "job").budget
    assert page is not None
    assert 0 < page.left() <= PAGE_SECONDS
    assert job is None
