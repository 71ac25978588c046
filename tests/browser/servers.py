"""Invented servers for the browser tests: what they hold can be looked at, and they can be made to fail."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from artists.demo.replies import Fake, Question
from artists.demo.server import FakeWorld, running
from artists.demo.world import Act, World
from connections.demo.emby import FakeEmby
from connections.demo.houses import EMBY_KEY, JELLYFIN_KEY, emby_house, jellyfin_house, leave_folders_alone
from connections.demo.jellyfin import FakeJellyfin
from connections.demo.shelf import Item
from tests.artists.providers.acts import WORLD
from tests.browser.server import Server


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


@dataclass
class TwoServers:
    """Emby "Living room" and Jellyfin "Attic", which both know one artist and leave the folders alone."""

    emby: FakeEmby
    jellyfin: FakeJellyfin
    world: FakeWorld

    @classmethod
    @contextmanager
    def knowing(cls, artist: dict[str, Any], server: Server) -> Iterator["TwoServers"]:
        """Connected to `server` and linked there to the artist, as REST tells of it; forgotten at the end."""
        acts = [_act(artist)]
        emby, jellyfin = emby_house(acts), jellyfin_house(acts)
        leave_folders_alone(emby, jellyfin)
        fakes = {"emby": Fake("emby", emby.answer), "jellyfin": Fake("jellyfin", jellyfin.answer)}
        invented = cls(emby, jellyfin, FakeWorld(World(()), fakes))
        keys = {"emby": EMBY_KEY, "jellyfin": JELLYFIN_KEY}
        connected = []
        with running(invented.world) as origin:
            try:
                for kind, house in (("emby", emby), ("jellyfin", jellyfin)):
                    known = {"name": house.shelf.name, "type": kind, "url": f"{origin}/{kind}/server"}
                    connected.append(server.rest.post("/connections", **known, api_key=keys[kind])["id"])
                    (item,) = house.shelf.items
                    path = f"/artists/{artist['id']}/platform-ids/{connected[-1]}"
                    server.rest.put(path, platform_artist_id=item)
                yield invented
            finally:
                emby.fault = jellyfin.fault = ""
                for connection_id in connected:
                    server.rest.delete(f"/connections/{connection_id}")

    @property
    def on_emby(self) -> Item:
        (item,) = self.emby.shelf.items.values()
        return item

    def written(self) -> list[Question]:
        """Whatever was asked of the two that was more than a look."""
        return [question for question in self.world.recorder.questions if question.method != "GET"]


def _act(artist: dict[str, Any]) -> Act:
    """An artist of ours as a server would hold it that says the same."""
    return Act(
        mbid=artist["musicbrainz_id"],
        name=artist["name"],
        sort_name=artist["sort_name"],
        genres=tuple(artist["genres"]),
        styles=tuple(dict.fromkeys((*artist["styles"], *artist["moods"]))),
        began=artist["born"] or artist["formed"],
        ended=artist["died"] or artist["disbanded"],
        biography=artist["biography"],
        pictures={"thumb": 1},
    )
