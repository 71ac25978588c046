"""The feed that a browser keeps open: server-sent events with ids, replay, heartbeat and caps.

A stream holds one thread of the web server, so there are at most `MOST` of them, and `PER_USER` for one person.
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import close_old_connections
from django.utils import timezone

from stillwater import events
from stillwater.errors import Unavailable
from stillwater.models import Event

MOST = 24
PER_USER = 8
POLL_SECONDS = 1.0
HEARTBEAT_SECONDS = 1.0
"""A page that was left is noticed by the second write after it: its place must be free again for the next pages."""
DIGEST_ABOVE = 20


@dataclass
class Places:
    """Who holds how many streams open in this process."""

    held: Counter[int] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, user_id: int) -> None:
        """Raises Unavailable when all places are taken."""
        with self.lock:
            if self.held[user_id] >= PER_USER or self.held.total() >= MOST:
                raise Unavailable("too many event streams are open")
            self.held[user_id] += 1

    def leave(self, user_id: int) -> None:
        with self.lock:
            self.held[user_id] -= 1
            if self.held[user_id] <= 0:
                del self.held[user_id]


places = Places()


class EventStream:
    """The body of one stream. The caller has taken a place; `close` gives it back, begun or not."""

    def __init__(self, user_id: int, last_id: int | None, *, wait: Callable[[float], None] = time.sleep) -> None:
        self._user_id = user_id
        self._lines = _lines(last_id, wait)
        self._open = True

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return next(self._lines)

    def close(self) -> None:
        if self._open:
            self._open = False
            self._lines.close()
            places.leave(self._user_id)


def _lines(last_id: int | None, wait: Callable[[float], None]) -> Generator[str, None, None]:
    """`last_id` is the browser's Last-Event-ID: what came after it is replayed. None: from now on.

    An id that we have not reached yet is of a database that was replaced: from now on, too.
    """
    newest = events.newest_id()
    position = newest if last_id is None else min(last_id, newest)
    yield _message("connected", _body("connected", "Connected", timezone.now(), {}), position)
    silent = 0.0
    while True:
        rows = events.after(position)
        close_old_connections()
        if rows:
            position = rows[-1].pk
            yield from _messages(rows)
            silent = 0.0
        elif silent >= HEARTBEAT_SECONDS:
            yield ": heartbeat\n\n"
            silent = 0.0
        else:
            wait(POLL_SECONDS)
            silent += POLL_SECONDS


def _messages(rows: list[Event]) -> Iterator[str]:
    """One message per event; a flood of one name becomes a single message that counts."""
    for name, group in groupby(rows, key=lambda row: row.name):
        same = list(group)
        if len(same) <= DIGEST_ABOVE:
            for row in same:
                yield _message(name, _envelope(row, row.payload), row.pk)
        else:
            yield _message(name, _envelope(same[-1], {"count": len(same)}), same[-1].pk)


def _envelope(row: Event, data: dict[str, Any]) -> dict[str, Any]:
    return _body(row.name, events.TITLES[row.name], row.created_at, data)


def _body(name: str, title: str, moment: datetime, data: dict[str, Any]) -> dict[str, Any]:
    """The contract's envelope."""
    message = str(data.get("message", ""))
    return {"type": name, "title": title, "message": message, "timestamp": moment.isoformat(), "data": data}


def _message(name: str, body: dict[str, Any], event_id: int) -> str:
    return f"id: {event_id}\nevent: {name}\ndata: {json.dumps(body, ensure_ascii=False)}\n\n"
