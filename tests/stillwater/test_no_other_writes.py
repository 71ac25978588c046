"""Files are written, moved and removed through stillwater/files and nowhere else."""

import ast

import pytest

from tests.stillwater.source_trees import nodes_outside

ALLOWED = (
    "stillwater/files/",
    "stillwater/vault.py",
    "stillwater/settings.py",
    "stillwater/secret_key.py",  # runs while the settings are read, before anything of ours can be imported
    "artists/sample/",  # draws the sample library into an empty folder
)
OS = {
    "replace", "rename", "renames", "unlink", "remove", "rmdir", "removedirs", "link", "symlink", "truncate", "write",
    "pwrite", "chmod", "chown", "mkfifo", "ftruncate",
}  # fmt: skip
SHUTIL = {"copy", "copy2", "copyfile", "copyfileobj", "copytree", "move", "rmtree", "make_archive", "unpack_archive"}
PATH = {"write_text", "write_bytes", "unlink", "rmdir", "touch", "symlink_to", "hardlink_to", "chmod", "rename"}
FLAGS = {"O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND"}
TEMPORARY = {"NamedTemporaryFile", "mkstemp"}


def writes(node: ast.AST) -> bool:
    """Could this node change a file? Reads, and `replace` on texts and times, do not."""
    if isinstance(node, ast.ImportFrom):
        names = {alias.name for alias in node.names}
        return bool(names & {"os": OS | FLAGS, "shutil": SHUTIL, "tempfile": TEMPORARY}.get(node.module or "", set()))
    if isinstance(node, ast.Attribute):
        return node.attr in FLAGS and is_name(node.value, "os")
    return isinstance(node, ast.Call) and (opens_for_writing(node) or calls_a_writer(node))


def calls_a_writer(node: ast.Call) -> bool:
    if not isinstance(node.func, ast.Attribute):
        return False
    owner, name = node.func.value, node.func.attr
    for module, names in (("os", OS), ("shutil", SHUTIL), ("tempfile", TEMPORARY)):
        if is_name(owner, module):
            return name in names
    one_plain_argument = len(node.args) == 1 and not node.keywords
    return name in PATH or (name == "replace" and one_plain_argument)


def opens_for_writing(node: ast.Call) -> bool:
    """`open` and `os.fdopen`, modules like `gzip.open`, and `path.open`: any mode that is not plainly for reading.

    Where it is clear which argument is the mode, one that is worked out while the program runs counts as writing.
    """
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if (name, is_name(owner, "os", "Image")) == ("open", True) or name not in ("open", "fdopen"):
        return False
    by_name = [keyword.value for keyword in node.keywords if keyword.arg == "mode"]
    if owner is None or is_name(owner, "os", "io", "gzip", "bz2", "lzma", "codecs", "tarfile"):
        return any(not isinstance(mode, ast.Constant) or is_writing(mode) for mode in node.args[1:2] + by_name)
    return any(is_writing(mode) for mode in node.args[:2] + by_name)


def is_writing(mode: ast.expr) -> bool:
    text = mode.value if isinstance(mode, ast.Constant) and isinstance(mode.value, str) else ""
    return set(text.partition(":")[0]) <= set("rwaxbtU+") and bool(set(text) & set("wax+"))


def is_name(node: ast.expr | None, *names: str) -> bool:
    return isinstance(node, ast.Name) and node.id in names


def test_no_other_module_writes_a_file() -> None:
    assert [place for place, node in nodes_outside(ALLOWED) if writes(node)] == []


def test_the_search_finds_the_writers_we_have() -> None:
    assert any("stillwater/files/" in place for place, node in nodes_outside(()) if writes(node))


@pytest.mark.parametrize(
    "line",
    [
        "open(path, 'w')", "open(path, mode='ab')", "open(path, mode)", "path.open('wb')", "io.open(path, 'r+')",
        "path.write_text('x')", "path.write_bytes(b'x')", "path.unlink()", "path.unlink(missing_ok=True)",
        "path.rename(other)", "path.replace(other)", "path.touch()", "os.replace(a, b)", "os.remove(a)",
        "os.open(path, os.O_WRONLY)", "from os import unlink", "shutil.rmtree(a)", "shutil.copy(a, b)",
        "from shutil import move", "os.fdopen(fd, 'w')", "tempfile.NamedTemporaryFile()", "gzip.open(path, 'wb')",
        "tarfile.open(path, 'w:gz')", "archive.open(name, 'w')", "path.open(mode='w')", "os.fdopen(fd, mode)",
    ],
)  # fmt: skip
def test_this_would_be_found(line: str) -> None:
    assert any(writes(node) for node in ast.walk(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "open(path)", "open(path, 'rb')", "path.open()", "path.open('rb')", "text.replace('a', 'b')",
        "moment.replace(tzinfo=UTC)", "dataclasses.replace(row, a=1)", "os.stat(path)", "shutil.which('x')",
        "Image.open(path)", "archive.open(name)", "archive.open('wax.txt')",
        "open(path, encoding='utf-8')", "os.open(path, os.O_RDONLY)", "tempfile.TemporaryDirectory()",
    ],
)  # fmt: skip
def test_this_is_harmless(line: str) -> None:
    assert not any(writes(node) for node in ast.walk(ast.parse(line)))
