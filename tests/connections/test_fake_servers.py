"""The demo's servers know the artists of its library in their folders, and some that it has not."""

import json

from artists.demo.replies import Question
from artists.demo.world import World
from artists.sample.demo import ARTISTS
from connections.clients.items import artist_of
from connections.demo.houses import EMBY_KEY, ROOT
from connections.management.commands.fake_servers import STRANGERS, demo_servers


def test_emby_has_everybody_and_more() -> None:
    query = {"ParentId": "4", "Limit": "500", "Fields": "Path,ProviderIds"}
    question = Question("emby", "server", "GET", "/Artists/AlbumArtists", query, {"X-Emby-Token": EMBY_KEY})
    reply = demo_servers()["emby"].answer(World(()), question)
    rows = json.loads(reply.body)["Items"]
    found = [artist_of(row) for row in rows]
    assert len(found) == ARTISTS + STRANGERS
    assert all(artist and artist.path.startswith(ROOT) for artist in found)
