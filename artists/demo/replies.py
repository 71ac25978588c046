"""What a fake is asked and what it answers."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from artists.demo.world import World


@dataclass(frozen=True, slots=True)
class Question:
    """One request as a fake sees it: `service` is the word of the provider's spec, `path` what follows it."""

    provider: str
    service: str
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""
    origin: str = ""
    """Where this fake world is served, for addresses of pictures and pages in answers."""
    used: int = 0
    """How much of the provider's allowance is used up, this request included."""

    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Reply:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Allowance:
    """How often a provider lets itself be asked: `count` requests in `seconds`, beyond that `refusal`."""

    count: int
    seconds: float
    refusal: Reply


class Misbehave(Exception):
    """Raised by a fake that was asked about an act with a fault; the server carries it out."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Fake:
    """One provider of the fake world. `quota_reply` is its way to say "too often" with a status of 200, if it has one.

    `errors` are its own bodies and headers for 429, 500 and 503, by status. `key`: the one that the demo enters for
    it, as a person would; blank: it needs none.
    """

    name: str
    answer: Callable[[World, Question], Reply]
    allowance: Allowance | None = None
    quota_reply: Reply | None = None
    errors: Mapping[int, Reply] = field(default_factory=dict)
    key: str = ""


def json_reply(data: Any, status: int = 200, **headers: str) -> Reply:
    return Reply(status, json.dumps(data, ensure_ascii=False).encode(), headers)
