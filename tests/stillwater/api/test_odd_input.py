"""Odd input is refused or ignored, never a failure: every parameter and every field of every operation."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.fixtures import Settings

from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from artists.demo.world import World
from artists.providers import registry
from tests.builders import make_artist, make_library
from tests.operations import Operation, document, operations
from tests.stillwater.misbehaving import Clock

pytestmark = pytest.mark.django_db

TEXTS = [
    "", "-1", "0", "9" * 30, "9" * 5000, "x" * 100_000, "%", "²", "\x00", "a\nb", "1e309", "NaN", "'\"<>", "true",
]  # fmt: skip
VALUES: list[Any] = [
    None, True, -1, 10**30, 1e308, "", "\x00", "\ud800", "x" * 100_000, [], [None], [[1]], {}, {"a": {"b": []}},
    ["9" * 5000],
]  # fmt: skip


@pytest.fixture(autouse=True)
def invented_providers(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No real provider hears of odd input, and nobody waits for a turn or for an answer that cannot come."""
    for provider in (*registry.PROVIDERS, *registry.WEB_SEARCHES):
        monkeypatch.setattr(provider, "spec", replace(provider.spec, per_second=1000))
    with running(FakeWorld(World(()), FAKES, clock=Clock(step=60))) as origin:
        settings.STILLWATER_PROVIDERS_URL = origin
        yield


@pytest.fixture
def client_of_all(admin_client: Client) -> Client:
    """An administrator with an artist to whom things could happen."""
    make_artist("Mara Field", library=make_library(), pk=1)
    admin_client.raise_request_exception = False
    return admin_client


def raw(operation: Operation) -> dict[str, Any]:
    found: dict[str, Any] = document()["paths"][operation.path][operation.method.lower()]
    return found


def parameters(operation: Operation) -> list[str]:
    return [item["name"] for item in raw(operation).get("parameters", []) if item["in"] == "query"]


def fields(operation: Operation) -> list[str]:
    """The names of the body's fields, in whichever of its spellings."""
    contents = raw(operation).get("requestBody", {}).get("content", {}).values()
    return sorted({name for content in contents for name in properties(content["schema"])})


def properties(schema: dict[str, Any]) -> list[str]:
    if "$ref" in schema:
        return properties(document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    nested = [name for part in (*schema.get("anyOf", ()), *schema.get("allOf", ())) for name in properties(part)]
    return [*schema.get("properties", {}), *nested]


def fails(client: Client, operation: Operation, url: str, **request: Any) -> bool:
    with transaction.atomic():
        response = client.generic(operation.method, url, **request)
        response.close()
        transaction.set_rollback(True)
    return response.status_code >= 500 and response.status_code not in operation.answers - {500}


def real(operation: Operation) -> str:
    return operation.path.replace("{id}", "1").replace("{artist_id}", "1")


@pytest.mark.parametrize("odd", TEXTS, ids=lambda text: ascii(text[:12]))
def test_in_a_query_it_is_no_failure(client_of_all: Client, odd: str) -> None:
    chosen = [operation for operation in operations() if operation.is_safe and operation.id != "getEventStream"]
    assert [
        f"{operation} {name}"
        for operation in chosen
        for name in parameters(operation)
        if fails(client_of_all, operation, real(operation), QUERY_STRING=urlencode({name: odd}))
    ] == []


@pytest.mark.parametrize("odd", VALUES, ids=lambda value: ascii(value)[:12])
def test_in_a_body_it_is_no_failure(client_of_all: Client, odd: Any) -> None:
    chosen = [operation for operation in operations() if not operation.is_safe and operation.id != "logout"]
    failed = []
    for operation in chosen:
        names = fields(operation) or ["x"]
        bodies = [dict.fromkeys(names, odd), *({name: odd} for name in names)]
        if any(
            fails(client_of_all, operation, real(operation), data=json.dumps(body), content_type="application/json")
            for body in bodies
        ):
            failed.append(str(operation))
    assert failed == []
