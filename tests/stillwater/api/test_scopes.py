"""Who may call what: every operation against every kind of credential (S52), drawn from the OpenAPI document."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from stillwater.models import User
from stillwater.services.tokens import create_token
from tests.operations import ID, Operation, document, operations

pytestmark = pytest.mark.django_db

SCOPE_REFUSAL = "token scope does not allow this"
ROLE_REFUSAL = "administrator required"
ADMINISTRATORS_ONLY = {
    "getSettings", "updateSettings", "browseFilesystem", "createLibrary", "updateLibrary", "deleteLibrary",
    "updateRule", "updateClassicalMode",
}  # fmt: skip
"""From behaviour.md 8, as far as they exist; the others declare a 403 and are held by the matrix below."""


def call(client: Client, operation: Operation) -> tuple[int, str]:
    """The status and the error of one call, whose effects are taken back."""
    with transaction.atomic():
        response = client.generic(operation.method, operation.url, b"{}", content_type="application/json")
        is_json = response.headers.get("Content-Type", "").startswith("application/json")
        body = response.json() if is_json and response.content else {}
        response.close()
        transaction.set_rollback(True)
    return response.status_code, body.get("error", "") if isinstance(body, dict) else ""


@pytest.fixture
def with_token(administrator: User) -> Callable[[str], Client]:
    def client(scopes: str) -> Client:
        secret = create_token(administrator, name=scopes, scopes=scopes)[1]
        return Client(headers={"Authorization": f"Bearer {secret}"}, raise_request_exception=False)

    return client


def guarded() -> list[Operation]:
    return [operation for operation in operations() if not operation.is_open]


def wrong(client: Client, chosen: list[Operation], right: Callable[[int, str], bool]) -> Iterator[str]:
    for operation in chosen:
        status, error = call(client, operation)
        if not right(status, error):
            yield f"{operation}: {status} {error}"


def refused(status: int, error: str) -> bool:
    return status == 403 and error == SCOPE_REFUSAL


def admitted(status: int, _error: str) -> bool:
    return status < 500 and status not in (401, 403)


def admitted_or_reserved(status: int, error: str) -> bool:
    """Let in, or told that it is for administrators."""
    return admitted(status, error) or (status == 403 and error in (SCOPE_REFUSAL, ROLE_REFUSAL))


def reserved(status: int, error: str) -> bool:
    return (status, error) == (403, ROLE_REFUSAL) or status == 400


def test_nobody_comes_in_without_credentials(administrator: User) -> None:
    client = Client(raise_request_exception=False)
    assert list(wrong(client, guarded(), lambda status, _error: status == 401)) == []


def test_nobody_comes_in_with_a_made_up_token(administrator: User) -> None:
    client = Client(headers={"Authorization": "Bearer sw_" + "0" * 64}, raise_request_exception=False)
    assert list(wrong(client, guarded(), lambda status, _error: status == 401)) == []


def test_the_open_operations_answer_anybody(administrator: User) -> None:
    client = Client(raise_request_exception=False)
    chosen = [operation for operation in operations() if operation.is_open and operation.id != "login"]
    assert list(wrong(client, chosen, lambda status, _error: status in (200, 404, 409, 503))) == []


def test_a_reading_token_changes_nothing(with_token: Callable[[str], Client]) -> None:
    chosen = [operation for operation in guarded() if not operation.is_safe]
    assert list(wrong(with_token("read"), chosen, refused)) == []


def test_a_reading_token_reads(with_token: Callable[[str], Client]) -> None:
    chosen = [operation for operation in guarded() if operation.is_safe and 403 not in operation.answers]
    assert list(wrong(with_token("read"), chosen, admitted)) == []


def test_a_writing_token_reads_and_changes(with_token: Callable[[str], Client]) -> None:
    chosen = [op for op in guarded() if 403 not in op.answers and not op.is_inbound]
    assert list(wrong(with_token("write"), chosen, admitted)) == []


def test_what_a_writing_token_may_not_is_for_administrators(with_token: Callable[[str], Client]) -> None:
    chosen = [op for op in guarded() if 403 in op.answers and not op.is_inbound]
    assert list(wrong(with_token("write"), chosen, admitted_or_reserved)) == []


def test_a_webhook_token_opens_the_inbound_hooks_alone(with_token: Callable[[str], Client]) -> None:
    client = with_token("webhook")
    chosen = [operation for operation in guarded() if not operation.is_inbound]
    assert list(wrong(client, chosen, refused)) == []
    assert list(wrong(client, [operation for operation in guarded() if operation.is_inbound], admitted)) == []


def test_an_administrators_admin_token_opens_everything(with_token: Callable[[str], Client]) -> None:
    assert list(wrong(with_token("admin"), guarded(), admitted)) == []


def test_a_session_of_an_administrator_opens_everything(admin_client: Client) -> None:
    admin_client.raise_request_exception = False
    chosen = [operation for operation in guarded() if operation.id != "logout"]
    assert list(wrong(admin_client, chosen, admitted)) == []


def test_what_is_for_administrators_refuses_an_operator(operator_client: Client) -> None:
    """A body with nothing in it may be refused before anybody asks who calls."""
    chosen = [operation for operation in guarded() if operation.id in ADMINISTRATORS_ONLY]
    assert list(wrong(operator_client, chosen, reserved)) == []


def test_an_operator_is_refused_nothing_else(operator_client: Client) -> None:
    operator_client.raise_request_exception = False
    chosen = [op for op in guarded() if 403 not in op.answers and op.id != "logout"]
    assert list(wrong(operator_client, chosen, admitted)) == []


def test_every_answer_of_a_refusal_is_declared(with_token: Callable[[str], Client]) -> None:
    """What an operation answers to a call with nothing in it, it also says in its document."""
    client, undeclared = with_token("admin"), []
    for operation in guarded():
        status, error = call(client, operation)
        if status not in operation.answers and not (status == 400 and operation.is_safe):
            undeclared.append(f"{operation}: {status} {error}")
    assert undeclared == []


@pytest.mark.parametrize("odd", ["0", "-1", "x", "²", "9" * 30, "9" * 5000, "%00", "..%2f..", "'", "%ff"])
def test_an_odd_id_is_never_a_failure(admin_client: Client, odd: str) -> None:
    admin_client.raise_request_exception = False
    chosen = [replace(operation, url=operation.url.replace(ID, odd)) for operation in guarded() if ID in operation.url]
    assert list(wrong(admin_client, chosen, lambda status, _error: 400 <= status < 500 or status in (200, 204))) == []


def test_the_document_names_the_four_ways_in() -> None:
    schemes: dict[str, Any] = document()["components"]["securitySchemes"]
    spelled = {(scheme["type"], scheme.get("in") or scheme.get("scheme")) for scheme in schemes.values()}
    assert spelled == {("apiKey", "cookie"), ("http", "bearer"), ("apiKey", "header"), ("apiKey", "query")}
