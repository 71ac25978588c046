"""Speaks with one server under its key: reads are asked again, writes never; every failure a ClientError."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal
from urllib.parse import quote

from connections.clients.base import ServerSpec
from connections.clients.errors import ClientError, KeyRefused, NoSuchItem, NotReachable, Refused, WrongServer
from stillwater.outbound import Answer, Outbound, OutboundError, Policy, remember_secret

Method = Literal["GET", "POST", "PUT", "DELETE"]
Parameters = Mapping[str, str | int]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_READABLE = _REDIRECTS | {400, 401, 403, 404, 405, 409, 415, 422}


@dataclass(frozen=True, slots=True)
class ServerAccess:
    """Where a server is and how we are known there. `url` may hold a path, such as /emby behind a proxy.

    `user_id`: whose view of the items we read, where the kind needs one. `insist`: a person wants to know now, so a
    server that has not been answering is asked all the same.
    """

    url: str
    key: str = field(default="", repr=False)
    user_id: str = ""
    insist: bool = False


class ServerSession:
    """No redirect is followed: the key belongs to one address (S7), and a redirect would eat a POST (weirdness 52)."""

    def __init__(
        self, spec: ServerSpec, access: ServerAccess, headers: Mapping[str, str], outbound: Outbound | None = None
    ) -> None:
        self.spec = spec
        self.base = access.url.rstrip("/")
        self._headers = {"Accept": "application/json", **headers}
        self._outbound = outbound or shared_client(policy_of(spec, access))
        remember_secret(access.key)

    def get(self, path: str, params: Parameters | None = None) -> Any:
        """The JSON at a path below the server's address."""
        return self._json(self._send("GET", path, params=params))

    def get_bytes(self, path: str) -> Answer:
        answer = self._send("GET", path, headers={"Accept": "image/*"})
        if not answer.content_type.startswith("image/"):
            raise WrongServer(f"{self._label} answered with something that is no picture")
        return answer

    def order(
        self, method: Method, path: str, *, json: Any = None, params: Parameters | None = None, wants_json: bool = False
    ) -> Any:
        """Sent once, whatever happens. Returns the JSON of the answer where it is wanted."""
        answer = self._send(method, path, json=json, params=params)
        return self._json(answer) if wants_json else None

    def post_text(self, path: str, body: bytes, media_type: str) -> None:
        self._send("POST", path, data=body, headers={"Content-Type": media_type})

    @property
    def _label(self) -> str:
        return self.spec.label

    def _send(
        self,
        method: Method,
        path: str,
        *,
        params: Parameters | None = None,
        json: Any = None,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        try:
            answer = self._outbound.request(
                method,
                self.base + path,
                params=params,
                json=json,
                data=data,
                headers={**self._headers, **(headers or {})},
                accept=_READABLE,
            )
        except OutboundError as error:
            raise self._unreachable(error, method) from error
        if answer.status >= 300:
            raise self._refusal(answer)
        if method != "GET" and answer.content_type == "text/html":
            raise self._web_page()
        return answer

    def _json(self, answer: Answer) -> Any:
        """A login page with status 200 is no answer, nor is JSON of another program (weirdness 52)."""
        try:
            return answer.json()
        except OutboundError:
            raise self._web_page() from None

    def _web_page(self) -> ClientError:
        return WrongServer(
            f"{self._label} answered with a web page instead of data; is the address complete, and is there a "
            "sign-in page in front of it?"
        )

    def _unreachable(self, error: OutboundError, method: Method) -> ClientError:
        if error.kind == "refused_address":
            return Refused(error.message)
        unclear = method != "GET" and error.kind in ("timeout", "connection", "bad_content", "too_large")
        if error.kind == "unavailable":
            return NotReachable(f"{self._label} has not been answering and is left alone for a while")
        reason = f"{self._label} could not be reached: {error.message}"
        if error.upstream_status >= 500:
            reason = f"{self._label} is in trouble: it answered with status {error.upstream_status}"
        return NotReachable(
            f"{reason}; whether it took the change is not known" if unclear else reason, unclear=unclear
        )

    def _refusal(self, answer: Answer) -> ClientError:
        if answer.status in _REDIRECTS:
            return WrongServer(_moved(self._label, answer))
        if answer.status in (401, 403):
            said = "does not accept this key" if answer.status == 401 else "does not allow that to this key"
            return KeyRefused(f"{self._label} {said}")
        if answer.status in (404, 405) and answer.content_type == "text/html":
            return WrongServer(f"there is no {self._label} at this address; is a part of its path missing?")
        if answer.status == 404:
            return NoSuchItem(f"{self._label} has no such item")
        return Refused(f"{self._label} did not take it: it answered with status {answer.status}")


def policy_of(spec: ServerSpec, access: ServerAccess) -> Policy:
    """Servers live in private networks; exactly the address that an administrator typed is allowed there."""
    return Policy(
        read_timeout=spec.read_timeout,
        deadline=max(30.0, spec.read_timeout),
        body_limit=spec.body_limit,
        allow_private=frozenset({access.url}),
        longest_wait=5,
        circuit=f"server {access.url}",
        insists=access.insist,
    )


@cache
def shared_client(policy: Policy) -> Outbound:
    """One for each server, so that its connections are kept open."""
    return Outbound(policy)


def segment(item_id: str) -> str:
    """An identifier as a part of a path. Raises NoSuchItem for a blank one: it would mean the whole server."""
    text = item_id.strip()
    if not text or text in (".", ".."):
        raise NoSuchItem("the artist has no identifier on this server")
    return quote(text, safe="")


def _moved(label: str, answer: Answer) -> str:
    target = answer.headers.get("Location", "").partition("?")[0]
    if "login" in target.lower() or "auth" in target.lower():
        return f"{label} is behind a sign-in page, which our requests cannot pass"
    hint = f" ({target})" if target.startswith(("http://", "https://")) and "@" not in target else ""
    return f"{label} sends us on to another address{hint}; enter that one instead"
