"""Sends requests to other servers under a policy; everything that leaves Stillwater leaves here."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from itertools import count
from typing import Any, Self
from urllib.parse import urljoin

from django.conf import settings

from stillwater.outbound.answer import Answer, OutboundError
from stillwater.outbound.buckets import BucketStore, FileBuckets
from stillwater.outbound.call import Body, Call, Parameters
from stillwater.outbound.exchange import exchange, prepared
from stillwater.outbound.origins import origin, parsed
from stillwater.outbound.pinning import Deadline, Guard, GuardedAdapter, current_deadline
from stillwater.outbound.policy import Policy, Surroundings
from stillwater.outbound.redaction import RedactingFilter, redact
from stillwater.outbound.retrying import pause, retry_after

logger = logging.getLogger(__name__)
logging.getLogger("urllib3.connectionpool").addFilter(RedactingFilter())  # it logs whole URLs when asked for detail

_READS = frozenset({"GET", "HEAD"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS_FOR_STRANGERS = frozenset({"accept", "accept-language"})
_REAL_SURROUNDINGS = Surroundings()


@cache
def shared_buckets() -> BucketStore:
    """The buckets of this machine, in the data folder."""
    return FileBuckets(settings.STILLWATER_DATA / "rate")


class Outbound:
    """A client with one policy; it keeps connections open, may be shared by threads, and works with `with`."""

    def __init__(
        self,
        policy: Policy,
        *,
        buckets: BucketStore | None = None,
        surroundings: Surroundings = _REAL_SURROUNDINGS,
    ) -> None:
        self.policy = policy
        self.surroundings = surroundings
        self._buckets = buckets
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
    ) -> Answer:
        """Sends one request, again where that is safe and useful, and returns the whole answer.

        Only reads are repeated: GET, HEAD, and a POST whose caller says `read=True` (a GraphQL query).
        Raises `OutboundError`; a status from 400 on is kind "status" unless it is in `accept`.
        """
        method = method.upper()
        call = Call(method, url, headers or {}, params, json, data, method in _READS if read is None else read, accept)
        parsed(url)
        for attempt in count(1):
            self._wait_for_turn()
            try:
                return self._attempt(call)
            except OutboundError as error:
                wait = pause(error, attempt, self.policy, self.surroundings) if call.read else None
                if wait is None:
                    raise
            self.surroundings.sleep(wait)
        raise AssertionError("unreachable: the number of attempts is bounded")

    def _wait_for_turn(self) -> None:
        rate = self.policy.rate
        if rate is None:
            return
        interval = 1 / rate.per_second
        wait = self.buckets.reserve(rate.name, interval=interval, burst=rate.burst, patience=rate.patience)
        if wait > rate.patience:
            raise OutboundError("timeout", f"too many requests are waiting for {rate.name}", retry_after=wait)
        if wait:
            self.surroundings.sleep(wait)

    @property
    def buckets(self) -> BucketStore:
        return self._buckets or shared_buckets()

    def _attempt(self, call: Call) -> Answer:
        clock = self.surroundings.clock
        token = current_deadline.set(Deadline(clock() + self.policy.deadline, self.policy.read_timeout, clock))
        try:
            return self._checked(call, self._follow(call))
        finally:
            current_deadline.reset(token)

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
        if answer.status < 400 or answer.status in call.accept:
            return answer
        seconds = retry_after(answer.headers.get("Retry-After", ""), self.surroundings.calendar())
        if seconds and self.policy.rate:
            self.buckets.hold(self.policy.rate.name, seconds)
        host = parsed(answer.url).host
        raise OutboundError(
            "status", f"{host} answered with status {answer.status}", answer=answer, retry_after=seconds
        )


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
