"""Whose certificate is trusted."""

import ssl
from pathlib import Path

import pytest

from stillwater.outbound import Outbound, OutboundError, Policy, Surroundings
from tests.stillwater.certificates import make_certificate
from tests.stillwater.misbehaving import Misbehaving


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
