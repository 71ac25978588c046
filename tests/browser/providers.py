"""The demo's invented providers for the browser tests: they know the library's artists, and can be made to refuse."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from artists.demo.registry import FAKES
from artists.demo.replies import Fake, Question, Reply
from artists.demo.server import FakeWorld, running
from artists.demo.world import World, world_of
from artists.sample.demo import demo_recipes
from tests.stillwater.misbehaving import Clock

A_MINUTE = 60


@dataclass
class InventedProviders:
    """`down` holds the names of those that refuse every question."""

    address: str = ""
    down: set[str] = field(default_factory=set)

    @classmethod
    @contextmanager
    def running(cls, seed: int, artists: int) -> Iterator["InventedProviders"]:
        """Time passes quickly in their world, so that no test meets a quota."""
        invented = cls()
        fakes = {name: invented._unless_down(fake) for name, fake in FAKES.items()}
        world = world_of(seed, demo_recipes(seed, artists))
        with running(FakeWorld(world, fakes, clock=Clock(step=A_MINUTE))) as address:
            invented.address = address
            yield invented

    def _unless_down(self, fake: Fake) -> Fake:
        def answer(world: World, question: Question) -> Reply:
            return Reply(400) if fake.name in self.down else fake.answer(world, question)

        return replace(fake, answer=answer)
