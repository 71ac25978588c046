"""What the watcher saw, kept until things calm down and then told: folders that came and went, files that others wrote.

Names and what they carry: behaviour.md 9.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Lock

from artists.folders.storable import storable
from stillwater.events import Payload

CREATED, REMOVED, WRITTEN = "fs.dir.created", "fs.dir.removed", "fs.unexpected.write"
MOST = 20
"""Of one kind in one library at one time; a flood is told as one event that counts."""

Saw = Callable[[str, str], None]
"""Called with one of the three names, and what it is about as a path below the library's root."""


def saw_nothing(_event: str, _name: str) -> None:
    """For a listener whom nobody asked to tell."""


@dataclass(slots=True)
class Happenings:
    """By library, each thing once. The kernel's notices come in on another thread."""

    _seen: dict[int, dict[tuple[str, str], None]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def note(self, library_id: int, event: str, name: str) -> None:
        with self._lock:
            self._seen.setdefault(library_id, {})[event, name] = None

    def take(self, library_id: int, root: str) -> list[tuple[str, Payload]]:
        """What was seen in the library, to be told now; `root` is its path as it is stored."""
        with self._lock:
            seen = self._seen.pop(library_id, {})
        return [told for event in (CREATED, REMOVED, WRITTEN) for told in _told(event, root, _names(event, seen))]


def _names(event: str, seen: dict[tuple[str, str], None]) -> list[str]:
    return [name for each, name in seen if each == event]


def _told(event: str, root: str, names: list[str]) -> Iterator[tuple[str, Payload]]:
    if len(names) > MOST:
        yield event, {"library_root": root, "count": len(names), "message": f"{len(names)} in {root}"}
        return
    for name in map(storable, names):
        path = f"{root}/{name}"
        yield event, {"path": path, "name": os.path.basename(name), "library_root": root, "message": path}
