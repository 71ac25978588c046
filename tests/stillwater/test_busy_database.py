"""A database that is busy or full for a moment: nothing that has happened is called a failure, no heart stops."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, TestCase

from stillwater import events, job_progress, schedule
from stillwater.job_progress import JobProgress
from stillwater.jobs import label
from stillwater.models import Event, Job, JobState, Preference

pytestmark = pytest.mark.django_db


class Beats:
    """Wakes three times and then never again."""

    def __init__(self) -> None:
        self.left = 3

    def wait(self, _seconds: float) -> bool:
        self.left -= 1
        return self.left < 0


def test_a_missed_heartbeat_is_followed_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    row = Job.objects.create(kind="scan", key="scan", state=JobState.RUNNING, attempts=1)
    progress = JobProgress(row, label=label("scan"), deadline=job_progress.SAVE_EVERY)
    beats, real, failures = Beats(), Job.objects.filter, []

    def busy(*args: Any, **named: Any) -> Any:
        if not failures:
            failures.append(1)
            raise OperationalError("database is locked")
        return real(*args, **named)

    monkeypatch.setattr(progress, "_stop", beats)
    monkeypatch.setattr(job_progress, "connection", type("Nobody", (), {"close": staticmethod(lambda: None)}))
    monkeypatch.setattr(job_progress, "close_old_connections", lambda: None)
    monkeypatch.setattr(Job.objects, "filter", busy)
    progress._beat()
    row.refresh_from_db()
    assert (failures, row.heartbeat_at is not None) == ([1], True)


def test_an_event_that_cannot_be_kept_is_told_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any, **_named: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(events, "_subscribers", {})
    monkeypatch.setattr(Event.objects, "bulk_create", full)
    heard: list[dict[str, Any]] = []
    events.subscribe("artist.new", heard.append)
    with TestCase.captureOnCommitCallbacks(execute=True):
        events.publish("artist.new", {"artist_id": "7"})
    assert heard == [{"artist_id": "7"}]


def test_a_tick_is_due_once_in_its_time_whichever_worker_asks() -> None:
    now = 1_000_000.0
    asked = []
    for _ in range(2):
        asked.append(schedule.is_due("a-tick", 3600, lambda: now))
    now += 3599
    asked.append(schedule.is_due("a-tick", 3600, lambda: now))
    now += 1
    asked.append(schedule.is_due("a-tick", 3600, lambda: now))
    now -= 500_000  # somebody set the clock back
    asked.append(schedule.is_due("a-tick", 3600, lambda: now))
    assert asked == [True, False, False, True, True]


class TestWhoWaitedInVain:
    """Somebody else wrote for longer than anybody waits: that is no mistake of ours, and later it will do."""

    @pytest.fixture(autouse=True)
    def busy(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def locked(*_args: Any, **_named: Any) -> None:
            raise OperationalError("database is locked")

        monkeypatch.setattr(Preference.objects, "update_or_create", locked)

    def test_a_script_is_asked_to_try_again(self, admin_client: Client) -> None:
        answer = admin_client.put("/api/v1/preferences/theme", {"value": "dark"}, "application/json")
        assert (answer.status_code, answer.json()) == (503, {"error": "the database is busy; try again"})

    def test_so_is_a_person(self, admin_client: Client) -> None:
        answer = admin_client.post("/preferences/theme", {"theme": "dark"})
        assert answer.status_code == 503
        assert b"The database is busy; try again." in answer.content
