"""Sends requests to other servers under a policy; everything that leaves Stillwater leaves here."""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from itertools import count
from math import inf
from typing import Any, Self
from urllib.parse import urljoin

from django.conf import settings

from stillwater.outbound.answer import Answer, OutboundError
from stillwater.outbound.buckets import BucketStore
from stillwater.outbound.call import Body, Call, Judge, Parameters
from stillwater.outbound.circuits import CircuitStore
from stillwater.outbound.exchange import exchange, prepared
from stillwater.outbound.manners import Manners, shared_buckets, shared_circuits
from stillwater.outbound.origins import origin, parsed
from stillwater.outbound.pinning import Deadline, Guard, GuardedAdapter, current_deadline, leaving
from stillwater.outbound.policy import Budget, Policy, Surroundings
from stillwater.outbound.redaction import RedactingFilter, redact
from stillwater.outbound.retrying import pause, retry_after

logger = logging.getLogger(__name__)
logging.getLogger("urllib3.connectionpool").addFilter(RedactingFilter())  # it logs whole URLs when asked for detail

_READS = frozenset({"GET", "HEAD"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS_FOR_STRANGERS = frozenset({"accept", "accept-language"})
_REAL_SURROUNDINGS = Surroundings()


class Outbound:
    """A client with one policy; it keeps connections open, may be shared by threads, and works with `with`."""

    def __init__(
        self,
        policy: Policy,
        *,
        buckets: BucketStore | None = None,
        circuits: CircuitStore | None = None,
        surroundings: Surroundings = _REAL_SURROUNDINGS,
    ) -> None:
        self.policy = policy
        self.surroundings = surroundings
        self._buckets = buckets
        self._circuits = circuits
        self._adapter = GuardedAdapter(Guard(policy, surroundings))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._adapter.close()

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Parameters | None = None,
        json: Any = None,
        data: Body = None,
        read: bool | None = None,
        accept: Collection[int] = (),
        judge: Judge | None = None,
        budget: Budget | None = None,
    ) -> Answer:
        """Sends one request, again where that is safe and useful, and returns the whole answer.

        Only reads are repeated: GET, HEAD, and a POST whose caller says `read=True` (a GraphQL query).
        `budget` bounds all of it: waiting for a turn, attempts, pauses. Raises `OutboundError`; a status from 400
        on is kind "status" unless it is in `accept`; what `judge` condemns is "throttled" or "bad_content".
        """
        method = method.upper()
        is_read = method in _READS if read is None else read
        call = Call(method, url, headers or {}, params, json, data, is_read, accept, judge)
        parsed(url)
        budget = budget or Budget(inf)
        for attempt in count(1):
            try:
                return self._attempt(call, budget)
            except OutboundError as error:
                wait = pause(error, attempt, self.policy, self.surroundings) if call.read else None
                if wait is None or wait >= budget.left():
                    raise
            self.surroundings.sleep(wait)
        raise AssertionError("unreachable: the number of attempts is bounded")

    @property
    def manners(self) -> Manners:
        data = settings.STILLWATER_DATA
        return Manners(
            self.policy,
            self._buckets or shared_buckets(data),
            self._circuits or shared_circuits(data),
            self.surroundings,
        )

    def _attempt(self, call: Call, budget: Budget) -> Answer:
        """Waits for its turn, asks once, and tells all processes how it went."""
        manners = self.manners
        ticket = manners.queue(budget)
        manners.admit()
        try:
            answer = self._sent(call, budget, lambda: manners.leave(ticket, budget))
        except OutboundError as error:
            manners.report(error, budget)
            raise
        manners.report(None, budget)
        return answer

    def _sent(self, call: Call, budget: Budget, leave: Callable[[], None]) -> Answer:
        clock, seconds = self.surroundings.clock, min(self.policy.deadline, budget.left())
        deadline = current_deadline.set(Deadline(clock() + seconds, self.policy.read_timeout, clock))
        turn = leaving.set(leave)
        try:
            return self._checked(call, self._follow(call))
        finally:
            leaving.reset(turn)
            current_deadline.reset(deadline)

    def _follow(self, call: Call) -> Answer:
        """The answer after at most the policy's number of redirects; each target is vetted like the first."""
        for _ in range(self.policy.redirects + 1):
            answer = exchange(self._adapter, prepared(call), self.policy)
            logger.debug("%s %s: %s", call.method, redact(call.url), answer.status)
            if answer.status not in _REDIRECTS or answer.status in call.accept:
                return answer
            call = _redirected(call, answer)
        raise OutboundError("redirect", f"{parsed(call.url).host} sends us on to another address; check the address")

    def _checked(self, call: Call, answer: Answer) -> Answer:
        host = parsed(answer.url).host
        seconds = retry_after(answer.headers.get("Retry-After", ""), self.surroundings.calendar())
        if answer.status >= 400 and answer.status not in call.accept:
            message = f"{host} answered with status {answer.status}"
            raise OutboundError("status", message, answer=answer, retry_after=seconds)
        verdict = call.judge(answer) if call.judge else None
        if verdict == "throttled":
            raise OutboundError("throttled", f"{host} asks us to slow down", retry_after=seconds)
        if verdict == "broken":
            raise OutboundError("bad_content", f"{host} did not answer as expected")
        return answer


def request(
    method: str,
    url: str,
    *,
    policy: Policy,
    headers: Mapping[str, str] | None = None,
    params: Parameters | None = None,
    json: Any = None,
    data: Body = None,
    read: bool | None = None,
    accept: Collection[int] = (),
) -> Answer:
    """One request by a client of its own; see `Outbound.request`."""
    with Outbound(policy) as client:
        return client.request(
            method, url, headers=headers, params=params, json=json, data=data, read=read, accept=accept
        )


def _redirected(call: Call, answer: Answer) -> Call:
    """The next hop: only for reads without a body, and another origin gets no header that could be a secret."""
    if call.method not in _READS:
        raise OutboundError("redirect", f"{parsed(call.url).host} redirects a {call.method}; check the address")
    target = _target(answer)
    headers = call.headers
    if origin(target) != origin(answer.url):
        headers = {name: value for name, value in headers.items() if name.lower() in _HEADERS_FOR_STRANGERS}
    return replace(call, url=target, headers=headers, params=None, json=None, data=None)


def _target(answer: Answer) -> str:
    try:
        return urljoin(answer.url, answer.headers.get("Location", ""))
    except ValueError:
        raise OutboundError("redirect", "the server redirects to something that is no URL") from None
