"""A fault of the fake world is a fault on the wire, whatever client meets it."""

import http.client
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from artists.demo import faults
from artists.demo.replies import Fake, Misbehave, Question, Reply, json_reply
from artists.demo.server import FakeWorld, running
from artists.demo.world import World

SLOW_DOWN = json_reply({"message": "too quickly"}, 429, **{"X-Remaining": "0", "Retry-After": "9"})
QUOTA = json_reply({"error": {"code": 4}})


def fail(_: World, question: Question) -> Reply:
    raise Misbehave(question.query["fault"])


FAKES = {
    "plain": Fake("plain", fail),
    "odd": Fake("odd", fail, quota_reply=QUOTA, errors={429: SLOW_DOWN, 503: json_reply({"busy": True}, 503)}),
}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with running(FakeWorld(World(()), FAKES)) as origin:
        yield urlsplit(origin).port or 0


def asked(port: int, fault: str, fake: str = "plain") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    connection.request("GET", f"/{fake}/api/artist?fault={fault.replace(' ', '%20')}")
    return connection.getresponse()


def dialled(port: int, fault: str, timeout: float) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout)
    connection.sendall(f"GET /plain/api/artist?fault={fault} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return connection


class TestStatuses:
    @pytest.mark.parametrize(("fault", "status"), [("429", 429), ("429 silent", 429), ("500", 500), ("503", 503)])
    def test_a_fault_named_like_a_status_has_it(self, port: int, fault: str, status: int) -> None:
        assert asked(port, fault).status == status

    def test_429_names_a_time_unless_it_is_silent(self, port: int) -> None:
        assert asked(port, "429").headers["Retry-After"] == "1"
        assert asked(port, "429 silent").headers["Retry-After"] is None

    def test_a_provider_says_it_in_its_own_words(self, port: int) -> None:
        refusal = asked(port, "429", "odd")
        assert (refusal.headers["X-Remaining"], refusal.headers["Retry-After"]) == ("0", "1")
        assert refusal.read() == SLOW_DOWN.body
        assert asked(port, "429 silent", "odd").headers["Retry-After"] is None
        assert asked(port, "503", "odd").read() == b'{"busy": true}'

    def test_a_quota_is_told_in_the_way_of_the_provider(self, port: int) -> None:
        assert asked(port, "quota").status == 429
        answer = asked(port, "quota", "odd")
        assert (answer.status, answer.read()) == (200, QUOTA.body)


class TestBodies:
    def test_html_comes_with_status_200(self, port: int) -> None:
        answer = asked(port, "html")
        assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")

    def test_an_empty_body_is_empty(self, port: int) -> None:
        answer = asked(port, "empty")
        assert (answer.status, answer.read()) == (200, b"")

    def test_a_cut_answer_promises_more_than_it_sends(self, port: int) -> None:
        with pytest.raises(http.client.IncompleteRead):
            asked(port, "cut").read()


class TestConnections:
    def test_a_timeout_says_nothing_at_all(self, port: int) -> None:
        with dialled(port, "timeout", 0.2) as connection, pytest.raises(TimeoutError):
            connection.recv(1)

    def test_silence_is_bounded(self, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(faults, "LONGEST_SILENCE", 0.1)
        with dialled(port, "timeout", 5) as connection:
            assert connection.recv(1) == b""

    def test_a_reset_is_a_reset_and_no_end(self, port: int) -> None:
        with dialled(port, "reset", 5) as connection, pytest.raises(ConnectionResetError):
            connection.recv(1)

    def test_a_drip_keeps_coming_and_never_ends(self, port: int) -> None:
        with dialled(port, "drip", 5) as connection:
            received = b""
            while not received.endswith(b"{   "):
                received += connection.recv(1)
            assert b"Content-Length: 1000000" in received

    def test_the_server_says_nothing_on_its_own_console(self, port: int, capfd: pytest.CaptureFixture[str]) -> None:
        for fault in ("timeout", "reset", "drip"):
            dialled(port, fault, 1).close()
        asked(port, "500")
        for thread in threading.enumerate():
            if "process_request" in thread.name:
                thread.join(5)
        assert capfd.readouterr().err == ""
