"""The syntax trees of the four apps, for tests that hold a rule over the whole source."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
APPS = ("stillwater", "artists", "connections", "rules")


@cache
def trees() -> dict[str, ast.Module]:
    """The path of each module below the checkout, with slashes, and its tree; migrations are Django's own."""
    files = [file for app in APPS for file in sorted((HOUSE / app).rglob("*.py")) if "migrations" not in file.parts]
    return {file.relative_to(HOUSE).as_posix(): ast.parse(file.read_text(encoding="utf-8")) for file in files}


def nodes_outside(allowed: tuple[str, ...]) -> Iterator[tuple[str, ast.AST]]:
    """Every node of every module whose path begins with none of `allowed`, with `path:line`."""
    for path, tree in trees().items():
        if not path.startswith(allowed):
            for node in ast.walk(tree):
                yield f"{path}:{getattr(node, 'lineno', 0)}", node
