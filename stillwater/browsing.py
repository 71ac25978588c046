"""Lists folders for the folder picker, inside the allowed roots only."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stillwater.errors import Forbidden, Invalid, NotFound, Unavailable

_OUTSIDE = "this folder is outside the folders that may be browsed"


@dataclass(frozen=True)
class Folder:
    """One listing: the resolved path, its parent ("" at the top of what may be seen), and the names below it."""

    path: str
    parent: str
    entries: list[str]


def browse(path: str, roots: Sequence[Path]) -> Folder:
    """The folders directly inside `path`, links resolved, dot names hidden, sorted without regard to case.

    Names that are not UTF-8 are left out, since no JSON client could send them back.
    Raises `Forbidden` outside the roots (or without any), `Invalid`, `NotFound`, `Unavailable`.
    """
    allowed = _real_roots(roots)
    folder = _resolve(path, allowed)
    parent = "" if folder in allowed else str(folder.parent)
    return Folder(str(folder), parent, _names(folder, allowed))


def _real_roots(roots: Sequence[Path]) -> list[Path]:
    return [real for real in (Path(os.path.realpath(root)) for root in roots) if real.is_dir()]


def _resolve(path: str, allowed: Sequence[Path]) -> Path:
    if not path:
        raise Invalid("path is required", "path")
    if "\0" in path or ".." in path.replace("\\", "/").split("/"):
        raise Forbidden(_OUTSIDE)
    if not path.startswith("/"):
        raise Invalid("path must be absolute", "path")
    folder = Path(os.path.realpath(path))
    if not _inside(folder, allowed):
        raise Forbidden(_OUTSIDE)
    if not os.path.isdir(folder):  # Path.is_dir fails on a name that is too long
        raise NotFound("folder not found")
    return folder


def _inside(folder: Path, allowed: Sequence[Path]) -> bool:
    return any(root == folder or root in folder.parents for root in allowed)


def _names(folder: Path, allowed: Sequence[Path]) -> list[str]:
    try:
        with os.scandir(folder) as found:
            names = [entry.name for entry in found if _shown(entry, allowed)]
    except PermissionError as error:
        raise Forbidden("the account Stillwater runs as may not read this folder") from error
    except OSError as error:
        raise Unavailable("this folder cannot be read at the moment") from error
    return sorted(names, key=lambda name: (name.casefold(), name))


def _shown(entry: os.DirEntry[str], allowed: Sequence[Path]) -> bool:
    if entry.name.startswith(".") or not _is_utf8(entry.name) or not _is_folder(entry):
        return False
    return not entry.is_symlink() or _inside(Path(os.path.realpath(entry.path)), allowed)


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
