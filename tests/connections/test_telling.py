"""From an event of the house to a request at the receiver, through the job; and what the clock sees to."""

from datetime import timedelta

import pytest
from django.test import TestCase
from django.utils import timezone

from connections.hooks.happenings import HAPPENINGS
from connections.models import Delivery
from connections.services.deliveries import note
from connections.tasks import webhooks
from stillwater import events
from stillwater.models import Job
from tests.connections.receiver import Receiver

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("event", HAPPENINGS)
def test_every_event_that_may_leave_is_delivered(receiver: Receiver, event: str) -> None:
    receiver.webhook()
    with TestCase.captureOnCommitCallbacks(execute=True):
        events.publish(event, {"artist_name": "Mara Field"})
    (body,) = receiver.heard
    assert (body["event"], body["data"]) == (event, {"artist_name": "Mara Field"})


@pytest.mark.parametrize("event", ["artist.updated", "conflict.changed", "operation.progress", "settings.changed"])
def test_the_others_stay_inside(receiver: Receiver, event: str) -> None:
    receiver.webhook()
    with TestCase.captureOnCommitCallbacks(execute=True):
        events.publish(event, {})
    assert receiver.heard == []


def test_without_webhooks_no_job_is_started() -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        events.publish("artist.new", {})
    assert not Job.objects.exists()


def test_the_clock_tries_again_what_is_due(receiver: Receiver) -> None:
    receiver.webhook()
    note("artist.new", {})
    with TestCase.captureOnCommitCallbacks(execute=True):
        webhooks.tick()
    assert Delivery.objects.get().state == "delivered"
    assert Job.objects.get().message == "1 delivered"


def test_what_is_not_due_starts_nothing(receiver: Receiver) -> None:
    receiver.webhook()
    note("artist.new", {})
    Delivery.objects.update(due_at=timezone.now() + timedelta(minutes=1))
    with TestCase.captureOnCommitCallbacks(execute=True):
        webhooks.tick()
    assert not Job.objects.exists()
