"""Asks one provider politely: at its rate, with our name, again where that helps; every failure a ProviderError."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from math import inf
from typing import Any, NoReturn

from artists.providers.base import Asking, Fault, ProviderSpec
from artists.providers.errors import AuthRequired, NotAnswering, NothingFound, ProviderError, Unreadable
from artists.providers.verdicts import Reading
from stillwater.json_text import read_json
from stillwater.outbound import Answer, Budget, Outbound, OutboundError, Policy, Rate, remember_secret

PATIENCE = {"page": 5.0, "job": 3600.0}
"""Seconds to wait for a turn: a person looks at the page, a job has the night."""
PAGE_SECONDS = 13.0
"""For everything that one page asks, so that it is drawn within fifteen."""
LONGEST_PAUSE = 120.0
"""Seconds that a job waits before it asks again, where a provider names a time; beyond that the artist fails."""

_READABLE = frozenset({400, 401, 403, 404})
"""Statuses whose body may say more than the status does (Last.fm, Spotify)."""
_TOKENS = ("access_token", "refresh_token")
_SECRET_HEADERS = frozenset({"authorization", "x-api-key"})


@dataclass(frozen=True, slots=True)
class Access:
    """How a provider is reached on this machine: its key, its addresses, its rate; services/providers.py makes it.

    `services` overrides addresses of the spec; `private` are origins that may lie in a private network, since an
    administrator typed them (a mirror) or the demo runs them. `budget` is the time that everything asked for one
    page shares. `insist`: a person wants to know now, so a provider that has not been answering is asked as well.
    """

    key: str = field(default="", repr=False)
    services: Mapping[str, str] = field(default_factory=dict)
    per_second: float = 0
    private: frozenset[str] = frozenset()
    patience: float = PATIENCE["page"]
    budget: Budget | None = None
    insist: bool = False


class Session(Asking):
    """One provider for the length of one piece of work; answers are remembered within it, and failures too."""

    def __init__(self, spec: ProviderSpec, access: Access, outbound: Outbound | None = None) -> None:
        self.spec = spec
        self.access = access
        self.key = access.key
        self._services = {**spec.services, **access.services}
        self._given = outbound
        self._outbound = outbound or shared_client(policy_of(spec, access))
        self._budget = access.budget or Budget(inf)
        self._asked: dict[tuple[Any, ...], Any] = {}
        for secret in secrets_in(access.key):
            remember_secret(secret)

    def get(
        self,
        service: str,
        path: str,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        asked = ("json", service, path, tuple(sorted((params or {}).items())), tuple(sorted((headers or {}).items())))
        return self._once(asked, lambda: self._json("GET", service, path, params=params, headers=headers))

    def get_text(
        self,
        service: str,
        path: str,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        asked = ("text", service, path, tuple(sorted((params or {}).items())), tuple(sorted((headers or {}).items())))
        return str(self._once(asked, lambda: self._text(service, path, params, headers)))

    def post_form(
        self, service: str, path: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Any:
        answer = self._json("POST", service, path, form=form, headers=headers)
        for token in _TOKENS:
            if isinstance(answer, dict) and isinstance(answer.get(token), str):
                remember_secret(answer[token])
        return answer

    def official(self) -> "Session | None":
        first = next(iter(self.spec.services))
        own = self._services.get("official", self._services[first])
        if own == self._services[first]:
            return None
        services = {**self.access.services, first: own}
        return Session(self.spec, replace(self.access, services=services, per_second=0), self._given)

    def _once(self, asked: tuple[Any, ...], ask: Callable[[], Any]) -> Any:
        if asked not in self._asked:
            try:
                self._asked[asked] = ask()
            except ProviderError as error:
                self._asked[asked] = error
        known = self._asked[asked]
        if isinstance(known, ProviderError):
            raise known
        return known

    def _json(self, method: str, service: str, path: str, **options: Any) -> Any:
        reading = Reading(self.spec, wants_json=True)
        self._send(reading, method, service, path, **options)
        return reading.data

    def _text(
        self, service: str, path: str, params: Mapping[str, str | int] | None, headers: Mapping[str, str] | None
    ) -> str:
        return self._send(Reading(self.spec), "GET", service, path, params=params, headers=headers).text()

    def _send(
        self,
        reading: Reading,
        method: str,
        service: str,
        path: str,
        *,
        params: Mapping[str, str | int] | None = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        sent = {"Accept": "application/json", **self.spec.headers, **(headers or {})}
        _remember_credentials(sent)
        try:
            answer = self._outbound.request(
                method,
                self._services[service].rstrip("/") + path,
                params=params,
                data=form,
                headers=sent,
                read=True,
                accept=_READABLE,
                judge=reading,
                budget=self._budget,
            )
        except OutboundError as error:
            raise self._failure(error) from error
        if reading.fault is not None:
            self._raise(reading.fault)
        return answer

    def _raise(self, fault: Fault) -> NoReturn:
        name, label = self.spec.name, self.spec.label
        if fault is Fault.NOTHING:
            raise NothingFound(name)
        if fault is Fault.AUTH:
            raise AuthRequired(name)
        raise NotAnswering(name, f"{label} did not answer as expected")

    def _failure(self, error: OutboundError) -> NotAnswering:
        label = self.spec.label
        message = _WORDS.get(error.kind, "{label} did not answer: {reason}").format(label=label, reason=error.message)
        kind = Unreadable if error.kind == "bad_content" else NotAnswering
        return kind(self.spec.name, message, retry_after=error.retry_after)


_WORDS = {
    "throttled": "{label} asks us to slow down",
    "waiting": "too many requests are waiting for {label}",
    "unavailable": "{label} has not been answering and is left alone for a while",
    "bad_content": "{label} did not answer as expected",
}


def policy_of(spec: ProviderSpec, access: Access) -> Policy:
    """A mirror's rate may be higher than the provider's; both are upper bounds, never a goal."""
    return Policy(
        read_timeout=spec.timeout,
        deadline=max(15.0, spec.timeout),
        body_limit=spec.body_limit,
        longest_wait=min(access.patience, LONGEST_PAUSE),
        rate=Rate(spec.name, access.per_second or spec.per_second, patience=access.patience),
        redirects=2,
        allow_private=access.private,
        circuit="" if access.insist else spec.name,
    )


@cache
def shared_client(policy: Policy) -> Outbound:
    """One client for each policy, so that its connections are kept open between artists."""
    return Outbound(policy)


def secrets_in(key: str) -> list[str]:
    """The key as it is stored, and its parts where it is made of several (Spotify's are JSON)."""
    try:
        parts = read_json(key)
    except ValueError:
        parts = None
    return [key, *(str(part) for part in parts.values())] if isinstance(parts, dict) else [key]


def _remember_credentials(headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        if name.lower() in _SECRET_HEADERS and value:
            remember_secret(value.split()[-1].rpartition("token=")[2])
