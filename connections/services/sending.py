"""Sends one delivery: what goes over the wire, and what came of it. No database in here, so threads may do it.

Private addresses only where an administrator said so for this origin; what the receiver answers is never kept.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone

from connections.hooks import signing
from connections.hooks.bodies import RECEIVERS, Happening
from connections.models import Delivery
from stillwater import __version__, vault
from stillwater.outbound import OutboundError, Policy, request

DEADLINE = 10.0
"""Seconds for one attempt (behaviour.md 9)."""
_ANSWER_LIMIT = 1024 * 1024
_GONE = 410
"""By which a receiver says that it wants nothing more (Standard Webhooks)."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """All that an attempt needs; `problem` says why there is nothing to send."""

    url: str = ""
    body: bytes = b""
    secret: str = ""
    number: str = ""
    is_private: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`note` is blank where it was taken; `is_final`: asking again would change nothing; `wait` in seconds."""

    status_code: int | None = None
    note: str = ""
    is_final: bool = False
    wait: float = 0
    is_silent: bool = False

    @property
    def is_delivered(self) -> bool:
        return not self.note


def packed(delivery: Delivery) -> Parcel:
    """Sealed things opened, the body in the receiver's shape."""
    webhook = delivery.webhook
    receiver = RECEIVERS.get(webhook.type, RECEIVERS["generic"])
    happening = Happening(delivery.event, _moment(delivery.happened_at), delivery.data)
    try:
        url, secret = vault.open_sealed(webhook.sealed_url), vault.open_sealed(webhook.sealed_secret)
    except vault.VaultError as error:
        return Parcel(problem=error.message)
    body = json.dumps(receiver.body(happening), ensure_ascii=False, default=str).encode(errors="replace")
    return Parcel(url, body, secret, str(delivery.number), webhook.allow_private)


def send(parcel: Parcel) -> Outcome:
    """One attempt, signed anew."""
    if parcel.problem:
        return Outcome(note=parcel.problem)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"Stillwater-Webhook/{__version__}",
        **signing.headers(parcel.secret, parcel.number, int(timezone.now().timestamp()), parcel.body),
    }
    try:
        answer = request("POST", parcel.url, policy=_policy(parcel), headers=headers, data=parcel.body)
    except OutboundError as error:
        return _failure(error)
    return Outcome(answer.status)


def _policy(parcel: Parcel) -> Policy:
    allowed = frozenset({parcel.url}) if parcel.is_private else frozenset()
    return Policy(read_timeout=DEADLINE, deadline=DEADLINE, body_limit=_ANSWER_LIMIT, attempts=1, allow_private=allowed)


def _failure(error: OutboundError) -> Outcome:
    status = error.upstream_status or None
    return Outcome(
        status,
        error.message[:300],
        is_final=error.kind in ("refused_address", "redirect") or status == _GONE,
        wait=error.retry_after,
        is_silent=error.kind in ("connection", "timeout"),
    )


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
