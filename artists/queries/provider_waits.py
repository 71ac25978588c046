"""How long a request to each provider would have to wait now: for its turn, or because the provider is silent."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.utils.timezone import localtime

from artists.queries.providers import ProviderState, provider_states
from stillwater.outbound import Rate, shared_buckets, shared_circuits

WORTH_TELLING = 2.0
"""Seconds; at one request a second somebody is nearly always next."""


@dataclass(frozen=True, slots=True)
class ProviderWait:
    """`turn_in`: seconds until the next free moment. `silent_until`: nobody asks it before; None: it answers.

    `share` of `per_second` is what it lets us have just now; below 1 after it asked us to slow down.
    """

    name: str
    label: str
    per_second: float
    turn_in: float
    silent_until: datetime | None
    share: float

    @property
    def pace(self) -> str:
        rate = round(self.per_second * self.share, 2)
        return f"{rate:g} request{'' if rate == 1 else 's'} per second"

    @property
    def words(self) -> str:
        """One line, blank where there is nothing to tell."""
        if self.silent_until is not None:
            return f"It has not been answering and is left alone until {localtime(self.silent_until):%H:%M:%S}."
        told = [f"The next free moment is in {self.turn_in:.0f} s."] if self.turn_in >= WORTH_TELLING else []
        if self.share < 1:
            told.append(f"It asked us to slow down: {self.pace} for now.")
        return " ".join(told)


def provider_waits(clock: Callable[[], float] = time.time) -> dict[str, ProviderWait]:
    """Of all providers that describe artists, by name. One query and two small files each."""
    return {state.name: wait_of(state, clock) for state in provider_states()}


def waiting_for(clock: Callable[[], float] = time.time) -> str:
    """What a running job that asks providers is waiting for, for its page; blank when nobody holds it up."""
    waits = sorted(provider_waits(clock).values(), key=lambda wait: -wait.turn_in)
    held_up = [f"{wait.label}, {wait.pace}" for wait in waits if wait.turn_in >= WORTH_TELLING]
    return f"waiting for {' and '.join(held_up)}" if held_up else ""


def wait_of(state: ProviderState, clock: Callable[[], float] = time.time) -> ProviderWait:
    """Of one; it changes nothing and takes no place in the line."""
    now, rate = clock(), Rate(state.name, state.rate_limit)
    line = shared_buckets(settings.STILLWATER_DATA).look(state.name)
    circuit = shared_circuits(settings.STILLWATER_DATA).look(state.name)
    silent = datetime.fromtimestamp(circuit.open_until, UTC) if circuit.rest(now) else None
    turn_in = max(0.0, line.entered(rate, now).moment(rate, line.issued) - now)
    return ProviderWait(state.name, state.display_name, state.rate_limit, turn_in, silent, line.share)
