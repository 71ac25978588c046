"""Every request of ours and every answer of the fakes is one of the published APIs of Jellyfin and Lidarr."""

import pytest

from connections.clients.base import ArtistValues, LockWish, Picture
from connections.clients.jellyfin import Jellyfin
from connections.clients.lidarr import Lidarr
from tests.connections.clients.contract import check
from tests.connections.conftest import House


def test_jellyfin(servers: House) -> None:
    client = servers.client(Jellyfin)
    client.info()
    client.users()
    artist = next(client.artists(client.libraries()[0]))
    client.push(
        artist.id, ArtistValues(biography="New.", genres=("Folk",), tags=("Calm",), began="1999", sort_name="A")
    )
    client.push(artist.id, ArtistValues(), LockWish(True, ("biography", "sort_name")))
    client.upload(artist.id, "thumb", Picture(b"bytes", "image/jpeg"))
    client.replace_backdrops(artist.id, [Picture(b"bytes", "image/jpeg")])
    client.delete_image(artist.id, "logo")
    client.refresh(artist.id)
    client.scan()
    for question, reply in servers.exchanges:
        check(question, reply)
    assert all(reply.status < 300 for _, reply in servers.exchanges)


def test_lidarr(servers: House) -> None:
    client = servers.client(Lidarr)
    client.info()
    artist = next(client.artists(client.libraries()[0]))
    client.artist(artist.id)
    client.refresh(artist.id)
    for question, reply in servers.exchanges:
        check(question, reply)
    assert all(reply.status < 300 for _, reply in servers.exchanges)


def test_a_request_that_jellyfin_does_not_know_is_noticed(servers: House) -> None:
    servers.strays = True
    client = servers.client(Jellyfin)
    client.session.get("/Users", {"Recursive": "true"})
    with pytest.raises(AssertionError, match="takes no Recursive"):
        check(*servers.exchanges[-1])
