"""Asks one provider politely: at its rate, with our name, again where that helps; every failure a ProviderError."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NoReturn

from artists.providers.base import Asking, Fault, ProviderSpec
from artists.providers.errors import AuthRequired, NotAnswering, NothingFound, ProviderError
from stillwater.outbound import Answer, Outbound, OutboundError, Policy, Rate, remember_secret

PATIENCE = {"page": 5.0, "job": 3600.0}
"""Seconds to wait for a turn: a person looks at the page, a job has the night."""

_READABLE = frozenset({400, 401, 403, 404})
"""Statuses whose body may say more than the status does (Last.fm, Spotify)."""


@dataclass(frozen=True, slots=True)
class Access:
    """How a provider is reached on this machine: its key, its addresses, its rate; services/providers.py makes it.

    `services` overrides addresses of the spec; `private` are origins that may lie in a private network, since an
    administrator typed them (a mirror) or the demo runs them.
    """

    key: str = field(default="", repr=False)
    services: Mapping[str, str] = field(default_factory=dict)
    per_second: float = 0
    private: frozenset[str] = frozenset()
    patience: float = PATIENCE["page"]


class Session(Asking):
    """One provider for the length of one piece of work; answers are remembered within it, and failures too."""

    def __init__(self, spec: ProviderSpec, access: Access, outbound: Outbound | None = None) -> None:
        self.spec = spec
        self.key = access.key
        self._services = {**spec.services, **access.services}
        self._outbound = outbound or shared_client(policy_of(spec, access))
        self._asked: dict[tuple[Any, ...], Any] = {}
        remember_secret(access.key)

    def get(
        self,
        service: str,
        path: str,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        asked = ("json", service, path, tuple(sorted((params or {}).items())), tuple(sorted((headers or {}).items())))
        return self._once(asked, lambda: self._json(self._send("GET", service, path, params=params, headers=headers)))

    def get_text(
        self,
        service: str,
        path: str,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        asked = ("text", service, path, tuple(sorted((params or {}).items())), tuple(sorted((headers or {}).items())))
        return str(self._once(asked, lambda: self._send("GET", service, path, params=params, headers=headers).text()))

    def post_form(
        self, service: str, path: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Any:
        return self._json(self._send("POST", service, path, form=form, headers=headers))

    def _once(self, asked: tuple[Any, ...], ask: Any) -> Any:
        if asked not in self._asked:
            try:
                self._asked[asked] = ask()
            except ProviderError as error:
                self._asked[asked] = error
        known = self._asked[asked]
        if isinstance(known, ProviderError):
            raise known
        return known

    def _send(
        self,
        method: str,
        service: str,
        path: str,
        *,
        params: Mapping[str, str | int] | None = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        url = self._services[service].rstrip("/") + path
        try:
            answer = self._outbound.request(
                method,
                url,
                params=params,
                data=form,
                headers={"Accept": "application/json", **self.spec.headers, **(headers or {})},
                read=True,
                accept=_READABLE,
            )
        except OutboundError as error:
            self._fail(error)
        fault = self._fault_of(answer)
        if fault is not None:
            self._raise(fault)
        return answer

    def _fault_of(self, answer: Answer) -> Fault | None:
        judged = self.spec.judge(answer.status, _json_or_none(answer)) if self.spec.judge else None
        if judged is not None or answer.status < 400:
            return judged
        if answer.status == 404:
            return Fault.NOTHING
        if answer.status in (401, 403):
            return Fault.AUTH if self.spec.key != "none" else Fault.BROKEN
        return Fault.BROKEN

    def _raise(self, fault: Fault) -> NoReturn:
        name, label = self.spec.name, self.spec.label
        if fault is Fault.NOTHING:
            raise NothingFound(name)
        if fault is Fault.AUTH:
            raise AuthRequired(name)
        words = "asks us to slow down" if fault is Fault.QUOTA else "did not answer as expected"
        raise NotAnswering(name, f"{label} {words}")

    def _fail(self, error: OutboundError) -> NoReturn:
        raise NotAnswering(
            self.spec.name, f"{self.spec.label} did not answer: {error.message}", retry_after=error.retry_after
        ) from error

    def _json(self, answer: Answer) -> Any:
        try:
            return answer.json()
        except OutboundError:
            raise NotAnswering(self.spec.name, f"{self.spec.label} did not answer with JSON") from None


def policy_of(spec: ProviderSpec, access: Access) -> Policy:
    rate = Rate(spec.name, access.per_second or spec.per_second, patience=access.patience)
    return Policy(
        read_timeout=spec.timeout,
        deadline=max(15.0, spec.timeout),
        body_limit=spec.body_limit,
        rate=rate,
        redirects=2,
        allow_private=access.private,
    )


@cache
def shared_client(policy: Policy) -> Outbound:
    """One client for each policy, so that its connections are kept open between artists."""
    return Outbound(policy)


def _json_or_none(answer: Answer) -> Any:
    try:
        return answer.json()
    except OutboundError:
        return None
