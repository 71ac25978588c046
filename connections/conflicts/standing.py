"""How one server stands to our files: where its libraries lie and what it writes there. Pure: no database, no network.

A server that could not be asked counts as one that writes (files-and-platforms 4.2): nobody knows that it does not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from connections.folders import overlap

Axis = Literal["nfo", "image"]

STALE = timedelta(hours=1)
"""What was seen longer ago than this is not known any more: nobody has looked since."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A music library of a server. `ours`: the folders of ours that it holds or lies in; `anywhere`: it may be any.

    `locations` are folders as the server sees them.
    """

    name: str
    locations: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    anywhere: bool = False
    nfo: bool = False
    image: bool = False

    def holds(self, path: str) -> bool:
        return self.anywhere or any(overlap(folder, path) for folder in self.ours)

    @property
    def is_ours(self) -> bool:
        return self.anywhere or bool(self.ours)

    @property
    def place(self) -> str:
        """Its folders, as a person who runs the server knows them."""
        return ", ".join(self.locations)


EVERYWHERE = Shelf("", anywhere=True)
"""What a server has that was never seen."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One connection. `problem`: why it is not known what it does; `managed`: Stillwater looks after its switches.

    `reads`: it reads what we write, and so may hand on what another server wrote. `concerned`: we have folders at all.
    """

    connection_id: int
    name: str
    type: str
    label: str
    enabled: bool = True
    managed: bool = False
    reads: bool = True
    concerned: bool = True
    problem: str = ""
    looked_at: datetime | None = None
    shelves: tuple[Shelf, ...] = ()

    def is_known(self, now: datetime) -> bool:
        return not self.problem and self.looked_at is not None and now - self.looked_at <= STALE

    def where(self) -> tuple[Shelf, ...]:
        """The libraries that may be ours. One whose libraries were never seen may have any."""
        if self.looked_at is None or (self.problem and not self.shelves):
            return (EVERYWHERE,)
        return tuple(shelf for shelf in self.shelves if shelf.is_ours)

    def writes(self, axis: Axis) -> tuple[Shelf, ...]:
        """Where it was seen to write files that may be ours."""
        return tuple(shelf for shelf in self.shelves if shelf.is_ours and getattr(shelf, axis))

    def unknown(self, now: datetime) -> tuple[Shelf, ...]:
        """Where it may write although nobody knows. What is managed was switched off and read back."""
        return () if self.managed or self.is_known(now) else self.where()

    def conflicts(self, axis: Axis, now: datetime) -> tuple[Shelf, ...]:
        """Where one of us would write over the other."""
        if not (self.enabled and self.concerned):
            return ()
        return self.unknown(now) or self.writes(axis)

    def plain(self) -> dict[str, Any]:
        return {**asdict(self), "looked_at": self.looked_at.isoformat() if self.looked_at else None}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Entry":
        looked_at = plain["looked_at"]
        shelves = tuple(Shelf(**{**each, **_tuples(each, "locations", "ours")}) for each in plain["shelves"])
        return cls(**{
            **plain, "shelves": shelves, "looked_at": datetime.fromisoformat(looked_at) if looked_at else None,
        })  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """Two servers with the same folder: what one of them writes the other reads, and writes back (4.2).

    `path`: ours, blank where nobody knows which it is; `said` is how it is told.
    """

    one_id: int
    one: str
    other_id: int
    other: str
    path: str
    said: str

    def holds(self, path: str) -> bool:
        return not self.path or overlap(self.path, path)


def round_trips(entries: Sequence[Entry], now: datetime) -> tuple[RoundTrip, ...]:
    """Between servers that are on, read our files and are managed by nobody; one of the two has to write, or may."""
    able = [each for each in entries if each.enabled and each.concerned and each.reads and not each.managed]
    pairs = [(one, other) for place, one in enumerate(able) for other in able[place + 1 :]]
    return tuple(
        trip
        for one, other in pairs
        if _may_write(one, now) or _may_write(other, now)
        if (trip := _meeting(one, other)) is not None
    )


def _may_write(entry: Entry, now: datetime) -> bool:
    return bool(entry.conflicts("nfo", now) or entry.conflicts("image", now))


def _meeting(one: Entry, other: Entry) -> RoundTrip | None:
    """The first folder that both have. Where neither is known to be ours, what the servers call it decides."""
    for mine in one.where():
        for theirs in other.where():
            path = next((_deeper(a, b) for a in mine.ours for b in theirs.ours if overlap(a, b)), "")
            if path:
                return _trip(one, other, path, path)
            said = next((_deeper(a, b) for a in mine.locations for b in theirs.locations if overlap(a, b)), "")
            if said and (mine.anywhere or theirs.anywhere):
                return _trip(one, other, "", said)
    return None


def _trip(one: Entry, other: Entry, path: str, said: str) -> RoundTrip:
    return RoundTrip(one.connection_id, one.name, other.connection_id, other.name, path, said)


def _deeper(one: str, other: str) -> str:
    return max(one, other, key=len)


def _tuples(plain: Mapping[str, Any], *names: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(plain[name]) for name in names}
