"""Two artists become one: the servers' items are the survivor's (bug 37), and a server that has both keeps no ghost."""

import pytest

from artists.services.merging.merging import merge
from connections.models import ArtistLink
from connections.services.discovery import import_libraries
from connections.services.links import set_link
from connections.services.populate import populate
from tests.artists.providers.acts import MBID, QUILLFEN
from tests.builders import make_artist
from tests.connections.conftest import House, connect

pytestmark = pytest.mark.django_db


def test_a_link_of_the_other_one_moves(servers: House) -> None:
    connection = connect(servers, "emby")
    survivor, loser = make_artist(QUILLFEN.name, musicbrainz_id=MBID), make_artist("Harbor, Quillfen")
    set_link(loser, connection, "1000")
    merge(survivor, [loser])
    assert ArtistLink.objects.get().artist_id == survivor.pk


def test_the_next_import_brings_the_other_one_back_on_no_server(servers: House) -> None:
    connection = connect(servers, "emby")
    (library,) = import_libraries(connection, [("4", "")])
    populate(library)
    survivor = ArtistLink.objects.get(platform_artist_id="1000").artist
    loser = make_artist("Harbor, Quillfen")
    set_link(loser, connect(servers, "jellyfin"), "old item")
    merge(survivor, [loser])
    assert populate(library).new == 0
    assert survivor.links.count() == 2
