"""JSON of others: data or a ValueError, however it is made; what servers really send is forgiven."""

import ast
from pathlib import Path

import pytest

from stillwater.json_text import read_foreign_json, read_json

DEEP = b"[" * 50_000
READERS = (read_json, read_foreign_json)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("text", [b"", b"{bad", b"\xff", b"[1] 2", b"9" * 5000, DEEP, b'["\\ud800", ' + DEEP])
def test_what_is_no_json_is_a_value_error(read: object, text: bytes) -> None:
    """Nesting must not end in a RecursionError: a finalizer that ran in the depth of a parser failed a whole CI run."""
    with pytest.raises(ValueError, match=r"line \d+ column \d+") as raised:
        read(text)  # type: ignore[operator]
    causes = {type(error) for error in (raised.value, raised.value.__cause__, raised.value.__context__)}
    assert RecursionError not in causes


def test_two_hundred_levels_are_read() -> None:
    found, levels = read_json(b"[" * 200 + b"]" * 200), 0
    while found is not None:
        found, levels = (found[0] if found else None), levels + 1
    assert levels == 200


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        (b'"cut \\ud83d"', "cut \ufffd"),
        (b'"\\uDE00\\ud83d\\ude00\\ud83d"', "\ufffd😀\ufffd"),
        (b'["\\ud83d", "\\\\ud83d", "\\n"]', ["\ufffd", "\\ud83d", "\n"]),
    ],
)
def test_a_server_may_cut_a_letter_in_two_and_begin_with_a_mark(text: bytes, found: object) -> None:
    assert read_foreign_json(text) == found
    with pytest.raises(ValueError, match="line 1"):
        read_json(text)


@pytest.mark.parametrize("folder", ["stillwater", "artists", "rules", "connections"])
def test_nobody_expects_a_recursion_error_of_json(folder: str) -> None:
    """The parser of wikitext is written in Python, so that it alone can end so."""
    catching = [
        path.name
        for path in Path(folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and node.type and "RecursionError" in ast.unparse(node.type)
    ]
    assert set(catching) <= {"infobox.py"}
