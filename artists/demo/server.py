"""Serves the fake world on loopback: /<provider>/<service>/<path>; counts and records who asked what."""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from artists.demo.faults import misbehave
from artists.demo.replies import Fake, Misbehave, Question, Reply, json_reply
from artists.demo.world import World

LONGEST_BODY = 64 * 1024 * 1024
"""Bytes. A picture that is sent to a server travels as base64."""

StartResponse = Callable[[str, list[tuple[str, str]]], Any]


@dataclass
class Recorder:
    """Every question in the order of arrival, and how many came too early for each provider."""

    questions: list[Question] = field(default_factory=list)
    too_early: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _times: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, question: Question, fake: Fake, now: float) -> bool:
        """Whether the question is within the provider's allowance. What is refused counts against it as well."""
        with self._lock:
            self.questions.append(question)
            if fake.allowance is None:
                return True
            times = self._times[fake.name]
            while times and times[0] <= now - fake.allowance.seconds:
                times.popleft()
            times.append(now)
            if len(times) > fake.allowance.count:
                self.too_early[fake.name] += 1
                return False
            return True

    def used(self, provider: str) -> int:
        """How many questions count against the allowance now."""
        return len(self._times[provider])

    def of(self, provider: str) -> list[Question]:
        return [question for question in self.questions if question.provider == provider]


@dataclass
class FakeWorld:
    """The WSGI program. `fakes` by name; `clock` in seconds, replaceable in tests."""

    world: World
    fakes: Mapping[str, Fake]
    recorder: Recorder = field(default_factory=Recorder)
    clock: Callable[[], float] = time.monotonic

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        question = question_of(environ)
        reply = self._reply(question, environ)
        headers = {"Content-Type": reply.content_type, "Content-Length": str(len(reply.body)), **reply.headers}
        start_response(f"{reply.status} Answer", list(headers.items()))
        return [reply.body]

    def _reply(self, question: Question, environ: dict[str, Any]) -> Reply:
        fake = self.fakes.get(question.provider)
        if fake is None:
            return json_reply({"error": "no such provider"}, 404)
        if not self.recorder.note(question, fake, self.clock()) and fake.allowance is not None:
            return fake.allowance.refusal
        try:
            return fake.answer(self.world, replace(question, used=self.recorder.used(fake.name)))
        except Misbehave as wish:
            return misbehave(wish.fault, fake, environ["stillwater.connection"])


def question_of(environ: Mapping[str, Any]) -> Question:
    _, provider, service, *rest = (str(environ.get("PATH_INFO", "")) + "//").split("/")
    path = "/" + "/".join(rest).rstrip("/") if rest else "/"
    length = int(environ.get("CONTENT_LENGTH") or 0)
    return Question(
        provider=provider,
        service=service,
        method=str(environ["REQUEST_METHOD"]),
        path=path.encode("latin-1").decode("utf-8", "replace"),
        query=dict(parse_qsl(str(environ.get("QUERY_STRING", "")), keep_blank_values=True)),
        headers={
            "Content-Type": str(environ.get("CONTENT_TYPE", "")),
            **{key[5:].replace("_", "-").title(): str(value) for key, value in environ.items() if key[:5] == "HTTP_"},
        },
        body=environ["wsgi.input"].read(min(length, LONGEST_BODY)) if length else b"",
        origin=f"http://{environ.get('HTTP_HOST', '')}",
    )


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128


class _Handler(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Silent: the recorder knows."""

    def get_environ(self) -> dict[str, Any]:
        return {**super().get_environ(), "stillwater.connection": self.connection}


@contextmanager
def running(program: FakeWorld, port: int = 0) -> Iterator[str]:
    """Serve in a thread; gives the origin, "http://127.0.0.1:12345"."""
    with make_server("127.0.0.1", port, program, server_class=_Server, handler_class=_Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
