"""Carries out the faults that an act asks for: the ways in which a remote service fails (F9)."""

import os
import socket
import struct
from contextlib import suppress

from artists.demo.replies import Fake, Reply, json_reply

LONGEST_SILENCE = 60.0
DRIP_PAUSE = 0.02
"""Seconds. A client that never hangs up must not keep a thread for ever."""

_DROPS = int(LONGEST_SILENCE / DRIP_PAUSE)
_AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER that throws away what is unsent: the other side sees a reset, not an end."""

_WELCOME = b"<!doctype html><html><title>Welcome</title><p>Please accept our cookies.</html>"


def misbehave(fault: str, fake: Fake, connection: socket.socket) -> Reply:
    """The reply, if there is one at all: "timeout", "reset" and "drip" end the connection instead."""
    match fault:
        case "timeout":
            _left_within(connection, LONGEST_SILENCE)
        case "reset":
            _reset(connection)
        case "drip":
            _drip(connection)
        case _:
            return _reply(fault, fake)
    raise HungUp


class HungUp(ConnectionAbortedError):
    """wsgiref takes this for a client that has left, and says no more on the connection."""


def _reply(fault: str, fake: Fake) -> Reply:
    match fault:
        case "429":
            return _refusal(fake, retry_after="1")
        case "429 silent":
            return _refusal(fake)
        case "quota":
            return fake.quota_reply or fake.errors.get(429) or _refusal(fake)
        case "html":
            return Reply(200, _WELCOME, {}, "text/html; charset=utf-8")
        case "cut":
            return Reply(200, b'{"artists": [{"name": "Fau', {"Content-Length": "4096"})
        case "empty":
            return Reply(200)
        case _:
            return _error(fake, 503 if fault == "503" else 500)


def _error(fake: Fake, status: int) -> Reply:
    return fake.errors.get(status) or json_reply({"error": "internal"}, status)


def _refusal(fake: Fake, retry_after: str = "") -> Reply:
    own = fake.errors.get(429) or json_reply({"error": "too many requests"}, 429)
    headers = {name: value for name, value in own.headers.items() if name != "Retry-After"}
    if retry_after:
        headers["Retry-After"] = retry_after
    return Reply(own.status, own.body, headers, own.content_type)


def _reset(connection: socket.socket) -> None:
    """`close` alone would wait for the reader that the server still holds on this socket."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
    os.close(connection.detach())


def _drip(connection: socket.socket) -> None:
    """A promising start, then one byte at a time; a client that only limits each silence waits a minute."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{")
    for _ in range(_DROPS):
        if _left_within(connection, DRIP_PAUSE):
            return
        with suppress(OSError):
            connection.sendall(b" ")


def _left_within(connection: socket.socket, seconds: float) -> bool:
    """Whether the client hung up in this time."""
    connection.settimeout(seconds)
    try:
        return not connection.recv(1)
    except TimeoutError:
        return False
    except OSError:
        return True
