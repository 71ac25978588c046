"""A web server on loopback that does what it is told, however wrong, and remembers what it was asked."""

import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

Route = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request; `body` holds what was sent along."""

    protocol_version = "HTTP/1.1"
    server: "Server"
    body = b""

    def do_GET(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.house.requests.append(self)
        self.server.house.route(self)

    do_POST = do_HEAD = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815

    def answer(self, status: int = 200, body: bytes = b"ok", **headers: str) -> None:
        """A well-behaved answer; header names are written with underscores."""
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def pour(self, piece: bytes) -> None:
        """The same bytes for ever, until the other side has had enough."""
        try:
            while True:
                self.wfile.write(piece)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Quiet."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    house: "Misbehaving"

    def get_request(self) -> Any:
        self.house.connections += 1
        return super().get_request()

    def handle_error(self, *_: Any) -> None:
        """A client that hangs up is part of the test."""


class Misbehaving:
    """`with Misbehaving(route) as server`; `server.url("/x")` is where to ask."""

    def __init__(self, route: Route, *, certificate: Path | None = None) -> None:
        self.route = route
        self.requests: list[Handler] = []
        self.connections = 0
        self.scheme = "https" if certificate else "http"
        self.server_names: list[str | None] = []
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.house = self
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            context.sni_callback = lambda _socket, name, _context: self.server_names.append(name)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


class Clock:
    """Time that passes only when somebody looks (by `step` seconds) or sleeps."""

    def __init__(self, step: float = 0) -> None:
        self.now = 1_000_000.0
        self.step = step
        self.sleeps: list[float] = []

    def __call__(self) -> float:
        self.now += self.step
        return self.now

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += seconds


def hang_up(handler: Handler) -> None:
    handler.close_connection = True
    handler.connection.close()
