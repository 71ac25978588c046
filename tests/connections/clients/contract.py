"""Holds what goes over the wire against what Jellyfin and Lidarr publish of their APIs, where that is at hand."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from jsonschema import Draft7Validator

from artists.demo.replies import Question, Reply

FOLDER = Path(settings.BASE_DIR).parent / "shared" / "contract"
SHARED = FOLDER if FOLDER.is_dir() else Path("/work/shared/contract")
IMAGE = "image/*"
# Lidarr reads the fields of a command beside its name; its document knows only the resource that it answers with.
MORE_THAN_DOCUMENTED = frozenset({("lidarr", "POST", "/api/v1/command")})
CREATED = {201: "200", 202: "200"}


@cache
def document(kind: str) -> dict[str, Any]:
    path = SHARED / f"{kind}-api-subset.json"
    if not path.exists():
        pytest.skip(f"the published API of {kind} is not at hand")
    return dict(json.loads(path.read_text(encoding="utf-8")))


def is_at_hand(kind: str) -> bool:
    return (SHARED / f"{kind}-api-subset.json").exists()


def check(question: Question, reply: Reply) -> None:
    """Raises AssertionError for a request that the server does not know, or an answer that it would not give."""
    kind = question.provider
    path, operation = _operation(kind, question)
    known = {each["name"].lower(): each["schema"] for each in operation.get("parameters", []) if each["in"] == "query"}
    for name, value in question.query.items():
        assert name.lower() in known, f"{path} takes no {name}"
        _check_parameter(kind, known[name.lower()], value, f"{path} {name}")
    _check_body(kind, path, operation, question)
    if reply.status < 400:
        _check_answer(kind, path, operation, reply)


def _operation(kind: str, question: Question) -> tuple[str, dict[str, Any]]:
    for path, methods in document(kind)["paths"].items():
        pattern = re.sub(r"\{[^}]*\}", "[^/]+", path)
        if re.fullmatch(pattern, question.path) and question.method.lower() in methods:
            return path, methods[question.method.lower()]
    raise AssertionError(f"{kind} has no {question.method} {question.path}")


def _check_parameter(kind: str, schema: dict[str, Any], text: str, where: str) -> None:
    if schema.get("type") == "array":
        for part in text.split(","):
            _validate(kind, schema["items"], part, where)
        return
    value: Any = text
    if schema.get("type") == "integer":
        value = int(text)
    elif schema.get("type") == "boolean":
        value = {"true": True, "false": False}.get(text, text)
    _validate(kind, schema, value, where)


def _check_body(kind: str, path: str, operation: dict[str, Any], question: Question) -> None:
    content = operation.get("requestBody", {}).get("content", {})
    if IMAGE in content:
        assert question.headers["Content-Type"].startswith("image/")
    elif content and (kind, question.method, path) not in MORE_THAN_DOCUMENTED:
        assert question.headers["Content-Type"] == "application/json"
        _validate(kind, content["application/json"]["schema"], json.loads(question.body), f"body of {path}")


def _check_answer(kind: str, path: str, operation: dict[str, Any], reply: Reply) -> None:
    answers = operation["responses"]
    status = str(reply.status) if str(reply.status) in answers else CREATED.get(reply.status, "")
    assert status in answers, f"{path} never answers {reply.status}"
    schema = answers[status].get("content", {}).get("application/json", {}).get("schema")
    if schema:
        _validate(kind, schema, json.loads(reply.body), f"answer of {path}")


def _validate(kind: str, schema: dict[str, Any], value: Any, where: str) -> None:
    whole = {**_translated(schema), "components": _components(kind)}
    found = next(Draft7Validator(whole).iter_errors(value), None)
    assert found is None, f"{where}: {'.'.join(map(str, found.path))}: {found.message[:300]}"


@cache
def _components(kind: str) -> dict[str, Any]:
    return dict(_translated(document(kind)["components"]))


def _translated(node: Any) -> Any:
    """OpenAPI 3.0 says "nullable" where JSON Schema says a type or null."""
    if isinstance(node, list):
        return [_translated(each) for each in node]
    if not isinstance(node, dict):
        return node
    plain = {key: _translated(value) for key, value in node.items() if key not in ("nullable", "format")}
    return {"anyOf": [plain, {"type": "null"}]} if node.get("nullable") is True else plain
