"""A house with three servers on loopback, and clients that ask them without waiting."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import pytest

from artists.demo.replies import Fake, Question, Reply
from artists.demo.server import FakeWorld, running
from artists.demo.world import World
from connections.clients.base import ServerArtist
from connections.clients.emby import Emby
from connections.clients.jellyfin import Jellyfin
from connections.clients.lidarr import Lidarr
from connections.clients.session import ServerAccess, policy_of
from connections.demo.emby import FakeEmby
from connections.demo.houses import (
    EMBY_KEY,
    EMBY_USER,
    JELLYFIN_KEY,
    JELLYFIN_USER,
    LIDARR_KEY,
    emby_house,
    fakes_of,
    jellyfin_house,
    lidarr_house,
)
from connections.demo.jellyfin import FakeJellyfin
from connections.demo.lidarr import FakeLidarr
from connections.models import ArtistLink, Connection
from connections.services.connections import add_connection
from stillwater.outbound import Outbound, Surroundings
from tests.artists.providers.acts import WORLD
from tests.connections.clients.contract import check, is_at_hand
from tests.connections.receiver import Receiver

Kind = TypeVar("Kind", Emby, Jellyfin, Lidarr)
USERS = {"emby": EMBY_USER, "jellyfin": JELLYFIN_USER}
KEYS = {"emby": EMBY_KEY, "jellyfin": JELLYFIN_KEY, "lidarr": LIDARR_KEY}


@dataclass
class House:
    """The running servers; `exchanges` is all that was said, in order. `instead` answers in a server's place.

    Whatever was asked and answered is held against the published APIs when the test is over, unless it asks on purpose
    for what a server does not know: `strays`.
    """

    emby: FakeEmby
    jellyfin: FakeJellyfin
    lidarr: FakeLidarr
    origin: str = ""
    exchanges: list[tuple[Question, Reply]] = field(default_factory=list)
    instead: Callable[[Question], Reply | None] = lambda question: None
    genuine: list[tuple[Question, Reply]] = field(default_factory=list)
    strays: bool = False

    def url(self, kind: str) -> str:
        return f"{self.origin}/{kind}/server"

    def access(self, kind: str, *, key: str = "", user_id: str = "") -> ServerAccess:
        return ServerAccess(self.url(kind), key or KEYS[kind], user_id)

    def client(self, kind: type[Kind], *, key: str = "") -> Kind:
        access = self.access(kind.spec.name, key=key, user_id=USERS.get(kind.spec.name, ""))
        return kind(
            access, Outbound(policy_of(kind.spec, access), surroundings=Surroundings(sleep=lambda seconds: None))
        )

    def said_of(self, link: ArtistLink) -> ServerArtist:
        """What the server of a link says of its artist."""
        kind = {"emby": Emby, "jellyfin": Jellyfin}[link.connection.type]
        return self.client(kind).artist(link.platform_artist_id)

    def asked(self, method: str = "") -> list[str]:
        return [f"{asked.method} {asked.path}" for asked, _ in self.exchanges if method in ("", asked.method)]


@pytest.fixture
def servers() -> Iterator[House]:
    acts = [act for act in WORLD.acts if not act.fault and not act.picture_fault]
    house = House(emby_house(acts), jellyfin_house(acts), lidarr_house(acts))

    def overheard(fake: Fake) -> Fake:
        def answer(world: World, question: Question) -> Reply:
            forged = house.instead(question)
            reply = forged or fake.answer(world, question)
            house.exchanges.append((question, reply))
            if forged is None:
                house.genuine.append((question, reply))
            return reply

        return Fake(fake.name, answer)

    fakes = {name: overheard(fake) for name, fake in fakes_of(house.jellyfin, house.emby, house.lidarr).items()}
    with running(FakeWorld(World(()), fakes)) as house.origin:
        yield house
    for question, reply in () if house.strays else house.genuine:
        if is_at_hand(question.provider):
            check(question, reply)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as made:
        yield made


def connect(servers: House, kind: str) -> Connection:
    """A stored connection that has passed its test."""
    return add_connection(name=f"The {kind}", type=kind, url=servers.url(kind), api_key=KEYS[kind])[0]
