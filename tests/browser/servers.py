"""An invented Emby for the browser tests: what it holds can be looked at, and it can be made to fail."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from artists.demo.replies import Fake
from artists.demo.server import FakeWorld, running
from artists.demo.world import World
from connections.demo.emby import FakeEmby
from connections.demo.houses import EMBY_KEY, emby_house
from tests.artists.providers.acts import WORLD


@dataclass
class InventedEmby:
    """`fake` is the server itself; `url` is what a person types, with a path as behind a proxy."""

    fake: FakeEmby
    url: str
    key: str = EMBY_KEY

    @classmethod
    @contextmanager
    def running(cls) -> Iterator["InventedEmby"]:
        fake = emby_house([act for act in WORLD.acts if not act.fault and not act.picture_fault])
        with running(FakeWorld(World(()), {"emby": Fake("emby", fake.answer)})) as address:
            yield cls(fake, f"{address}/emby/server")
