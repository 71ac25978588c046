"""The HTTP client against a server: what is sent, what counts as an answer, no secret in what is told of it."""

import gzip
import logging
import traceback

import pytest
from pytest_django.fixtures import Settings

from stillwater.outbound import OutboundError, Policy, request
from tests.stillwater.misbehaving import Handler, Route, hang_up
from tests.stillwater.upstream import Upstream


class TestAsking:
    def test_the_answer_is_whole(self, upstream: Upstream) -> None:
        upstream.route = lambda handler: handler.answer(
            201, b'{"a": 1}', Content_Type="application/json; charset=utf-8"
        )
        answer = upstream.ask()
        assert (answer.status, answer.json(), answer.content_type) == (201, {"a": 1}, "application/json")
        assert answer.url == upstream.server.url()

    def test_parameters_headers_and_bodies_arrive(self, upstream: Upstream) -> None:
        upstream.ask("POST", "/x", params={"q": "AC/DC & co", "inc": ["a", "b"]}, headers={"X-One": "1"}, json={"é": 1})
        asked = upstream.server.requests[0]
        assert asked.path == "/x?q=AC%2FDC+%26+co&inc=a&inc=b"
        assert asked.headers["X-One"] == "1"
        assert asked.body == b'{"\\u00e9": 1}'

    def test_we_say_who_we_are(self, upstream: Upstream, settings: Settings) -> None:
        settings.STILLWATER_CONTACT = "maria@example.org"
        upstream.ask()
        assert upstream.server.requests[0].headers["User-Agent"].endswith(" ( maria@example.org )")
        assert upstream.server.requests[0].headers["User-Agent"].startswith("Stillwater/")

    def test_a_single_request_needs_no_client(self, upstream: Upstream) -> None:
        policy = Policy(allow_private=frozenset({upstream.server.url()}))
        assert request("GET", upstream.server.url(), policy=policy).body == b"ok"

    def test_a_connection_is_kept_open(self, upstream: Upstream) -> None:
        with upstream.client() as client:
            for _ in range(3):
                client.request("GET", upstream.server.url())
        assert upstream.server.connections == 1

    def test_no_cookie_is_kept(self, upstream: Upstream) -> None:
        upstream.route = lambda handler: handler.answer(Set_Cookie="a=b; Path=/")
        with upstream.client() as client:
            client.request("GET", upstream.server.url())
            client.request("GET", upstream.server.url())
        assert upstream.server.requests[1].headers["Cookie"] is None

    def test_a_head_request_has_no_body(self, upstream: Upstream) -> None:
        upstream.route = lambda handler: handler.answer(200, b"", Content_Length="99999999")
        assert upstream.ask("HEAD", policy={"body_limit": 100_000_000}).body == b""

    @pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb"])
    def test_a_header_cannot_smuggle_another(self, upstream: Upstream, value: str) -> None:
        assert upstream.failure(headers={"X-Name": value}).kind == "refused_address"
        assert upstream.server.requests == []


class TestContents:
    def test_a_body_that_was_cut_off_is_no_answer(self, upstream: Upstream) -> None:
        def cut(handler: Handler) -> None:
            handler.answer(200, b"half", Content_Length="8")
            handler.close_connection = True

        upstream.route = cut
        assert upstream.failure(policy={"attempts": 2}).kind == "connection"
        assert len(upstream.server.requests) == 2

    def test_a_chunked_body_that_was_cut_off_is_no_answer(self, upstream: Upstream) -> None:
        def cut(handler: Handler) -> None:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")
            handler.close_connection = True

        upstream.route = cut
        assert upstream.failure(policy={"attempts": 1}).kind == "connection"

    def test_packed_bytes_are_unpacked(self, upstream: Upstream) -> None:
        upstream.route = lambda handler: handler.answer(200, gzip.compress(b"hello"), Content_Encoding="gzip")
        assert upstream.ask().text() == "hello"

    def test_broken_packing_is_bad_content(self, upstream: Upstream) -> None:
        upstream.route = lambda handler: handler.answer(200, b"not gzip", Content_Encoding="gzip")
        assert upstream.failure().kind == "bad_content"

    @pytest.mark.parametrize(
        "body", [b"<html>please sign in</html>", b"", b'{"cut": ', b"\xff\xfe", b"[" * 100_000, b"9" * 5_000]
    )
    def test_what_is_not_json_is_bad_content(self, upstream: Upstream, body: bytes) -> None:
        upstream.route = lambda handler: handler.answer(200, body)
        with pytest.raises(OutboundError) as caught:
            upstream.ask().json()
        assert caught.value.kind == "bad_content"

    def test_what_is_not_http_is_a_failed_connection(self, upstream: Upstream) -> None:
        def other(handler: Handler) -> None:
            handler.wfile.write(b"220 mail ready\r\n")
            handler.close_connection = True

        upstream.route = other
        assert upstream.failure(policy={"attempts": 1}).kind == "connection"


class TestSecrets:
    def test_no_log_line_message_or_traceback_holds_the_key(
        self, upstream: Upstream, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        key = "canary0123456789"
        routes: list[Route] = [
            lambda handler: handler.answer(500), hang_up, lambda handler: handler.answer(302, Location="/x"),
            lambda handler: handler.answer(200, b"<html>"),
            lambda handler: handler.answer(200, b"x", Content_Encoding="gzip"),
        ]  # fmt: skip
        texts = []
        for route in routes:
            upstream.route = route
            try:
                upstream.ask(
                    path="/2.0/", params={"api_key": key}, headers={"X-Emby-Token": key}, policy={"attempts": 2}
                ).json()
            except OutboundError:
                texts.append(traceback.format_exc())
        assert len(texts) == len(routes)
        assert "api_key=[hidden]" in caplog.text
        assert key not in caplog.text + "".join(texts)
