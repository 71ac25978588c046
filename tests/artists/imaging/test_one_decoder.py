"""Pixels come from one place, so that the guard against huge pictures is not forgotten at another (bug 55)."""

import ast
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).resolve().parents[3]
LOOKS_AT_THE_HEADER_ONLY = {"artists/imaging/headers.py", "artists/imaging/preparing.py"}
DECODES = "artists/imaging/decoding.py"
INVENTS_PICTURES = {"sample", "demo", "migrations"}


def sources() -> Iterator[Path]:
    for app in ("stillwater", "artists", "connections", "rules"):
        yield from (path for path in (TOP / app).rglob("*.py") if INVENTS_PICTURES.isdisjoint(path.parts))


def opens(tree: ast.AST) -> Iterator[ast.Call]:
    """`Image.open(…)`, and whatever else of Pillow takes bytes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = ast.unparse(node.func)
            if name in ("Image.open", "Image.frombytes", "Image.frombuffer", "ImageFile.Parser"):
                yield node


def test_the_search_finds_what_it_is_for() -> None:
    assert len(list(opens(ast.parse("with Image.open(x) as y: pass\nz = Image.frombytes(a, b, c)")))) == 2


def test_pictures_are_opened_in_three_places() -> None:
    found = {str(path.relative_to(TOP)) for path in sources() if any(opens(ast.parse(path.read_text())))}
    assert found == LOOKS_AT_THE_HEADER_ONLY | {DECODES}


def test_each_says_which_format_it_expects_and_one_alone_loads_pixels() -> None:
    for name in (*LOOKS_AT_THE_HEADER_ONLY, DECODES):
        tree = ast.parse((TOP / name).read_text())
        assert all({"formats"} <= {keyword.arg for keyword in call.keywords} for call in opens(tree))
        loads = "image.load" in {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        assert loads == (name == DECODES)
