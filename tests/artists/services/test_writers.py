"""No code writes a field of an artist past operations.py and bulk.py: every source file is asked."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from artists.fields import BY_KEY

TOP = Path(__file__).resolve().parents[3]
APPS = ("stillwater", "artists", "connections", "rules")
ALLOWED = {
    "artists/services/rows.py": "the operation itself",
    "artists/services/bulk.py": "the operation for many",
    "artists/services/undo.py": "a copy in memory, for the text of a file",
}
FIELDS = set(BY_KEY)
UNMISTAKABLE = FIELDS - {"name", "type"}
OF_ANOTHER_MODEL = re.compile(r"(?!Artist\.)[A-Z]\w+\.objects")


def sources() -> Iterator[Path]:
    for app in APPS:
        for path in sorted((TOP / app).rglob("*.py")):
            if "migrations" not in path.parts and "sample" not in path.parts:
                yield path


def is_artist(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "artist"


def writes(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            if isinstance(target, ast.Attribute) and is_artist(target.value) and target.attr in FIELDS:
                yield f"line {target.lineno}: artist.{target.attr} = …"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            given = {keyword.arg for keyword in node.keywords}
            if node.func.attr in ("update", "aupdate") and given & UNMISTAKABLE:
                yield f"line {node.lineno}: .update({', '.join(sorted(given & UNMISTAKABLE))})"
            if node.func.attr == "save" and is_artist(node.func.value):
                yield f"line {node.lineno}: artist.save()"
            if node.func.attr == "bulk_update" and not OF_ANOTHER_MODEL.fullmatch(ast.unparse(node.func.value)):
                yield f"line {node.lineno}: bulk_update"


def test_the_search_finds_what_it_is_for() -> None:
    code = "artist.biography = 1\nArtist.objects.update(origin=1)\nartist.save()\n"
    code += "Artist.objects.bulk_update(x, y)\nchosen.bulk_update(x, y)"
    assert len(list(writes(ast.parse(code)))) == 5
    assert list(writes(ast.parse("ForeignFile.objects.bulk_update(x, y)"))) == []


def test_fields_of_artists_are_written_in_one_place() -> None:
    found = {
        f"{path.relative_to(TOP)}: {line}"
        for path in sources()
        if str(path.relative_to(TOP)) not in ALLOWED
        for line in writes(ast.parse(path.read_text()))
    }
    assert not found, "write through artists.services.operations or .bulk instead: " + "; ".join(sorted(found))
