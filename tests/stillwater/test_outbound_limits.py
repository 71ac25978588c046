"""No answer takes more time or memory than the policy allows."""

import gzip
import resource
import threading

import pytest

from tests.stillwater.misbehaving import Handler
from tests.stillwater.upstream import Upstream

MEBIBYTE = 1024 * 1024


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
