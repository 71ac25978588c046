"""What the REST API promises: the list of its operations is kept in a file, so that no change slips in unseen."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from ninja import Schema

from tests.operations import OPEN, operations

SNAPSHOT = Path(__file__).with_name("operations.txt")
FLOORS = {"stillwater", "artists", "connections", "rules"}
RENEW = "if this change is meant, run: RENEW_OPERATIONS=1 .venv/bin/pytest tests/test_openapi.py, and commit the file"


def test_the_operations_are_those_of_the_kept_list() -> None:
    now = [str(operation) for operation in operations()]
    if os.environ.get("RENEW_OPERATIONS"):
        SNAPSHOT.write_text("\n".join(now) + "\n", encoding="utf-8")
    kept = SNAPSHOT.read_text(encoding="utf-8").splitlines()
    gone, new = sorted(set(kept) - set(now)), sorted(set(now) - set(kept))
    assert (gone, new) == ([], []), RENEW


def test_operation_ids_are_unique() -> None:
    counted = Counter(operation.id for operation in operations())
    assert [name for name, count in counted.items() if count > 1] == []


def test_every_operation_declares_who_may_call_it() -> None:
    assert [str(operation) for operation in operations() if operation.declares_auth == operation.is_open] == []


def test_only_these_operations_are_open() -> None:
    assert {operation.id for operation in operations() if not operation.declares_auth} == OPEN


def test_no_two_schemas_share_a_name() -> None:
    """The document knows schemas by their name alone: the second one would silently take the place of the first."""
    assert operations()  # all routers are mounted
    homes = defaultdict(set)
    for schema in _below(Schema):
        homes[schema.__name__].add(schema.__module__)
    shared = {name: modules for name, modules in homes.items() if len(modules) > 1}
    assert {name: modules for name, modules in shared.items() if any(map(_is_ours, modules))} == {}


def _below(schema: type) -> Iterator[type]:
    for each in schema.__subclasses__():
        yield each
        yield from _below(each)


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in FLOORS
