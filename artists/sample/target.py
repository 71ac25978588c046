"""The folder a sample library is built in: fresh, or one that an earlier run has marked as its own."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

from stillwater.errors import Conflict

MARKER = ".stillwater-sample"
_OWNER = "stillwater sample library"


def prepare(target: Path, settings: dict[str, Any]) -> None:
    """Leaves an empty folder that carries the marker.

    Raises Conflict, and touches nothing, for a file or for a folder with content that is not marked.
    """
    if target.exists() and not target.is_dir():
        raise Conflict(f"{target} is not a folder")
    if target.is_dir() and any(target.iterdir()):
        if not is_ours(target):
            raise Conflict(f"{target} is not empty and is not a sample library")
        _clear(target)
    target.mkdir(parents=True, exist_ok=True)
    note = {"what": _OWNER, **settings}
    (target / MARKER).write_text(json.dumps(note, indent=2) + "\n", encoding="utf-8")


def is_ours(target: Path) -> bool:
    """Whether the folder carries our marker, as a plain file."""
    marker = target / MARKER
    if marker.is_symlink() or not marker.is_file():
        return False
    try:
        return bool(json.loads(marker.read_text(encoding="utf-8")).get("what") == _OWNER)
    except (ValueError, AttributeError):
        return False


def _clear(target: Path) -> None:
    """Empties the folder without following a link; the marker goes last, so that a broken run can be repeated."""
    with os.scandir(os.fsencode(target)) as entries:
        found = [entry for entry in entries if entry.name != os.fsencode(MARKER)]
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            os.chmod(entry.path, 0o700)  # an oddity may be closed even to its owner
            shutil.rmtree(entry.path)
        else:
            os.unlink(entry.path)
