"""Keeps every write inside its root: links resolved, compared by path parts, then walked without following any."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from stillwater.files.errors import FileRefused

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True)
class Place:
    """A name in an opened folder. `folder` is a file descriptor, so a swapped link cannot lead elsewhere."""

    path: Path
    folder: int

    @property
    def name(self) -> str:
        return self.path.name


def contained(path: Path, root: Path) -> Path:
    """The path with the links of its parent resolved; the last part stays as it is, even if it is a link.

    Raises `FileRefused` when that is not strictly below the resolved root. /music never admits /music-evil.
    """
    if not path.is_absolute() or "\0" in str(path) or ".." in path.parts or path.name == "":
        raise FileRefused(path, "a path must be absolute and plain")
    real_root = Path(os.path.realpath(root, strict=True))
    real = Path(os.path.realpath(path.parent, strict=True)) / path.name
    if real_root not in real.parents:
        raise FileRefused(path, "this path is outside its folder")
    return real


@contextmanager
def opened(path: Path, root: Path) -> Iterator[Place]:
    """The folder that holds `path`, open for the length of the block.

    Every step below the root is opened without following links: a folder that is replaced by a link
    after the check is refused by the system (ELOOP or ENOTDIR).
    """
    real = contained(path, root)
    real_root = Path(os.path.realpath(root, strict=True))
    folder = os.open(real_root, _FOLDER)
    try:
        for part in real.parent.relative_to(real_root).parts:
            deeper = os.open(part, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = deeper
        yield Place(real, folder)
    finally:
        with suppress(OSError):  # nothing was written through it, so there is nothing to learn
            os.close(folder)
