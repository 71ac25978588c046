"""What the standing of all servers comes to: may we write, what does the banner say, and what is there to press. Pure.

The words are for a person, so every one names the server, what it does, and the way out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from connections.conflicts.standing import Axis, Entry, RoundTrip, Shelf
from stillwater.errors import as_sentence

State = Literal["clean", "foreign_files", "nfo_only", "image_only", "both", "round_trip"]
"""As the contract names them, the gravest last."""
Level = Literal["none", "warning", "blocked", "unknown"]
WORDS: dict[Axis, str] = {"nfo": "NFO files", "image": "pictures"}
AXES: tuple[Axis, ...] = ("nfo", "image")


@dataclass(frozen=True, slots=True)
class Offence:
    """What a server does to our files. `axes`: what we do not write because of it; `unknown`: perhaps it does not.

    `libraries`: its own, by name and place. `unmapped`: nobody knows which folder of ours they are.
    """

    entry: Entry
    axes: tuple[Axis, ...]
    unknown: bool
    libraries: tuple[str, ...] = ()
    unmapped: bool = False

    @property
    def words(self) -> str:
        """Jellyfin writes NFO files and pictures into Music (/media/music)."""
        what = " and ".join(WORDS[axis] for axis in self.axes)
        if self.unknown:
            why = self.entry.problem or "it has not been looked at for a while"
            return f"nobody knows whether {self.entry.name} writes {what} too: {why}"
        drifted = " again, although Stillwater manages it," if self.entry.managed else ""
        where = f" into {', '.join(self.libraries)}" if self.libraries else ""
        unsure = ", which may be our folders" if self.unmapped else ""
        return f"{self.entry.name}{drifted} writes {what}{where}{unsure}"

    @property
    def sentence(self) -> str:
        return as_sentence(self.words)

    @property
    def remedy(self) -> str:
        if self.unknown:
            return f"check again once {self.entry.name} answers, or switch its connection off"
        if self.entry.managed:
            return f"check again, or switch its savers off in {self.entry.label} itself"
        mapping = ", or say which folders its libraries are" if self.unmapped else ""
        return f"let Stillwater manage the files of {self.entry.name}{mapping}, or switch its connection off"


@dataclass(frozen=True, slots=True)
class Standing:
    """One server in a list of all of them."""

    entry: Entry
    offence: Offence | None

    @property
    def level(self) -> str:
        if self.offence is not None:
            return "warning" if self.offence.unknown else "error"
        return "good" if self.entry.enabled else "off"

    @property
    def words(self) -> str:
        if self.offence is not None:
            return "unknown" if self.offence.unknown else "writes our files"
        if not self.entry.enabled:
            return "switched off"
        return "managed by Stillwater" if self.entry.managed else "leaves our files alone"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is not written. `kind` names it in the contract's error; `lines` has one for every reason."""

    kind: Axis | Literal["round_trip"]
    lines: tuple[str, ...]

    @property
    def reason(self) -> str:
        return self.lines[0]


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The ledger as it is now."""

    entries: tuple[Entry, ...]
    round_trips: tuple[RoundTrip, ...]
    foreign_files: int
    generated_at: datetime
    now: datetime
    fingerprint: str = ""
    dismissed: bool = False

    def gated(self, axis: Axis) -> bool:
        return bool(self.round_trips) or any(entry.conflicts(axis, self.now) for entry in self.entries)

    @property
    def state(self) -> State:
        nfo, image = self.gated("nfo"), self.gated("image")
        if self.round_trips:
            return "round_trip"
        if nfo and image:
            return "both"
        if nfo or image:
            return "nfo_only" if nfo else "image_only"
        return "foreign_files" if self.foreign_files else "clean"

    @property
    def level(self) -> Level:
        if self.state == "clean":
            return "none"
        if self.state == "foreign_files":
            return "warning"
        is_known = self.round_trips or any(not offence.unknown for offence in self.offences)
        return "blocked" if is_known else "unknown"

    @property
    def offences(self) -> tuple[Offence, ...]:
        return tuple(found for entry in self.entries if (found := offence_of(entry, self.now)) is not None)

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Every server, also the peaceful ones."""
        return tuple(Standing(entry, offence_of(entry, self.now)) for entry in self.entries)

    def refusal(self, axis: Axis, path: str) -> Refusal | None:
        """Why the files of this kind in a folder of ours must not be written now; None where they may."""
        trips = [trip for trip in self.round_trips if trip.holds(path)]
        offences = (each for entry in self.entries for each in self._offences_in(entry, axis, path))
        lines = (*map(trip_words, trips), *map(_with_way_out, offences))
        return Refusal("round_trip" if trips else axis, lines) if lines else None

    def refusal_of(self, connection_id: int, axis: Axis, path: str) -> Refusal | None:
        """The same because of this one server: it would write what it is handed into that folder."""
        mine = (entry for entry in self.entries if entry.connection_id == connection_id)
        lines = tuple(_with_way_out(each) for entry in mine for each in self._offences_in(entry, axis, path))
        return Refusal(axis, lines) if lines else None

    def _offences_in(self, entry: Entry, axis: Axis, path: str) -> list[Offence]:
        """The one of this server in a folder of ours, or none."""
        offence = offence_of(entry, self.now)
        is_here = any(shelf.holds(path) for shelf in entry.conflicts(axis, self.now))
        return [offence] if offence is not None and is_here else []


def _with_way_out(offence: Offence) -> str:
    return f"{offence.words}: {offence.remedy}"


def offence_of(entry: Entry, now: datetime) -> Offence | None:
    """All that one server does to our files; None where it does nothing to them."""
    axes = tuple(axis for axis in AXES if entry.conflicts(axis, now))
    if not axes:
        return None
    shelves = _each_once(shelf for axis in axes for shelf in entry.conflicts(axis, now) if shelf.name)
    names = tuple(f"{shelf.name} ({shelf.place})" if shelf.place else shelf.name for shelf in shelves)
    return Offence(entry, axes, bool(entry.unknown(now)), names, any(shelf.anywhere for shelf in shelves))


def trip_words(trip: RoundTrip) -> str:
    return (
        f"{trip.one} and {trip.other} both use {trip.said}, so that one of them writes what the other reads and writes"
        f" back: let Stillwater manage the files of {trip.one} or of {trip.other}"
    )


def _each_once(shelves: Iterable[Shelf]) -> Sequence[Shelf]:
    return list(dict.fromkeys(shelves))
