"""Which addresses a request may reach, and that it reaches no other, whatever a name or URL says."""

import socket
from typing import Any

import pytest

from stillwater.outbound import Outbound, OutboundError, Policy, Surroundings, pinning
from stillwater.outbound.addresses import is_lan, is_public
from tests.stillwater.misbehaving import Clock, Misbehaving

NOT_PUBLIC = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255",
    "127.0.0.1", "127.1.2.3", "127.255.255.255", "168.63.129.16", "169.254.0.1", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255",
    "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:100.64.0.1",
    "::ffff:169.254.169.254", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
    "100::1", "2001::1", "2001:0:7f00:1::1", "2001:0:4136:e378:8000:63bf:80ff:fffe", "2001:2::1", "2001:10::1",
    "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2002:c0a8:1::", "3fff::1", "5f00::1",
    "fc00::1", "fd00:ec2::254", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1",
    "2606:4700::5efe:127.0.0.1", "4000::1", "", "localhost", "1.2.3", "0x7f000001", "2130706433",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1",
    "192.167.255.255", "192.169.0.1", "198.17.255.255", "198.20.0.1", "223.255.255.255", "11.0.0.1",
    "2606:4700:4700::1111", "2001:4860:4860::8888", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808",
    "2002:808:808::1",
]  # fmt: skip


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_this_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_this_address_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "192.168.1.5", "10.1.2.3", "172.20.0.2", "100.101.1.1", "::1", "fd12::1"]
)
def test_an_administrators_server_may_live_at(address: str) -> None:
    assert is_lan(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "169.254.169.254", "100.100.100.200", "::ffff:100.100.100.200", "168.63.129.16", "fd00:ec2::254",
        "224.0.0.1", "255.255.255.255", "::", "fe80::1", "ff02::1", "::ffff:169.254.169.254", "192.0.2.1", "nas",
    ],
)  # fmt: skip
def test_nobodys_server_lives_at(address: str) -> None:
    assert not is_lan(address)


class Sockets:
    """Stands in for the only call that opens a connection, and remembers where to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened: list[str] = []
        monkeypatch.setattr(pinning.socket, "create_connection", self.open)

    def open(self, address: tuple[str, int], timeout: float) -> Any:
        self.opened.append(address[0])
        raise ConnectionRefusedError


@pytest.fixture
def sockets(monkeypatch: pytest.MonkeyPatch) -> Sockets:
    return Sockets(monkeypatch)


def refusal(url: str, policy: Policy = Policy(attempts=1), **surroundings: Any) -> OutboundError:
    with Outbound(policy, surroundings=Surroundings(**surroundings)) as client, pytest.raises(OutboundError) as caught:
        client.request("GET", url)
    return caught.value


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "localhost", "localhost.", "127.0.0.1.",
        "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "user@127.0.0.1", "example.com@127.0.0.1",
        "example.com:80@127.0.0.1", "127.0.0.1%00.example.com", "①②⑦.⓪.⓪.①",
    ],
)  # fmt: skip
def test_no_spelling_of_loopback_opens_a_connection(sockets: Sockets, host: str) -> None:
    error = refusal(f"http://{host}/")
    assert error.kind in ("refused_address", "connection")
    assert sockets.opened == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.com/", "gopher://example.com/", "dict://example.com/", "ldap://example.com",
        "tftp://example.com/", "data:text/plain,x", "javascript:alert(1)", "unix:///var/run/docker.sock",
        "jar:http://example.com!/", "ws://example.com/", "//example.com/", "example.com", "", "http://", "http:///x",
        "https://user:secret@example.com/", "http://[", "http://exa mple.com:x/",
    ],
)  # fmt: skip
def test_only_http_and_https_leave_and_nothing_is_looked_up_for_others(sockets: Sockets, url: str) -> None:
    asked: list[str] = []
    error = refusal(url, resolve=lambda host, _: asked.append(host) or ["1.1.1.1"])
    assert error.kind == "refused_address"
    assert (asked, sockets.opened) == ([], [])


class TestNames:
    def test_a_name_that_turns_private_after_the_check_is_not_followed(self, sockets: Sockets) -> None:
        answers = iter([["93.184.216.34"], ["127.0.0.1"]])
        clock = Clock()
        error = refusal(
            "http://rebinding.example/",
            Policy(attempts=3),
            resolve=lambda *_: next(answers),
            sleep=clock.sleep,
        )
        assert error.kind == "refused_address"
        assert sockets.opened == ["93.184.216.34"]

    def test_the_name_is_looked_up_once_for_each_connection(
        self, sockets: Sockets, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("asked the system behind our back"))
        asked: list[str] = []
        refusal("http://once.example/", resolve=lambda host, _: asked.append(host) or ["93.184.216.34"])
        assert asked == ["once.example"]

    def test_of_mixed_addresses_only_the_public_one_is_used(self, sockets: Sockets) -> None:
        refusal("http://mixed.example/", resolve=lambda *_: ["127.0.0.1", "10.0.0.1", "1.1.1.1", "::1"])
        assert sockets.opened == ["1.1.1.1"]

    def test_a_name_that_does_not_exist_is_a_failed_connection(self, sockets: Sockets) -> None:
        def unknown(*_: object) -> list[str]:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")

        assert refusal("http://nowhere.example/", resolve=unknown).kind == "connection"

    def test_an_administrators_name_never_leads_to_a_clouds_metadata(self, sockets: Sockets) -> None:
        policy = Policy(attempts=1, allow_private=frozenset({"http://emby.lan:8096"}))
        error = refusal("http://emby.lan:8096/", policy, resolve=lambda *_: ["169.254.169.254", "0.0.0.0"])
        assert error.kind == "refused_address"
        assert sockets.opened == []


class TestTypedOrigins:
    """An administrator typed http://emby.lan:<port>; that opens exactly this door."""

    def policy(self, server: Misbehaving, host: str = "emby.lan") -> Policy:
        return Policy(attempts=1, allow_private=frozenset({server.url("/any/path", host)}))

    def test_the_typed_origin_is_reached_under_its_own_name(self) -> None:
        with Misbehaving(lambda handler: handler.answer()) as server:
            world = Surroundings(resolve=lambda *_: ["127.0.0.1"])
            with Outbound(self.policy(server), surroundings=world) as client:
                assert client.request("GET", server.url("/x", "EMBY.lan")).body == b"ok"
            assert server.requests[0].headers["Host"].lower() == f"emby.lan:{server.port}"

    @pytest.mark.parametrize(
        "url", ["http://127.0.0.1:{port}/", "http://other.lan:{port}/", "https://emby.lan:{port}/"]
    )
    def test_another_name_or_scheme_for_the_same_server_is_refused(self, url: str) -> None:
        with Misbehaving(lambda handler: handler.answer()) as server:
            error = refusal(url.format(port=server.port), self.policy(server), resolve=lambda *_: ["127.0.0.1"])
            assert (error.kind, server.connections) == ("refused_address", 0)

    def test_another_port_is_refused(self) -> None:
        with Misbehaving(lambda handler: handler.answer()) as typed, Misbehaving(lambda h: h.answer()) as other:
            error = refusal(other.url(), self.policy(typed, "127.0.0.1"))
            assert (error.kind, other.connections) == ("refused_address", 0)

    def test_without_any_origin_loopback_is_refused(self) -> None:
        with Misbehaving(lambda handler: handler.answer()) as server:
            assert refusal(server.url()).kind == "refused_address"
            assert server.connections == 0


def test_a_proxy_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with Misbehaving(lambda handler: handler.answer()) as server, Misbehaving(lambda h: h.answer()) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "https_proxy"):
            monkeypatch.setenv(name, proxy.url())
        policy = Policy(attempts=1, allow_private=frozenset({server.url()}))
        with Outbound(policy) as client:
            assert client.request("GET", server.url()).body == b"ok"
        assert proxy.connections == 0
