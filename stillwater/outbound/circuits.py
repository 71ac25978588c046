"""Circuits shared by all processes: a server that does not answer is left alone, then tried again little by little."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from json import dumps
from math import isfinite
from pathlib import Path
from typing import Literal, Protocol

from stillwater.files import change_under_lock
from stillwater.json_text import read_json
from stillwater.outbound.shared_text import look_at, shared_file

Outcome = Literal["answered", "failed", "unclear"]
"""Unclear: nothing was learned about the server, say because we gave up early."""

FAILURES_TO_OPEN = 5
FIRST_REST = 30.0
LONGEST_REST = 600.0
WIDE_ENOUGH = 8
"""Requests at a time; a circuit that has carried so many is closed again."""
LONGEST_TRY = 60.0
"""Seconds after which a try that never reported (a killed worker) no longer counts."""
ASK_AGAIN = 1.0
_CLOCK_SET_BACK = 1.0


@dataclass(frozen=True, slots=True)
class Circuit:
    """`width` 0: closed, everybody may ask. Otherwise open until `open_until`, and from then on `width` at a time."""

    failures: int = 0
    width: int = 0
    open_until: float = 0.0
    rests: int = 0
    tries: tuple[float, ...] = ()
    seen: float = 0.0

    def rest(self, now: float) -> float:
        """Seconds for which nobody may ask."""
        return max(0.0, self.open_until - now) if self.width else 0.0

    def refusal(self, now: float) -> float:
        """Seconds until it is worth asking again; 0 for now."""
        if not self.width or self.rest(now):
            return self.rest(now)
        return 0.0 if len(self._trying(now)) < self.width else ASK_AGAIN

    def admitted(self, now: float) -> "Circuit":
        return replace(self, tries=(*self._trying(now), now)) if self.width else self

    def reported(self, outcome: Outcome, now: float) -> "Circuit":
        if self.rest(now):
            return self  # it left before the circuit opened
        after = replace(self, tries=self._trying(now)[1:])
        if outcome == "unclear":
            return after
        return after._answered() if outcome == "answered" else after._failed(now)

    def _answered(self) -> "Circuit":
        """Twice as many at a time; in the end everybody, and the next rest is a short one again."""
        if self.width * 2 > WIDE_ENOUGH or not self.width:
            return Circuit()
        return replace(self, failures=0, width=self.width * 2)

    def _failed(self, now: float) -> "Circuit":
        if not self.width and self.failures + 1 < FAILURES_TO_OPEN:
            return replace(self, failures=self.failures + 1)
        rest = min(FIRST_REST * 2 ** min(self.rests, 8), LONGEST_REST)
        return Circuit(width=1, open_until=now + rest, rests=self.rests + 1)

    def _trying(self, now: float) -> tuple[float, ...]:
        return tuple(began for began in self.tries if now - began < LONGEST_TRY)


class CircuitStore(Protocol):
    """What a Redis store would have to do as well. All times are in seconds."""

    def admit(self, name: str) -> float:
        """0: ask now and report; otherwise the seconds until it is worth trying."""

    def report(self, name: str, outcome: Outcome) -> None:
        """How an admitted request went."""

    def close(self, name: str) -> None:
        """It answered somebody who asked all the same: everybody may ask."""

    def look(self, name: str) -> Circuit:
        """How the circuit stands, without changing anything."""


class FileCircuits:
    """One small locked file for each circuit, for all processes of one machine."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self.clock = clock

    def admit(self, name: str) -> float:
        def asked(text: str) -> tuple[str, float]:
            now = self.clock()
            circuit = _read(text, now)
            wait = circuit.refusal(now)
            return _written(circuit if wait else circuit.admitted(now), now), wait

        return change_under_lock(self._file(name), asked)

    def report(self, name: str, outcome: Outcome) -> None:
        def told(text: str) -> tuple[str, None]:
            now = self.clock()
            return _written(_read(text, now).reported(outcome, now), now), None

        change_under_lock(self._file(name), told)

    def close(self, name: str) -> None:
        change_under_lock(self._file(name), lambda text: (_written(Circuit(), self.clock()), None))

    def look(self, name: str) -> Circuit:
        return _read(look_at(self._file(name)), self.clock())

    def _file(self, name: str) -> Path:
        return shared_file(self.folder, name, "circuit")


def _written(circuit: Circuit, now: float) -> str:
    return dumps(asdict(replace(circuit, seen=now)))


def _read(text: str, now: float) -> Circuit:
    """The circuit in this text; a closed one for none and for a torn one. A clock set back takes its moments along."""
    try:
        known = read_json(text)
        circuit = Circuit(**{**known, "tries": tuple(map(float, known["tries"]))})
        sound = all(map(isfinite, (*circuit.tries, circuit.failures, circuit.width, circuit.open_until, circuit.seen)))
    except (ValueError, TypeError, KeyError):
        return Circuit()
    if not sound:
        return Circuit()
    back = circuit.seen - now
    if back > _CLOCK_SET_BACK:
        tries = tuple(began - back for began in circuit.tries)
        return replace(circuit, open_until=circuit.open_until - back, tries=tries, seen=now)
    return circuit
