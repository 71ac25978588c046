"""Background work: tell the receivers what happened, and try again those that did not answer."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from connections.hooks.happenings import HAPPENINGS
from connections.services.deliveries import clear_up, deliver_due, due, note
from stillwater import events, jobs
from stillwater.events import Payload
from stillwater.progress import Progress
from stillwater.schedule import is_due, join_tick

DELIVER = "deliver_webhooks"
_CLEAR_UP_SECONDS = 3600


@jobs.job(DELIVER, "Telling webhooks", deadline=timedelta(minutes=30), quiet=True)
def deliver(_params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    return {"message": deliver_due(progress).words}


def start_deliveries() -> None:
    """One run at a time; what comes while one ends is found by the next tick."""
    if due(timezone.now()).exists():
        jobs.start(DELIVER)


def tick() -> None:
    """Called every minute."""
    start_deliveries()
    if is_due("webhook_deliveries", _CLEAR_UP_SECONDS):
        clear_up()


def join() -> None:
    """Called once at start-up."""
    for event in HAPPENINGS:
        events.subscribe(event, partial(_tell, event))
    join_tick(tick)


def _tell(event: str, payload: Payload) -> None:
    if note(event, payload):
        jobs.start(DELIVER)
