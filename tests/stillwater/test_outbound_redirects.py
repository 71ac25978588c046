"""Where a redirect may lead, and what goes along."""

import pytest

from stillwater.outbound import Policy
from tests.stillwater.misbehaving import Handler, Misbehaving
from tests.stillwater.upstream import Upstream


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
