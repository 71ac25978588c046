"""The fake world on loopback, and providers that ask it without waiting."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import pytest

from artists.demo.registry import FAKES
from artists.demo.replies import Question
from artists.demo.server import FakeWorld, running
from artists.providers.base import Provider
from artists.providers.session import Access, Session, policy_of
from stillwater.outbound import Outbound, Surroundings
from tests.artists.providers.acts import WORLD
from tests.stillwater.misbehaving import Clock

AnyProvider = TypeVar("AnyProvider", bound=Provider)
FAST = 10_000.0
"""Requests per second, so that no test waits for its turn."""


@dataclass
class Ground:
    """The running fake world; `asked` are the questions it got."""

    program: FakeWorld
    origin: str

    def provider(self, kind: type[AnyProvider], key: str = "") -> AnyProvider:
        """A provider with a session of its own, which sleeps in no time and knows the fakes' addresses."""
        spec = kind.spec
        access = Access(
            key=key,
            services={word: f"{self.origin}/{spec.name}/{word}" for word in spec.services},
            per_second=FAST,
            private=frozenset({self.origin}),
        )
        outbound = Outbound(policy_of(spec, access), surroundings=Surroundings(sleep=lambda seconds: None))
        return kind(Session(spec, access, outbound))

    @property
    def asked(self) -> list[Question]:
        return self.program.recorder.questions


@pytest.fixture
def ground() -> Iterator[Ground]:
    program = FakeWorld(WORLD, FAKES, clock=Clock(step=60))  # a minute between questions: no quota is ever reached
    with running(program) as origin:
        yield Ground(program, origin)
