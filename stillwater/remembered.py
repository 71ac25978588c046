"""Keeps what a costly read answered until anybody writes to the database: a wrong number is worse than a slow one.

SQLite tells a connection whether others have committed since it last asked (`PRAGMA data_version`, microseconds), so
one that never writes learns of every thread and process. Where nobody tells (another database, a transaction with
writes of its own) nothing is kept.
"""

import os
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import ParamSpec, TypeVar, cast

from django.db import connection

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

MOST = 200


class Memory:
    """Answers that hold for one state of one SQLite file. Threads may share it, processes may not."""

    def __init__(self, path: str) -> None:
        """Raises OSError or sqlite3.Error where the file cannot be opened."""
        self._identity = _identity(path)
        self._watch = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=1)
        self._lock = Lock()
        self._state = -1
        self._kept: OrderedDict[Hashable, object] = OrderedDict()

    def answer(self, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        """The kept answer, or a new one. It is filed under the state before it was asked, so it can only be newer."""
        with self._lock:
            state = self._present_state()
            if question in self._kept:
                return cast("Answer", self._kept[question])
        found = ask()
        with self._lock:
            if self._state == state:
                self._kept[question] = found
                if len(self._kept) > MOST:
                    self._kept.popitem(last=False)
        return found

    def is_of(self, path: str) -> bool:
        """False for another process, and where another file stands in the place of ours, as after a restore."""
        return self._identity == _identity(path)

    def _present_state(self) -> int:
        state: int = self._watch.execute("PRAGMA data_version").fetchone()[0]
        if state != self._state:
            self._kept.clear()
            self._state = state
        return state


_memories: dict[str, Memory] = {}


def remember(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """What `ask` answers, which reads from the database and nowhere else. It is shared: nobody may change it."""
    memory = _memory()
    return ask() if memory is None else memory.answer(question, ask)


def until_written(read: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """The same for a function whose arguments can be hashed."""
    name = f"{read.__module__}.{read.__qualname__}"

    @wraps(read)
    def kept(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        return remember((name, args, tuple(sorted(kwargs.items()))), lambda: read(*args, **kwargs))

    return kept


def _memory() -> Memory | None:
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return None
    path = str(connection.settings_dict["NAME"])
    try:
        if path not in _memories or not _memories[path].is_of(path):
            _memories[path] = Memory(path)
    except (OSError, sqlite3.Error):
        return None
    return _memories[path]


def _identity(path: str) -> tuple[int, int, int]:
    found = os.stat(path)
    return os.getpid(), found.st_dev, found.st_ino
