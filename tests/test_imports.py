"""The arrows of the house: between the four floors, and inside an app (design.md 2)."""

import ast
from collections.abc import Iterator
from functools import cache

import pytest

from tests.stillwater.source_trees import APPS, trees

# An app may use the apps before it.
FLOORS = {app: number for number, app in enumerate(APPS)}
DOORS = frozenset({"api", "views", "management", "admin", "forms", "urls", "page_urls", "dashboard_urls"})
MAY_NOT_USE = {
    "tasks": DOORS,
    "services": DOORS | {"tasks"},
    "queries": DOORS | {"tasks"},
    "models": DOORS | {"tasks", "services", "queries"},
    "views": frozenset({"api", "management"}),
    "management": frozenset({"views"}),
    "api": frozenset({"management", "admin"}),
}
PURE_CORES = (
    "artists/fields.py", "artists/nfo/", "artists/imaging/", "artists/folders/", "artists/matching/", "rules/charts.py",
    "connections/hooks/", "connections/conflicts/", "connections/folders.py",
    "stillwater/errors.py", "stillwater/progress.py", "stillwater/outbound/addresses.py",
)  # fmt: skip
# Where a session is opened, there has to be a request.
MAY_SEE_THE_REQUEST = ("stillwater/services/accounts.py",)


def module_name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def modules() -> dict[str, str]:
    """The path of each module of ours by its dotted name."""
    return {module_name(path): path for path in trees()}


def named_modules(node: ast.AST) -> Iterator[str]:
    """What an import statement names; `from a import b` is a.b where that is a module of ours."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        for alias in node.names:
            full = f"{node.module}.{alias.name}"
            yield full if full in modules() else node.module


@cache
def imports_of(path: str) -> frozenset[str]:
    return frozenset(name for node in ast.walk(trees()[path]) for name in named_modules(node))


def ours(path: str) -> list[str]:
    return [name for name in imports_of(path) if name in modules()]


def room(name: str) -> str:
    """The second part of the dotted name: what kind of thing a module is."""
    return f"{name}.".split(".")[1]


def floor_breaches() -> list[str]:
    return [
        f"{path} uses {name}"
        for path in trees()
        for name in ours(path)
        if FLOORS[name.split(".")[0]] > FLOORS[path.split("/")[0]]
    ]


def test_no_floor_uses_a_higher_one() -> None:
    assert floor_breaches() == []


def test_inside_an_app_the_arrows_run_from_doors_to_tasks_to_services_to_models() -> None:
    assert [
        f"{path} uses {name}"
        for path in trees()
        for name in ours(path)
        if room(name) in MAY_NOT_USE.get(room(module_name(path)), ())
    ] == []


def test_no_module_stands_in_a_circle() -> None:
    open_ones, closed, circles = list[str](), set[str](), list[str]()

    def visit(name: str) -> None:
        if name in open_ones:
            circles.append(" → ".join([*open_ones[open_ones.index(name) :], name]))
        elif name not in closed:
            open_ones.append(name)
            for used in sorted(ours(modules()[name])):
                visit(used)
            closed.add(open_ones.pop())

    for name in sorted(modules()):
        visit(name)
    assert circles == []


def test_nothing_is_imported_inside_a_function() -> None:
    assert [
        f"{path}:{node.lineno}"
        for path, tree in trees().items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ] == []


@pytest.mark.parametrize("core", PURE_CORES)
def test_a_pure_core_knows_nothing_of_django(core: str) -> None:
    """Nor does anything of ours that it uses."""
    waiting = [path for path in trees() if path.startswith(core)]
    assert waiting, f"{core} is gone; correct the list"
    seen = set(waiting)
    while waiting:
        path = waiting.pop()
        assert not [name for name in imports_of(path) if name.split(".")[0] in ("django", "ninja", "django_q")], path
        further = {modules()[name] for name in ours(path)} - seen
        seen |= further
        waiting += further


def starts_a_job(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "stillwater.jobs" and any(alias.name == "start" for alias in node.names)
    return isinstance(node, ast.Attribute) and ast.unparse(node) == "jobs.start"


def test_services_never_start_background_work() -> None:
    services = {path: tree for path, tree in trees().items() if "/services/" in path}
    assert [path for path, tree in services.items() if any(map(starts_a_job, ast.walk(tree)))] == []


def test_services_never_see_the_request() -> None:
    assert [
        f"{path}:{node.lineno}"
        for path, tree in trees().items()
        if "/services/" in path and path not in MAY_SEE_THE_REQUEST
        for node in ast.walk(tree)
        if isinstance(node, ast.arg) and node.arg == "request"
    ] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [path for path, tree in trees().items() if tree.body and not ast.get_docstring(tree)] == []
