"""The HTTP client against a server that misbehaves: retries, limits, redirects, contents."""

import gzip
import logging
import resource
import ssl
import threading
import traceback
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from stillwater.outbound import Outbound, OutboundError, Policy, Surroundings, request
from tests.stillwater.certificates import make_certificate
from tests.stillwater.misbehaving import Handler, Misbehaving, Route
from tests.stillwater.upstream import Upstream

MEBIBYTE = 1024 * 1024


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    made = Upstream()
    with made.server:
        yield made


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


class TestRetrying:
    @pytest.mark.parametrize("status", [429, 502, 503, 504])
    def test_a_passing_failure_is_asked_again(self, upstream: Upstream, status: int) -> None:
        upstream.answers((status, {}), (status, {}), (200, {}))
        assert upstream.ask().status == 200
        assert upstream.clock.sleeps == [0.75, 1.5]

    def test_the_number_of_attempts_is_bounded(self, upstream: Upstream) -> None:
        upstream.answers((503, {}))
        error = upstream.failure(policy={"attempts": 4})
        assert (error.kind, error.upstream_status, len(upstream.server.requests)) == ("status", 503, 4)

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 500, 501])
    def test_a_clear_answer_is_not_asked_again(self, upstream: Upstream, status: int) -> None:
        upstream.answers((status, {}))
        error = upstream.failure()
        assert (error.upstream_status, len(upstream.server.requests)) == (status, 1)
        assert error.answer is not None
        assert error.answer.body == b"ok"

    def test_an_accepted_status_is_an_answer(self, upstream: Upstream) -> None:
        upstream.answers((404, {}))
        assert upstream.ask(accept={404}).status == 404

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
    def test_what_may_change_something_is_sent_once(self, upstream: Upstream, method: str) -> None:
        upstream.answers((503, {"Retry_After": "1"}), (200, {}))
        assert upstream.failure(method).upstream_status == 503
        assert len(upstream.server.requests) == 1

    def test_a_write_whose_connection_breaks_is_sent_once(self, upstream: Upstream) -> None:
        upstream.route = hang_up
        assert upstream.failure("POST", json={}).kind == "connection"
        assert len(upstream.server.requests) == 1

    def test_a_post_that_only_reads_is_asked_again(self, upstream: Upstream) -> None:
        upstream.answers((503, {}), (200, {}))
        assert upstream.ask("POST", json={"query": "{}"}, read=True).status == 200

    def test_a_broken_connection_is_tried_again(self, upstream: Upstream) -> None:
        def once(handler: Handler) -> None:
            upstream.route = lambda handler: handler.answer()
            hang_up(handler)

        upstream.route = once
        assert upstream.ask().status == 200

    def test_retry_after_in_seconds_is_kept(self, upstream: Upstream) -> None:
        upstream.answers((429, {"Retry_After": "7"}), (200, {}))
        upstream.ask()
        assert upstream.clock.sleeps == [7]

    def test_retry_after_as_a_date_is_kept(self, upstream: Upstream) -> None:
        upstream.answers((503, {"Retry_After": formatdate(upstream.clock.now + 9, usegmt=True)}), (200, {}))
        upstream.ask()
        assert upstream.clock.sleeps == [9]

    def test_a_server_that_asks_for_more_than_we_wait_is_left_alone(self, upstream: Upstream) -> None:
        upstream.answers((429, {"Retry_After": "3600"}))
        error = upstream.failure(policy={"longest_wait": 20})
        assert (error.retry_after, upstream.clock.sleeps, len(upstream.server.requests)) == (3600, [], 1)

    @pytest.mark.parametrize("value", ["", "soon", "-5", "1e9", "Thu, 99 Foo", formatdate(0, usegmt=True), "9" * 400])
    def test_a_strange_retry_after_counts_as_none(self, upstream: Upstream, value: str) -> None:
        upstream.answers((503, {"Retry_After": value}), (200, {}))
        upstream.ask()
        assert upstream.clock.sleeps == [0.75]


class TestLimits:
    @pytest.mark.parametrize("announced", [True, False])
    def test_a_body_over_the_limit_is_dropped(self, upstream: Upstream, announced: bool) -> None:
        def large(handler: Handler) -> None:
            handler.send_response(200)
            handler.send_header(*(("Content-Length", str(10**9)) if announced else ("Connection", "close")))
            handler.end_headers()
            handler.pour(b"x" * 65536)

        upstream.route = large
        assert upstream.failure().kind == "too_large"
        assert len(upstream.server.requests) == 1

    def test_a_chunked_body_over_the_limit_is_dropped(self, upstream: Upstream) -> None:
        def large(handler: Handler) -> None:
            handler.send_response(200)
            handler.send_header("Transfer-Encoding", "chunked")
            handler.end_headers()
            handler.pour(b"10000\r\n" + b"x" * 65536 + b"\r\n")

        upstream.route = large
        assert upstream.failure().kind == "too_large"

    def test_a_body_of_exactly_the_limit_is_taken(self, upstream: Upstream) -> None:
        upstream.route = lambda handler: handler.answer(200, b"x" * 1000)
        assert len(upstream.ask(policy={"body_limit": 1000}).body) == 1000

    @pytest.mark.parametrize("layers", [1, 2])
    def test_a_gibibyte_packed_small_is_stopped_without_eating_memory(self, upstream: Upstream, layers: int) -> None:
        bomb = gzip.compress(bytes(4 * MEBIBYTE), 9) * 256
        if layers == 2:
            bomb = gzip.compress(bomb, 9)
        upstream.route = lambda handler: handler.answer(200, bomb, Content_Encoding=", ".join(["gzip"] * layers))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert upstream.failure().kind == "too_large"
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024

    def test_a_body_that_drips_in_ends_at_the_deadline(self, upstream: Upstream) -> None:
        def drip(handler: Handler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Length", "1000000000")
            handler.end_headers()
            handler.pour(b"x")

        upstream.route, upstream.clock.step = drip, 1
        assert upstream.failure(policy={"body_limit": 10**10}).kind == "timeout"
        assert upstream.clock.now - 1_000_000 < 45

    def test_headers_that_drip_in_end_at_the_deadline(self, upstream: Upstream) -> None:
        def drip(handler: Handler) -> None:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
            handler.pour(b"x")

        upstream.route, upstream.clock.step = drip, 10
        assert upstream.failure().kind == "timeout"

    def test_silence_is_a_timeout_and_not_asked_again(self, upstream: Upstream) -> None:
        finished = threading.Event()
        upstream.route = lambda _: finished.wait(5) and None
        error = upstream.failure(policy={"read_timeout": 0.05})
        finished.set()
        assert (error.kind, len(upstream.server.requests)) == ("timeout", 1)

    def test_endless_headers_are_cut(self, upstream: Upstream) -> None:
        def many(handler: Handler) -> None:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
            handler.pour(b"X-A: b\r\n")

        upstream.route = many
        assert upstream.failure(policy={"attempts": 1}).kind == "connection"


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


class TestRedirects:
    def test_they_are_not_followed_unless_the_policy_says_so(self, upstream: Upstream) -> None:
        upstream.answers((302, {"Location": "/next"}))
        assert upstream.failure().kind == "redirect"
        assert len(upstream.server.requests) == 1

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_one_to_the_same_origin_keeps_the_headers(self, upstream: Upstream, status: int) -> None:
        upstream.answers((status, {"Location": "/next"}), (200, {}))
        answer = upstream.ask(policy={"redirects": 1}, headers={"X-Api-Key": "k"}, params={"q": "1"})
        assert answer.url == upstream.server.url("/next")
        assert upstream.server.requests[1].headers["X-Api-Key"] == "k"

    def test_a_redirect_with_an_endless_body_is_dropped(self, upstream: Upstream) -> None:
        def endless(handler: Handler) -> None:
            handler.send_response(302)
            handler.send_header("Location", "/next")
            handler.send_header("Connection", "close")
            handler.end_headers()
            handler.pour(b"x" * 65536)

        upstream.route = endless
        assert upstream.failure(policy={"redirects": 5}).kind == "too_large"

    def test_five_are_followed_and_six_are_not(self, upstream: Upstream) -> None:
        upstream.answers(*[(302, {"Location": f"/{n}"}) for n in range(5)], (200, {}))
        assert upstream.ask(policy={"redirects": 5}).status == 200
        upstream.answers((302, {"Location": "/again"}))
        assert upstream.failure(policy={"redirects": 5}).kind == "redirect"
        assert len(upstream.server.requests) == 12
        with pytest.raises(ValueError, match="0 to 5"):
            Policy(redirects=6)

    def test_another_origin_gets_no_secret(self, upstream: Upstream) -> None:
        secrets = {"Authorization": "Bearer x", "X-Api-Key": "k", "X-Emby-Token": "t", "Cookie": "c", "Accept": "a/b"}
        with Misbehaving(lambda handler: handler.answer()) as other:
            upstream.answers((302, {"Location": other.url("/x")}))
            upstream.ask(policy={"redirects": 1, "allow_private": {other.url()}}, headers=secrets)
            seen = {name.lower() for name in other.requests[0].headers}
        assert seen == {"host", "user-agent", "accept", "accept-encoding"}

    def test_a_hop_to_a_private_address_is_refused(self, upstream: Upstream) -> None:
        with Misbehaving(lambda handler: handler.answer()) as inner:
            upstream.answers((302, {"Location": inner.url("/latest/meta-data")}))
            error = upstream.failure(policy={"redirects": 5})
            assert (error.kind, inner.connections) == ("refused_address", 0)

    @pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://x/", "http://u:p@127.0.0.1/", "http://[", "//"])
    def test_a_hop_to_what_we_do_not_speak_is_refused(self, upstream: Upstream, target: str) -> None:
        upstream.answers((302, {"Location": target}))
        assert upstream.failure(policy={"redirects": 5}).kind in ("refused_address", "redirect")

    @pytest.mark.parametrize("status", [301, 302, 307])
    def test_a_write_is_never_sent_on(self, upstream: Upstream, status: int) -> None:
        upstream.answers((status, {"Location": "/next"}), (200, {}))
        error = upstream.failure("POST", policy={"redirects": 5}, json={})
        assert (error.kind, len(upstream.server.requests)) == ("redirect", 1)
        assert "check the address" in error.message


class TestCertificates:
    def test_the_name_is_asked_for_and_checked_although_the_address_is_pinned(self, tmp_path: Path) -> None:
        authority = make_certificate(tmp_path, "emby.example")
        with Misbehaving(lambda handler: handler.answer(), certificate=tmp_path / "server.pem") as server:
            world = Surroundings(resolve=lambda *_: ["127.0.0.1"])
            origins = frozenset({server.url("/", "emby.example"), server.url("/", "other.example")})
            policy = Policy(attempts=1, allow_private=origins, ca_file=str(authority))
            with Outbound(policy, surroundings=world) as client:
                assert client.request("GET", server.url("/", "emby.example")).body == b"ok"
                assert server.server_names == ["emby.example"]
                with pytest.raises(OutboundError, match="certificate"):
                    client.request("GET", server.url("/", "other.example"))
            assert len(server.requests) == 1

    def test_a_certificate_nobody_vouches_for_is_refused(self, tmp_path: Path) -> None:
        make_certificate(tmp_path, "emby.example")
        with Misbehaving(lambda handler: handler.answer(), certificate=tmp_path / "server.pem") as server:
            world = Surroundings(resolve=lambda *_: ["127.0.0.1"])
            policy = Policy(attempts=1, allow_private=frozenset({server.url("/", "emby.example")}))
            with Outbound(policy, surroundings=world) as client, pytest.raises(OutboundError, match="certificate"):
                client.request("GET", server.url("/", "emby.example"))
        assert server.requests == []
        assert ssl.HAS_SNI


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


def hang_up(handler: Handler) -> None:
    handler.close_connection = True
    handler.connection.close()
