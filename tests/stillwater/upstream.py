"""A server on loopback and clients that ask it, in a world whose time passes only by sleeping."""

from typing import Any

import pytest
from django.conf import settings

from stillwater.outbound import FileBuckets, FileCircuits, Outbound, OutboundError, Policy, Surroundings
from stillwater.outbound.policy import Resolver
from tests.stillwater.misbehaving import Clock, Misbehaving, Route


def loopback(*_: object) -> list[str]:
    return ["127.0.0.1"]


class Upstream:
    """One server and the settings of the client that asks it."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.route: Route = lambda handler: handler.answer()
        self.server = Misbehaving(lambda handler: self.route(handler))

    def client(self, *, resolve: Resolver = loopback, **policy: Any) -> Outbound:
        world = Surroundings(
            clock=self.clock, calendar=self.clock, sleep=self.clock.sleep, chance=lambda: 0.5,
            resolve=resolve,
        )  # fmt: skip
        allowed = frozenset({self.server.url(), *policy.pop("allow_private", ())})
        folder = settings.STILLWATER_DATA / "rate"
        return Outbound(
            Policy(allow_private=allowed, **policy),
            buckets=FileBuckets(folder, self.clock),
            circuits=FileCircuits(folder, self.clock),
            surroundings=world,
        )

    def ask(self, method: str = "GET", path: str = "/", *, policy: dict[str, Any] | None = None, **options: Any) -> Any:
        with self.client(**(policy or {})) as client:
            return client.request(method, self.server.url(path), **options)

    def failure(self, method: str = "GET", path: str = "/", **options: Any) -> OutboundError:
        with pytest.raises(OutboundError) as caught:
            self.ask(method, path, **options)
        return caught.value

    def answers(self, *answers: tuple[int, dict[str, str]]) -> None:
        """One answer after the other; the last one stays."""
        left = list(answers)
        self.route = lambda handler: (lambda a: handler.answer(a[0], **a[1]))(left.pop(0) if len(left) > 1 else left[0])
