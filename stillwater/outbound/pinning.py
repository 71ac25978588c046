"""Connections that look their name up once, vet the addresses, and connect to exactly those.

The check sits where the socket is made, so nothing can change between check and use: no second lookup, no
second parser of the URL. Host header, SNI and certificate check keep the name. No proxy is ever used.
"""

import http.client
import io
import socket
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

from stillwater.outbound.addresses import is_lan, is_public
from stillwater.outbound.answer import OutboundError
from stillwater.outbound.origins import origin_of
from stillwater.outbound.policy import Policy, Surroundings


@dataclass(frozen=True)
class Deadline:
    """The moment at which one attempt is over, and how long a single silence may last, in seconds."""

    at: float
    silence: float
    clock: Callable[[], float]

    def next_timeout(self, longest: float) -> float:
        left = self.at - self.clock()
        if left <= 0:
            raise OutboundError("timeout", "the server took too long to answer in full")
        return min(left, longest)


current_deadline: ContextVar[Deadline] = ContextVar("current_deadline")
"""Set by the client around one attempt; connections of the pool outlive it, so it cannot be theirs."""


def _at_once() -> None:
    """Without a rate a request leaves when it is ready."""


leaving: ContextVar[Callable[[], None]] = ContextVar("leaving", default=_at_once)
"""Called on an open connection right before a request is written to it; returns when the request may leave.

Connecting takes time: were the moment taken before it, two requests could arrive closer together than they left."""


@dataclass(frozen=True)
class Guard:
    """Opens sockets to vetted addresses only."""

    policy: Policy
    surroundings: Surroundings

    def vetted(self, scheme: str, host: str, port: int) -> list[str]:
        """The addresses of the host that may be used; raises kind "refused_address" when none may."""
        found = self.surroundings.resolve(host.strip("[]"), port)
        private = origin_of(scheme, host, port) in self.policy.allow_private
        allowed = [address for address in found if is_public(address) or (private and is_lan(address))]
        if not allowed:
            raise OutboundError("refused_address", f"{host} is not an address on the public internet")
        return allowed

    def connect(self, connection: HTTPConnection, scheme: str) -> socket.socket:
        deadline = current_deadline.get()
        problem: OSError | None = None
        try:
            for address in self.vetted(scheme, connection._dns_host, connection.port):
                try:
                    return self._open(address, connection, deadline.next_timeout(self.policy.connect_timeout))
                except OSError as error:
                    problem = error
        except OSError as error:
            problem = error
        if isinstance(problem, TimeoutError):
            raise OutboundError("timeout", f"{connection.host} could not be reached in time") from problem
        raise NewConnectionError(connection, "no connection could be made") from problem

    @staticmethod
    def _open(address: str, connection: HTTPConnection, timeout: float) -> socket.socket:
        opened = socket.create_connection((address, connection.port), timeout)
        for option in connection.socket_options or []:
            opened.setsockopt(*option)
        return opened


class _DeadlineReader(io.RawIOBase):
    """Reads from a socket, header lines included, until the deadline, even when bytes keep dripping in."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self.connected = connected
        self.raw = connected.makefile("rb", buffering=0)
        self.deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self.connected.settimeout(self.deadline.next_timeout(self.deadline.silence))
        return self.raw.readinto(buffer)

    def close(self) -> None:
        self.raw.close()
        super().close()


class _Response(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *arguments: Any, **options: Any) -> None:
        super().__init__(sock, *arguments, **options)
        self.fp.close()
        self.fp = io.BufferedReader(_DeadlineReader(sock, current_deadline.get()))


class _Guarded(HTTPConnection):
    """What both kinds of connection share: the guard opens the socket, and the request leaves in its turn."""

    guard: Guard

    def request(self, *arguments: Any, **options: Any) -> None:
        if self.sock is None:
            self.connect()
        leaving.get()()
        super().request(*arguments, **options)


class _PlainConnection(_Guarded):
    response_class = _Response

    def __init__(self, *arguments: Any, guard: Guard, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.guard = guard

    def _new_conn(self) -> socket.socket:
        return self.guard.connect(self, "http")


class _TlsConnection(_Guarded, HTTPSConnection):
    response_class = _Response

    def __init__(self, *arguments: Any, guard: Guard, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.guard = guard

    def _new_conn(self) -> socket.socket:
        return self.guard.connect(self, "https")


class _Pools(PoolManager):
    def __init__(self, guard: Guard, **options: Any) -> None:
        super().__init__(**options)
        self.guard = guard

    def _new_pool(self, scheme: str, *arguments: Any, **options: Any) -> HTTPConnectionPool:
        pool = super()._new_pool(scheme, *arguments, **options)
        kind = _TlsConnection if scheme == "https" else _PlainConnection
        pool.ConnectionCls = partial(kind, guard=self.guard)  # type: ignore[assignment]
        return pool


class GuardedAdapter(HTTPAdapter):
    """The transport of a requests session whose every socket is opened by the guard."""

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        super().__init__()

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: Any) -> None:
        self.poolmanager = _Pools(self.guard, num_pools=connections, maxsize=maxsize, block=block, **options)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        raise OutboundError("refused_address", "requests never go through a proxy")
