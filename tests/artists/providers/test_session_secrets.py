"""No key or token shows up in what a session says of a question, whichever way it went and wherever the key was."""

import json
import logging
import traceback
from collections.abc import Iterator
from typing import Any

import pytest

from artists.providers.base import ProviderSpec
from artists.providers.errors import ProviderError
from artists.providers.session import Access, Session, policy_of
from stillwater.outbound import Outbound, Surroundings
from tests.stillwater.misbehaving import Handler, Misbehaving, Route, hang_up

KEY, HALF, TOKEN = "canary-key-5f3a9b", "canary-half-77c1d2", "canary-token-e90b14"


def echo(status: int) -> Route:
    """A server that repeats what it was asked, as careless ones do."""
    return lambda handler: handler.answer(status, f"{handler.path} {handler.headers} {handler.body!r}".encode())


def cut_short(handler: Handler) -> None:
    """The connection ends long before what was announced has come."""
    handler.answer(200, b"{", Content_Length="90")
    handler.close_connection = True


ROUTES: dict[str, Route] = {
    "echoed": echo(200), "refused": echo(401), "unknown": echo(404), "too often": echo(429), "broken": echo(500),
    "cut": cut_short,
    "moved": lambda handler: handler.answer(302, Location=handler.path + "&again=1"),
    "hung up": hang_up,
}  # fmt: skip


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    with Misbehaving(lambda handler: handler.answer(200, b"{}")) as running:
        yield running


def session(server: Misbehaving, key: str = KEY) -> Session:
    origin = server.url("").rstrip("/")
    spec = ProviderSpec("secretive", "Secretive", {"api": origin}, 10_000, frozenset({"search"}), key="required")
    access = Access(key=key, private=frozenset({origin}))
    outbound = Outbound(policy_of(spec, access), surroundings=Surroundings(sleep=lambda seconds: None))
    return Session(spec, access, outbound)


def ask_in_every_way(asking: Session, secret: str) -> list[str]:
    """The whole chain of exceptions of each way to send a secret."""
    ways: list[Any] = [
        lambda: asking.get("api", f"/v1/{secret}/search"),
        lambda: asking.get("api", "/search", {"odd_name": secret}),
        lambda: asking.get("api", "/search", {"q": "x"}, {"Odd-Name": secret}),
        lambda: asking.get_text("api", "/text", None, {"Authorization": f"Discogs token={secret}"}),
        lambda: asking.post_form("api", "/token", {"odd_field": secret}),
    ]
    told = []
    for way in ways:
        try:
            way()
        except ProviderError as error:
            told.append(f"{error} {error!r} {traceback.format_exc()}")
    return told


@pytest.mark.parametrize("route", ROUTES)
def test_a_key_is_in_no_log_message_or_chain(server: Misbehaving, route: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.route = ROUTES[route]
    asking = session(server)
    told = ask_in_every_way(asking, KEY)
    assert len(told) >= 4
    assert "127.0.0.1" in caplog.text
    assert KEY not in caplog.text + "".join(told) + repr(asking.access)


def test_both_halves_of_a_key_are_hidden(server: Misbehaving, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.route = echo(500)
    asking = session(server, json.dumps({"client_id": KEY, "client_secret": HALF}))
    told = "".join(ask_in_every_way(asking, HALF) + ask_in_every_way(asking, KEY))
    assert told
    assert not {secret for secret in (KEY, HALF) if secret in caplog.text + told}


def test_a_token_that_was_fetched_is_hidden(server: Misbehaving, caplog: pytest.LogCaptureFixture) -> None:
    def hand_out(handler: Handler) -> None:
        handler.answer(200, json.dumps({"access_token": TOKEN}).encode())

    caplog.set_level(logging.DEBUG)
    server.route = hand_out
    asking = session(server)
    assert asking.post_form("api", "/token", {"grant_type": "client_credentials"})["access_token"] == TOKEN
    server.route = echo(500)
    told = ask_in_every_way(asking, TOKEN)
    assert len(told) == 5
    assert TOKEN not in caplog.text + "".join(told)
