"""What has changed and waits for things to calm down; the clock is handed in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock

QUIET_SECONDS = 1.0
LONGEST_SECONDS = 30.0
MOST_FOLDERS = 25
"""More changed folders than this are a matter for a scan of the whole library."""


@dataclass(slots=True)
class Unrest:
    """The changes of one library. `folders` None: its root itself changed."""

    first: float
    last: float
    folders: set[str] | None = field(default_factory=set)


@dataclass(slots=True)
class Pending:
    """Collects changes by library until nothing has come for a second, or for half a minute at most.

    The kernel's notices come in on another thread.
    """

    clock: Callable[[], float]
    _waiting: dict[int, Unrest] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def note(self, library_id: int, folder: str | None) -> None:
        """A folder by name, or None: folders came or went."""
        now = self.clock()
        with self._lock:
            unrest = self._waiting.setdefault(library_id, Unrest(now, now))
            unrest.last = now
            if folder is None or unrest.folders is None or len(unrest.folders) >= MOST_FOLDERS:
                unrest.folders = None
            else:
                unrest.folders.add(folder)

    def due(self) -> dict[int, set[str] | None]:
        """Take out what has calmed down."""
        now = self.clock()
        with self._lock:
            calm = [
                library_id
                for library_id, unrest in self._waiting.items()
                if now - unrest.last >= QUIET_SECONDS or now - unrest.first >= LONGEST_SECONDS
            ]
            return {library_id: self._waiting.pop(library_id).folders for library_id in calm}

    def forget_all_but(self, library_ids: Iterable[int]) -> None:
        kept = set(library_ids)
        with self._lock:
            for library_id in self._waiting.keys() - kept:
                del self._waiting[library_id]
