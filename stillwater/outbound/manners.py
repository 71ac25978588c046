"""How a client behaves towards one server: it waits for its turn, leaves a silent server alone, tells how it went."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from stillwater.outbound.answer import OutboundError
from stillwater.outbound.buckets import BucketStore, FileBuckets, Ticket
from stillwater.outbound.circuits import CircuitStore, FileCircuits, Outcome
from stillwater.outbound.policy import Budget, Policy, Rate, Surroundings
from stillwater.outbound.retrying import THROTTLE_STATUS

HEAD_START = 0.2
"""Seconds before its moment at which a request begins to connect, so that it leaves in time."""
LONGEST_ON_LINE = 10.0

_SILENT_KINDS = frozenset({"timeout", "connection", "bad_content", "redirect"})


@cache
def shared_buckets(data: Path) -> BucketStore:
    """The buckets of this machine, in the data folder."""
    return FileBuckets(data / "rate")


@cache
def shared_circuits(data: Path) -> CircuitStore:
    return FileCircuits(data / "rate")


@dataclass(frozen=True, slots=True)
class Manners:
    """The rate and the circuit of one policy, with what all processes know of them."""

    policy: Policy
    buckets: BucketStore
    circuits: CircuitStore
    surroundings: Surroundings

    def queue(self, budget: Budget) -> Ticket | None:
        """Waits until it is nearly our turn. Raises kind "waiting" or "unavailable" when it is not worth it."""
        self._refuse_silent()
        if not budget.left():
            raise OutboundError("timeout", "there was no time left to ask")
        rate = self.policy.rate
        if rate is None:
            return None
        patience = min(rate.patience, budget.left())
        ticket = self.buckets.enter(rate, patience)
        if ticket.wait > patience:
            raise _too_many(rate, ticket.wait)
        waited = 0.0
        while (wait := self.buckets.wait(rate, ticket) - HEAD_START) > 0:
            if waited + wait > patience:
                raise _too_many(rate, wait)
            self.surroundings.sleep(wait)
            waited += wait
        return ticket

    def admit(self) -> None:
        """Right before an attempt, which has to be reported."""
        if self._heeds_silence and (wait := self.circuits.admit(self.policy.circuit)):
            raise _silent(self.policy, wait)

    def leave(self, ticket: Ticket | None, budget: Budget) -> None:
        """The last short wait, on an open connection; a pause that came up meanwhile ends it."""
        rate = self.policy.rate
        while rate is not None and ticket is not None and (wait := self.buckets.leave(rate, ticket)) > 0:
            if wait > min(LONGEST_ON_LINE, budget.left()):
                raise _too_many(rate, wait)
            self.surroundings.sleep(wait)

    def report(self, error: OutboundError | None, budget: Budget) -> None:
        """What an attempt taught us of the server."""
        rate = self.policy.rate
        if rate is not None and error is None:
            self.buckets.succeeded(rate)
        elif rate is not None and error is not None and is_throttle(error):
            self.buckets.throttled(rate, error.retry_after)
        elif rate is not None and error is not None and error.retry_after and error.kind == "status":
            self.buckets.hold(rate, error.retry_after)
        if self.policy.circuit:
            self._tell_circuit(outcome(error, hurried=not budget.left()))

    @property
    def _heeds_silence(self) -> bool:
        return bool(self.policy.circuit) and not self.policy.insists

    def _tell_circuit(self, how: Outcome) -> None:
        """Who was not admitted does not count as a try, but an answer is an answer."""
        if not self.policy.insists:
            self.circuits.report(self.policy.circuit, how)
        elif how == "answered":
            self.circuits.close(self.policy.circuit)

    def _refuse_silent(self) -> None:
        """A circuit that is open is told at once, before anybody waits in a line."""
        if self._heeds_silence:
            wait = self.circuits.look(self.policy.circuit).rest(self.surroundings.calendar())
            if wait:
                raise _silent(self.policy, wait)


def is_throttle(error: OutboundError) -> bool:
    return error.kind == "throttled" or error.upstream_status in THROTTLE_STATUS


def outcome(error: OutboundError | None, *, hurried: bool) -> Outcome:
    """`hurried`: our own time ran out, so a server that had not answered yet may be well."""
    if error is None:
        return "answered"
    if error.kind == "status":
        if error.upstream_status == 429:
            return "unclear"
        return "failed" if error.upstream_status >= 500 else "answered"
    if error.kind == "timeout" and hurried:
        return "unclear"
    return "failed" if error.kind in _SILENT_KINDS else "unclear"


def _too_many(rate: Rate, wait: float) -> OutboundError:
    return OutboundError("waiting", f"too many requests are waiting for {rate.name}", retry_after=wait)


def _silent(policy: Policy, wait: float) -> OutboundError:
    return OutboundError(
        "unavailable", f"{policy.circuit} has not been answering and is left alone for a while", retry_after=wait
    )
