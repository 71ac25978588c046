"""The clients against servers that really run; every test is skipped unless the environment says where one is.

    export STILLWATER_TEST_JELLYFIN_URL=http://192.168.1.5:8096 STILLWATER_TEST_JELLYFIN_KEY=…
    pytest tests/connections/test_real_server.py

The same with EMBY and LIDARR in place of JELLYFIN. Without more the tests only read. STILLWATER_TEST_JELLYFIN_ARTIST
(or …_EMBY_ARTIST) is the identifier of an artist on that server that the tests may change: its biography, its lock and
its backdrops are put back as they were, but do not choose one that you would miss. The answers of Jellyfin and Lidarr
are held against their published APIs where these are at hand.
"""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from artists.demo.replies import Question, Reply
from connections.clients.base import ArtistValues, LockWish, Picture, Server
from connections.clients.registry import KINDS, client_for
from connections.clients.session import ServerAccess, ServerSession
from stillwater.outbound import Answer
from tests.artists.imaging.pictures import encoded, scene
from tests.connections.clients.contract import check, is_at_hand

pytestmark = pytest.mark.django_db


def told(kind: str, what: str) -> str:
    name = f"STILLWATER_TEST_{kind.upper()}_{what}"
    value = os.environ.get(name, "").strip()
    if not value:
        pytest.skip(f"{name} says of no {KINDS[kind].spec.label} that may be asked")
    return value


@pytest.fixture(params=list(KINDS))
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Server]:
    """Whatever it answers is held against its published API."""
    kind = str(request.param)
    access = ServerAccess(told(kind, "URL"), told(kind, "KEY"), insist=True)
    heard: list[tuple[Question, Answer]] = []
    send = ServerSession._send

    def overheard(session: ServerSession, method: Any, path: str, **named: Any) -> Answer:
        answer = send(session, method, path, **named)
        query = {key: str(value) for key, value in (named.get("params") or {}).items()}
        body = json.dumps(named["json"]).encode() if named.get("json") is not None else named.get("data") or b""
        headers = {"Content-Type": "application/json", **(named.get("headers") or {})}
        heard.append((Question(kind, "server", method, path, query, headers, body), answer))
        return answer

    monkeypatch.setattr(ServerSession, "_send", overheard)
    users = client_for(kind, access).users() if "users" in KINDS[kind].spec.capabilities else []
    yield client_for(kind, ServerAccess(access.url, access.key, users[0].id if users else "", insist=True))
    for question, answer in heard if is_at_hand(kind) else ():
        check(question, Reply(answer.status, answer.body, {}, answer.content_type))


@pytest.fixture
def artist(server: Server) -> Iterator[str]:
    """One that may be changed; afterwards it is as it was."""
    if "metadata" not in server.spec.capabilities:
        pytest.skip(f"{server.spec.label} takes nothing")
    item_id = told(server.spec.name, "ARTIST")
    before = server.artist(item_id)
    pictures = [server.image(item_id, "fanart", place) for place in range(len(before.backdrops))]
    yield item_id
    server.push(item_id, ArtistValues(biography=before.biography), LockWish(before.locked is True))
    if pictures:
        server.replace_backdrops(item_id, pictures)
    else:
        server.delete_image(item_id, "fanart")


def test_it_says_who_it_is_and_lists_its_artists(server: Server) -> None:
    assert server.info().version
    libraries = server.libraries()
    assert libraries
    artists = [each for library in libraries for each, _ in zip(server.artists(library), range(150), strict=False)]
    assert len({each.id for each in artists}) == len(artists)
    assert server.artist(artists[0].id).name == artists[0].name


def test_what_is_pushed_is_there_and_nothing_else_is_lost(server: Server, artist: str) -> None:
    before = server.artist(artist)
    assert server.push(artist, ArtistValues(biography="Stillwater was here."), LockWish(True, ("biography",)))
    after = server.artist(artist)
    assert (after.biography, after.locked) == ("Stillwater was here.", True)
    assert (after.name, after.ids, after.genres, after.path) == (before.name, before.ids, before.genres, before.path)
    assert not server.push(artist, ArtistValues(biography="Stillwater was here."), LockWish(True, ("biography",)))


def test_backdrops_never_multiply(server: Server, artist: str) -> None:
    pictures = [Picture(encoded(scene(width, width // 2)), "image/jpeg") for width in (1280, 1920)]
    assert server.replace_backdrops(artist, pictures)
    assert not server.replace_backdrops(artist, pictures)
    assert len(server.artist(artist).backdrops) == 2
    server.delete_image(artist, "fanart", 0)
    assert server.image(artist, "fanart", 0).data == pictures[1].data
