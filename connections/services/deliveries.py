"""Deliveries: note what happened for every receiver that wants to know, send it, try again, give up, forget.

A delivery is claimed by a conditional UPDATE before it is sent, so that two workers do not send it twice; a worker
that dies in the middle leaves it due again after a while. So a receiver may hear something twice, with one number.
"""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from connections.hooks.happenings import TEST
from connections.models import Delivery, DeliveryState, Webhook
from connections.services.sending import Outcome, Parcel, packed, send
from stillwater.errors import Conflict, NotFound, Upstream
from stillwater.events import Payload
from stillwater.numbers import whole_number
from stillwater.progress import Progress, no_progress

logger = logging.getLogger(__name__)

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
"""Before the second attempt, the third, …; after the last one it has failed."""
LONGEST_WAIT = WAITS[-1]
IN_HAND = timedelta(minutes=2)
"""How long a claimed delivery is left to its worker; an attempt takes ten seconds at most."""
AT_ONCE = 20
"""Receivers that are sent to at the same time (behaviour.md 9)."""
MOST_WAITING = 1000
"""For one receiver; beyond it nobody would read what comes."""
KEEP, OLDEST_WAITING = timedelta(days=14), timedelta(days=1)


@dataclass(slots=True)
class Round:
    """What came of a run."""

    delivered: int = 0
    failed: int = 0

    @property
    def words(self) -> str:
        return f"{self.delivered} delivered" + (f", {self.failed} not yet" if self.failed else "")


def delivery_of(webhook: Webhook, delivery_id: str | int) -> Delivery:
    """Raises NotFound, also for another receiver's."""
    found = webhook.deliveries.filter(pk=whole_number(str(delivery_id)) or 0).first()
    if found is None:
        raise NotFound("delivery not found")
    return found


def last_of(webhooks: Sequence[Webhook]) -> dict[int, Delivery]:
    """The newest delivery of each that has one, in one query, by the webhook's key."""
    told = Delivery.objects.filter(webhook__in=webhooks).order_by()
    newest = told.values("webhook").annotate(newest=Max("pk")).values("newest")
    return {one.webhook_id: one for one in Delivery.objects.filter(pk__in=newest)}


def note(event: str, payload: Payload) -> int:
    """Put it down for every receiver that is switched on and wants to hear it; returns for how many."""
    wanting = [one for one in Webhook.objects.filter(enabled=True) if event in one.events]
    full = _full(wanting)
    rows = [Delivery(webhook=one, event=event, data=payload) for one in wanting if one.pk not in full]
    Delivery.objects.bulk_create(rows)
    return len(rows)


def due(now: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=DeliveryState.WAITING, due_at__lte=now, webhook__enabled=True)


def deliver_due(progress: Progress = no_progress) -> Round:
    """Send until nothing is due: in each round the oldest of every receiver, side by side."""
    result = Round()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while batch := _batch():
            claimed = [one for one in batch if _claim(one)]
            for one, outcome in zip(claimed, pool.map(_sent, [packed(one) for one in claimed]), strict=True):
                _record(one, outcome)
                result.delivered += outcome.is_delivered
                result.failed += not outcome.is_delivered
            progress(result.delivered + result.failed, None, result.words)
    return result


def try_webhook(webhook: Webhook) -> Delivery:
    """Really send a test, now, also to one that is switched off; it is kept among the deliveries. Raises Upstream."""
    said = {"message": f"This is a test of the webhook {webhook.name}."}
    trial = Delivery.objects.create(webhook=webhook, event=TEST, data=said, attempts=1, due_at=timezone.now() + IN_HAND)
    outcome = send(packed(trial))
    _record(trial, outcome, is_last=True)
    trial.refresh_from_db()
    if not outcome.is_delivered:
        raise Upstream(outcome.note)
    return trial


def send_again(delivery: Delivery) -> Delivery:
    """From the beginning, with the number it had. Raises Conflict while it waits or its receiver is switched off."""
    if not delivery.webhook.enabled:
        raise Conflict("the webhook is switched off")
    ended = Delivery.objects.filter(pk=delivery.pk).exclude(state=DeliveryState.WAITING)
    if not ended.update(state=DeliveryState.WAITING, attempts=0, due_at=timezone.now(), note="", status_code=None):
        raise Conflict("this delivery is waiting to be sent already")
    delivery.refresh_from_db()
    return delivery


def clear_up() -> int:
    """What is old is forgotten; returns how many."""
    return Delivery.objects.filter(happened_at__lt=timezone.now() - KEEP).delete()[0]


def _full(webhooks: Sequence[Webhook]) -> set[int]:
    """Those with so much waiting that more is not put down."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING)
    return {one.pk for one in webhooks if waiting.filter(webhook=one)[MOST_WAITING - 1 : MOST_WAITING].exists()}


def _batch() -> list[Delivery]:
    oldest = due(timezone.now()).order_by().values("webhook").annotate(first=Min("pk")).values("first")[:AT_ONCE]
    return list(Delivery.objects.filter(pk__in=list(oldest.values_list("first", flat=True))).select_related("webhook"))


def _claim(delivery: Delivery) -> bool:
    """Ours, unless another worker took it since it was read; for so long nobody else finds it due."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING, attempts=delivery.attempts)
    delivery.attempts += 1
    return bool(mine.update(attempts=delivery.attempts, due_at=timezone.now() + IN_HAND))


def _sent(parcel: Parcel) -> Outcome:
    """One that cannot even be sent must not hold up the others."""
    try:
        return send(parcel)
    except Exception:
        logger.exception("a delivery could not be sent")
        return Outcome(note="it could not be sent; the log says why")


def _record(delivery: Delivery, outcome: Outcome, *, is_last: bool = False) -> None:
    now = timezone.now()
    values: dict[str, Any] = {"tried_at": now, "status_code": outcome.status_code, "note": outcome.note}
    if outcome.is_delivered:
        values["state"] = DeliveryState.DELIVERED
    elif is_last or outcome.is_final or delivery.attempts > len(WAITS):
        values["state"] = DeliveryState.FAILED
    else:
        values["due_at"] = now + _wait(delivery.attempts, outcome.wait)
        if outcome.is_silent:
            _leave_alone(delivery.webhook_id, values["due_at"], outcome.note)
    mine = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING, attempts=delivery.attempts)
    mine.update(**values)


def _leave_alone(webhook_id: int, until: datetime, why: str) -> None:
    """A receiver that says nothing at all hears the rest later; what has waited for a day it does not hear."""
    now = timezone.now()
    rest = due(now).filter(webhook=webhook_id)
    rest.filter(happened_at__lt=now - OLDEST_WAITING).update(state=DeliveryState.FAILED, note=why)
    rest.update(due_at=until)


def _wait(attempts: int, asked: float) -> timedelta:
    """Longer after every attempt; a receiver that names a time is left alone so long, within reason."""
    return min(max(WAITS[attempts - 1], timedelta(seconds=min(asked, LONGEST_WAIT.total_seconds()))), LONGEST_WAIT)
