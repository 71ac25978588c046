"""Every operation of the REST API as its OpenAPI document has it, for tests that walk all of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from stillwater.api.root import api

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ID = "987654321"
"""Nobody has it."""
OPEN = frozenset(
    {"getHealth", "getReadiness", "getAPIDocs", "getOpenAPISpec", "login", "setup", "oidcLogin", "oidcCallback"}
)
"""Answered without credentials."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation; `url` has something harmless in place of every parameter of the path."""

    id: str
    method: str
    path: str
    url: str
    answers: frozenset[int]
    declares_auth: bool

    @property
    def is_open(self) -> bool:
        return self.id in OPEN

    @property
    def is_safe(self) -> bool:
        return self.method in SAFE

    @property
    def is_inbound(self) -> bool:
        return "/webhooks/inbound/" in self.path

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.id}"


@cache
def document() -> dict[str, Any]:
    return api.get_openapi_schema()


@cache
def operations() -> tuple[Operation, ...]:
    return tuple(sorted(_operations(), key=lambda operation: (operation.path, operation.method)))


def _operations() -> Iterator[Operation]:
    for path, item in document()["paths"].items():
        for method, raw in item.items():
            yield Operation(
                id=raw["operationId"],
                method=method.upper(),
                path=path,
                url=re.sub(r"\{[^}]*\}", ID, path),
                answers=frozenset(int(code) for code in raw["responses"]),
                declares_auth=bool(raw.get("security")),
            )
