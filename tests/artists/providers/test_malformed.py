"""A thousand malformed answers for every adapter raise nothing but ProviderError and leave no value of a wrong type."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from itertools import count, cycle, product
from random import Random
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from artists.demo.registry import FAKES
from artists.demo.replies import Question, Reply
from artists.providers.base import Provider
from artists.providers.errors import ProviderError
from artists.providers.session import Access, Session, policy_of
from artists.providers.spotify import Spotify
from stillwater.outbound import Answer, Outbound, Surroundings
from tests.artists.providers.acts import ODA, QUILLFEN, WORLD
from tests.artists.providers.nonsense import spoilt
from tests.artists.providers.questions import ALL, ASK, named

ANSWERS = 1000
ORIGIN = "http://fake.test"
RAW = (
    "null", "1e999", "-1e999", "NaN", "9" * 30, "9" * 5000, "-0", "[" * 400 + "]" * 400, "[" * 50_000 + "]" * 50_000,
    '"\\ud800"', '"\\udfff\\ud800"', '"\\u0000"', '{"a": 1, "a": {"a": []}}',
)  # fmt: skip
"""What no Python value is written as: endless numbers, deep nesting, halves of surrogate pairs, keys given twice."""


class Spoiling(Outbound):
    """Answers from the fake, without a socket, and with something wrong in most answers."""

    def __init__(self, kind: type[Provider], access: Access) -> None:
        super().__init__(policy_of(kind.spec, access), surroundings=Surroundings(sleep=lambda seconds: None))
        self.fake = FAKES[kind.spec.name]
        self.chance = Random(kind.spec.name)
        self.spoilt = 0

    def _attempt(self, call: Any, budget: Any) -> Answer:
        reply = self.fake.answer(WORLD, question_of(call))
        body = self._body(reply)
        return self._checked(call, Answer(reply.status, dict(reply.headers), body, call.url))

    def _body(self, reply: Reply) -> bytes:
        if self.chance.random() < 0.3:
            return reply.body
        self.spoilt += 1
        try:
            sample = json.loads(reply.body)
        except ValueError:
            return self._torn(reply.body)
        (wrong,) = spoilt(sample, 1, self.spoilt)
        body = json.dumps(wrong).replace("null", self.chance.choice(RAW))
        return self._torn(body.encode()) if self.chance.random() < 0.05 else body.encode()

    def _torn(self, body: bytes) -> bytes:
        """Cut somewhere, with bytes in it that are no UTF-8."""
        place = self.chance.randrange(len(body) + 1)
        return body[:place] + self.chance.choice((b"", b"\xff\xfe", b"\xed\xa0\x80", body))


def question_of(call: Any) -> Question:
    parts = urlsplit(call.url)
    _, provider, service, *rest = parts.path.split("/")
    query = {**dict(parse_qsl(parts.query)), **{name: str(value) for name, value in (call.params or {}).items()}}
    headers = {"User-Agent": "Stillwater/1 ( x )", **{name.title(): value for name, value in call.headers.items()}}
    body = urlencode(call.data).encode() if call.data else b""
    return Question(
        provider, service, call.method, "/" + "/".join(rest).rstrip("/"), query, headers, body, origin=ORIGIN
    )


def is_a(value: Any, hint: Any) -> bool:
    """Whether a value is what a type says, all the way down, and its text can be stored."""
    if hint is str:
        return (
            isinstance(value, str)
            and "\x00" not in value
            and not any("\ud800" <= letter <= "\udfff" for letter in value)
        )
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15
    if hint in (bool, NoneType):
        return isinstance(value, hint)
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return isinstance(value, hint) and all(
            is_a(getattr(value, each.name), hints[each.name]) for each in fields(hint)
        )
    inner = get_args(hint)
    if get_origin(hint) is Literal:
        return value in inner
    if get_origin(hint) is tuple:
        return isinstance(value, tuple) and all(is_a(each, inner[0]) for each in value)
    if get_origin(hint) is Mapping:
        return isinstance(value, Mapping) and all(is_a(k, inner[0]) and is_a(v, inner[1]) for k, v in value.items())
    raise AssertionError(f"nobody knows {hint}")


def the_answers(found: Any) -> list[Any]:
    return found if isinstance(found, list) else [found]


@pytest.mark.parametrize("kind", ALL, ids=named)
def test_a_thousand_malformed_answers_raise_nothing_else_and_leave_nothing_odd(
    kind: type[Provider], monkeypatch: pytest.MonkeyPatch
) -> None:
    services = {word: f"{ORIGIN}/{kind.spec.name}/{word}" for word in kind.spec.services}
    access = Access(FAKES[kind.spec.name].key, services)
    client = Spoiling(kind, access)
    abilities = [ability for ability in ASK if ability in kind.spec.abilities]
    told = 0
    for number, (act, ability) in zip(count(), cycle(product((QUILLFEN, ODA), abilities))):
        if client.spoilt >= ANSWERS:
            break
        if number % 3 == 0:
            monkeypatch.setattr(Spotify, "kept", None)
        try:
            found = ASK[ability](kind(Session(kind.spec, access, client)), act)
        except ProviderError:
            continue
        for each in the_answers(found):
            told += 1
            assert is_a(each, type(each)), each
    assert told > 100, "nearly nothing was understood, so nearly nothing was tested"
