"""Cut off between any two calls to a server: nothing is doubled or lost, and a second run repairs."""

from itertools import count

import pytest

from artists.demo.replies import Question, Reply
from artists.models import Artist
from connections.clients import mediabrowser
from connections.clients.base import Picture
from connections.clients.errors import ClientError
from connections.clients.jellyfin import Jellyfin
from connections.models import ArtistLink
from connections.services.discovery import import_libraries
from connections.services.populate import populate
from tests.connections.conftest import House, connect

pytestmark = pytest.mark.django_db
MORE_CALLS_THAN_THERE_ARE = 12


def cut_after(servers: House, calls: int) -> None:
    """The server answers so many calls, and then no more."""
    left = count(calls, -1)

    def answered(_question: Question) -> Reply | None:
        return None if next(left) > 0 else Reply(500)

    servers.instead = answered


@pytest.mark.parametrize("calls", range(MORE_CALLS_THAN_THERE_ARE))
def test_an_import(servers: House, monkeypatch: pytest.MonkeyPatch, calls: int) -> None:
    monkeypatch.setattr(mediabrowser, "PAGE", 1)
    monkeypatch.setattr("connections.services.populate.AT_ONCE", 1)
    (library,) = import_libraries(connect(servers, "emby"), [("4", "")])
    cut_after(servers, calls)
    try:
        populate(library)
    except ClientError:
        servers.instead = lambda question: None
        populate(library)
    assert Artist.objects.count() == ArtistLink.objects.count() == library.memberships.count() == 2


@pytest.mark.parametrize("calls", range(MORE_CALLS_THAN_THERE_ARE))
def test_backdrops(servers: House, calls: int) -> None:
    item_id = next(iter(servers.jellyfin.shelf.items))
    wanted = [Picture(text, "image/jpeg") for text in (b"one", b"two", b"three")]
    cut_after(servers, calls)
    try:
        servers.client(Jellyfin).replace_backdrops(item_id, wanted)
    except ClientError:
        servers.instead = lambda question: None
        servers.client(Jellyfin).replace_backdrops(item_id, wanted)
    assert [held.draw() for held in servers.jellyfin.shelf.held(item_id, "Backdrop")] == [b"one", b"two", b"three"]
