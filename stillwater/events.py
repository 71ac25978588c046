"""What happened: publish writes a row after commit, subscribers in this process run then, browsers follow the table.

The lists of names and what they carry: behaviour.md 9 and design.md 5.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from stillwater.models import Event

logger = logging.getLogger(__name__)

Payload = dict[str, Any]
Subscriber = Callable[[Payload], None]

_subscribers: dict[str, list[Subscriber]] = {}

KEEP = timedelta(hours=6)

TITLES: dict[str, str] = {
    "scan.completed": "Scan finished",
    "rule.violation": "New finding",
    "bulk.completed": "Bulk work finished",
    "artist.new": "New artist",
    "artist.updated": "Artist changed",
    "metadata.fixed": "Finding fixed",
    "review.needed": "A choice is needed",
    "conflict.changed": "Conflict changed",
    "operation.progress": "Work goes on",
    "settings.changed": "Settings changed",
    "findings.changed": "Findings changed",
}
"""The events that browsers and webhooks hear of; every other name is between the rooms of this house."""


def subscribe(name: str, subscriber: Subscriber) -> None:
    """Call `subscriber(payload)` after every event of that name in this process. Joined once, at start-up."""
    subscribers = _subscribers.setdefault(name, [])
    if subscriber not in subscribers:
        subscribers.append(subscriber)


def publish(name: str, payload: Payload) -> None:
    """Say that something happened, once the running transaction has been committed."""
    transaction.on_commit(lambda: _deliver(name, payload))


def publish_each(name: str, payloads: list[Payload]) -> None:
    """The same for many at once: one insert, one round of subscribers."""
    if payloads:
        transaction.on_commit(lambda: _deliver_each(name, payloads))


def after(last_id: int, *, limit: int = 500) -> list[Event]:
    """The events behind `last_id`, oldest first: what a browser missed."""
    return list(Event.objects.filter(pk__gt=last_id).order_by("pk")[:limit])


def newest_id() -> int:
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def sweep() -> int:
    """Delete events that no browser will ask for any more; returns how many."""
    return Event.objects.filter(created_at__lt=timezone.now() - KEEP).delete()[0]


def _deliver(name: str, payload: Payload) -> None:
    _deliver_each(name, [payload])


def _deliver_each(name: str, payloads: list[Payload]) -> None:
    if name in TITLES:
        _keep(name, payloads)
    for subscriber in _subscribers.get(name, ()):
        for payload in payloads:
            _call(subscriber, name, payload)


def _keep(name: str, payloads: list[Payload]) -> None:
    """What happened has happened: a full disk must not make it look like a failure."""
    try:
        Event.objects.bulk_create([Event(name=name, payload=payload) for payload in payloads], batch_size=500)
    except DatabaseError:
        logger.exception("the event %s could not be kept", name)


def _call(subscriber: Subscriber, name: str, payload: Payload) -> None:
    """One deaf subscriber must not silence the others, nor fail the verb that published."""
    try:
        subscriber(payload)
    except Exception:
        logger.exception("a subscriber of %s failed", name)
