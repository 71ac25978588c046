"""What happened is a row after commit; subscribers of this process hear of it then; old rows are swept."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import TestCase
from django.utils import timezone

from stillwater import events
from stillwater.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    monkeypatch.setattr(events, "_subscribers", {})
    payloads: list[dict[str, Any]] = []
    events.subscribe("artist.new", payloads.append)
    return payloads


def test_an_event_is_stored_and_told_after_the_commit(heard: list[dict[str, Any]]) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        events.publish("artist.new", {"artist_id": "7"})
        assert (heard, Event.objects.count()) == ([], 0)
    assert heard == [{"artist_id": "7"}]
    assert [(row.name, row.payload) for row in events.after(0)] == [("artist.new", {"artist_id": "7"})]


def test_what_was_rolled_back_did_not_happen(heard: list[dict[str, Any]]) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
        events.publish("artist.new", {"artist_id": "7"})
        transaction.set_rollback(True)
    assert (heard, Event.objects.count()) == ([], 0)


def test_an_event_between_the_rooms_is_told_but_not_stored(heard: list[dict[str, Any]]) -> None:
    events.subscribe("library.changed", heard.append)
    with TestCase.captureOnCommitCallbacks(execute=True):
        events.publish("library.changed", {"library_id": 1})
    assert heard == [{"library_id": 1}]
    assert Event.objects.count() == 0


def test_subscribing_twice_is_subscribing_once(heard: list[dict[str, Any]]) -> None:
    events.subscribe("artist.new", heard.append)
    again = heard.append
    events.subscribe("artist.new", again)
    with TestCase.captureOnCommitCallbacks(execute=True):
        events.publish("artist.new", {})
    assert len(heard) == 1


def test_a_subscriber_that_fails_silences_nobody(heard: list[dict[str, Any]]) -> None:
    def deaf(_payload: dict[str, Any]) -> None:
        raise RuntimeError("deaf")

    events._subscribers["artist.new"].insert(0, deaf)
    with TestCase.captureOnCommitCallbacks(execute=True):
        events.publish("artist.new", {"artist_id": "7"})
    assert heard == [{"artist_id": "7"}]


def test_many_events_cost_one_insert(heard: list[dict[str, Any]], django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1), TestCase.captureOnCommitCallbacks(execute=True):
        events.publish_each("artist.new", [{"artist_id": str(number)} for number in range(100)])
    assert len(heard) == 100


def test_what_came_after_an_id_comes_in_order() -> None:
    rows = [Event.objects.create(name="artist.new", payload={"n": number}) for number in range(5)]
    assert [row.payload["n"] for row in events.after(rows[1].pk)] == [2, 3, 4]
    assert [row.payload["n"] for row in events.after(rows[1].pk, limit=2)] == [2, 3]


def test_old_events_are_swept_and_young_ones_stay() -> None:
    Event.objects.create(name="artist.new", created_at=timezone.now() - events.KEEP - timedelta(seconds=1))
    young = Event.objects.create(name="artist.new")
    assert events.sweep() == 1
    assert list(Event.objects.all()) == [young]
