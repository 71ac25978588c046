"""Background work: one active job per key, claimed once, stoppable between items, never waiting for ever."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import TestCase
from django.utils import timezone
from pytest_django.fixtures import Settings

from stillwater import events, jobs
from stillwater.errors import Invalid, NotFound
from stillwater.models import Event, Job, JobState, User
from stillwater.progress import Cancelled, Progress

pytestmark = pytest.mark.django_db

runs: list[dict[str, Any]] = []


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Kinds of work for these tests alone; the queue is the list of what would be handed to a worker."""
    monkeypatch.setattr(jobs, "_kinds", dict(jobs._kinds))
    runs.clear()
    jobs.job("note", "Taking notes")(_note)
    jobs.job("fragile", "Fragile", resumable=False)(_note)
    yield
    runs.clear()


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> list[int]:
    settings.STILLWATER_JOBS_INLINE = False
    handed: list[int] = []
    monkeypatch.setattr(jobs, "async_task", lambda _name, job_id: handed.append(job_id))
    return handed


def _note(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    runs.append(params)
    progress(1, 1, "noted")
    return {"message": "all noted", "count": len(runs)}


def declare(name: str, work: Any, **options: Any) -> None:
    jobs.job(name, name)(work) if not options else jobs.job(name, name, **options)(work)


def a_job(**values: Any) -> Job:
    return Job.objects.create(**{"kind": "note", "key": "note", **values})


def a_lost_job(**values: Any) -> Job:
    """Its worker has said nothing for longer than a living one would."""
    silent = timezone.now() - jobs.STALE_AFTER - timedelta(seconds=1)
    return a_job(**{"state": JobState.RUNNING, "heartbeat_at": silent, "attempts": 1, **values})


class TestANewCluster:
    def test_what_the_old_one_took_out_of_the_queue_is_queued_again(self, queue: list[int]) -> None:
        waiting = a_job(key="a")
        a_job(key="b", state=JobState.RUNNING)
        a_job(key="c", state=JobState.DONE)
        with TestCase.captureOnCommitCallbacks(execute=True):
            assert jobs.queue_again() == 1
        assert queue == [waiting.pk]


class TestStart:
    def test_it_works(self, administrator: User) -> None:
        with TestCase.captureOnCommitCallbacks(execute=True):
            row, is_new = jobs.start("note", {"a": 1}, asked_by=administrator)
        row.refresh_from_db()
        assert is_new
        assert (row.state, row.result["count"], row.message) == (JobState.DONE, 1, "all noted")
        assert (row.asked_by, row.attempts) == (administrator, 1)
        assert row.started_at <= row.finished_at
        assert runs == [{"a": 1}]

    def test_a_second_start_of_the_same_key_returns_the_active_job(self, queue: list[int]) -> None:
        with TestCase.captureOnCommitCallbacks(execute=True):
            first, _ = jobs.start("note", key="notes of 7")
            second, is_new = jobs.start("note", key="notes of 7")
        assert (second.pk, is_new) == (first.pk, False)
        assert queue == [first.pk]

    def test_another_key_is_another_job(self, queue: list[int]) -> None:
        assert jobs.start("note", key="a")[0] != jobs.start("note", key="b")[0]

    @pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED, JobState.CANCELLED, JobState.TIMED_OUT])
    def test_a_closed_job_does_not_hold_the_key(self, queue: list[int], state: JobState) -> None:
        a_job(state=state)
        assert jobs.start("note")[1]

    def test_nothing_is_queued_before_the_commit(self, queue: list[int]) -> None:
        with TestCase.captureOnCommitCallbacks() as callbacks:
            jobs.start("note")
        assert queue == []
        assert callbacks


class TestRun:
    def test_a_job_is_claimed_once_however_often_it_is_delivered(self) -> None:
        row = a_job()
        jobs.run(row.pk)
        jobs.run(row.pk)
        assert len(runs) == 1

    def test_a_job_that_another_worker_runs_is_left_alone(self) -> None:
        row = a_job(state=JobState.RUNNING, heartbeat_at=timezone.now(), attempts=1)
        jobs.run(row.pk)
        row.refresh_from_db()
        assert (runs, row.state, row.attempts) == ([], JobState.RUNNING, 1)

    def test_a_job_that_is_gone_is_no_error(self) -> None:
        jobs.run(987654321)

    def test_unknown_work_fails_and_says_so(self) -> None:
        row = a_job(kind="forgotten")
        jobs.run(row.pk)
        row.refresh_from_db()
        assert (row.state, row.error) == (JobState.FAILED, "unknown kind of work forgotten")

    def test_a_domain_error_is_told_in_its_own_words(self) -> None:
        def refuse(_params: dict[str, Any], _progress: Progress) -> None:
            raise Invalid("the folder is empty")

        declare("refuse", refuse)
        row = a_job(kind="refuse")
        jobs.run(row.pk)
        row.refresh_from_db()
        assert (row.state, row.error) == (JobState.FAILED, "the folder is empty")

    def test_an_unforeseen_error_closes_the_job_as_failed(self) -> None:
        def stumble(_params: dict[str, Any], _progress: Progress) -> None:
            raise KeyError("colour")

        declare("stumble", stumble)
        row = a_job(kind="stumble")
        jobs.run(row.pk)
        row.refresh_from_db()
        assert (row.state, row.error) == (JobState.FAILED, "KeyError: 'colour'")
        assert row.finished_at is not None

    def test_how_it_ended_is_published(self) -> None:
        with TestCase.captureOnCommitCallbacks(execute=True):
            jobs.run(a_job().pk)
        last = Event.objects.filter(name="operation.progress").last()
        assert last is not None
        assert (last.payload["state"], last.payload["label"]) == ("done", "Taking notes")


class TestCancel:
    def test_a_waiting_job_ends_at_once(self, queue: list[int]) -> None:
        row = jobs.cancel(a_job().pk)
        assert row.state == JobState.CANCELLED
        jobs.run(row.pk)
        assert runs == []

    def test_a_running_job_stops_between_two_items(self) -> None:
        done: list[int] = []

        def long(_params: dict[str, Any], progress: Progress) -> None:
            for number in range(1, 6):
                progress(number, 5 if number < 3 else number)
                done.append(number)
                if number == 2:
                    jobs.cancel(row.pk)

        declare("long", long)
        row = a_job(kind="long")
        jobs.run(row.pk)
        row.refresh_from_db()
        assert (row.state, done) == (JobState.CANCELLED, [1, 2])

    def test_a_closed_job_stays_as_it_ended(self) -> None:
        row = jobs.cancel(a_job(state=JobState.DONE).pk)
        assert (row.state, row.cancel_requested) == (JobState.DONE, False)

    def test_an_unknown_job_is_not_found(self) -> None:
        with pytest.raises(NotFound, match="job not found"):
            jobs.cancel(987654321)


class TestDeadline:
    def test_a_worker_that_hangs_beyond_the_deadline_does_not_hold_the_key_for_ever(self, queue: list[int]) -> None:
        declare("slow", _note, deadline=timedelta(hours=1))
        began = timezone.now() - timedelta(hours=1) - jobs.GRACE - timedelta(seconds=1)
        row = a_job(kind="slow", key="slow", state=JobState.RUNNING, started_at=began, heartbeat_at=timezone.now())
        assert jobs.sweep() == 1
        row.refresh_from_db()
        assert row.state == JobState.TIMED_OUT
        assert jobs.start("slow")[1]

    def test_work_beyond_its_deadline_is_timed_out(self) -> None:
        declare("slow", _note, deadline=timedelta(seconds=-1))
        row = a_job(kind="slow")
        jobs.run(row.pk)
        row.refresh_from_db()
        assert row.state == JobState.TIMED_OUT
        assert row.finished_at is not None


class TestSweep:
    def test_a_lost_job_resumes_with_its_params(self, queue: list[int]) -> None:
        row = a_lost_job(params={"from": 40})
        with TestCase.captureOnCommitCallbacks(execute=True):
            assert jobs.sweep() == 1
        assert queue == [row.pk]
        jobs.run(row.pk)
        row.refresh_from_db()
        assert (row.state, row.attempts, runs) == (JobState.DONE, 2, [{"from": 40}])

    def test_a_lost_job_that_cannot_resume_is_closed_and_says_why(self, queue: list[int]) -> None:
        row = a_lost_job(kind="fragile", key="fragile")
        jobs.sweep()
        row.refresh_from_db()
        assert (row.state, row.error) == (JobState.FAILED, "the worker stopped in the middle of it")
        assert queue == []

    def test_a_lost_job_of_which_nobody_knows_any_more_is_closed(self, queue: list[int]) -> None:
        row = a_lost_job(kind="forgotten")
        jobs.sweep()
        row.refresh_from_db()
        assert row.state == JobState.FAILED

    def test_a_job_that_kills_its_worker_is_given_up_after_some_attempts(self, queue: list[int]) -> None:
        row = a_lost_job(attempts=jobs.MOST_ATTEMPTS)
        jobs.sweep()
        row.refresh_from_db()
        assert row.state == JobState.FAILED

    def test_a_lost_job_that_was_to_stop_is_cancelled(self, queue: list[int]) -> None:
        row = a_lost_job(cancel_requested=True)
        jobs.sweep()
        row.refresh_from_db()
        assert row.state == JobState.CANCELLED

    def test_a_job_whose_heart_beats_is_left_alone(self, queue: list[int]) -> None:
        a_job(state=JobState.RUNNING, heartbeat_at=timezone.now() - jobs.STALE_AFTER / 2, attempts=1)
        assert jobs.sweep() == 0

    def test_a_job_that_the_queue_forgot_is_queued_again(self, queue: list[int]) -> None:
        row = a_job(created_at=timezone.now() - jobs.QUEUED_TOO_LONG - timedelta(seconds=1))
        with TestCase.captureOnCommitCallbacks(execute=True):
            assert jobs.sweep() == 1
            assert jobs.sweep() == 0
        assert queue == [row.pk]


class TestARunThatWasTakenForDead:
    """Its job was given back to the queue while it still works."""

    @pytest.fixture
    def row(self, queue: list[int]) -> Job:
        return a_job(kind="sleepy")

    def _fall_silent(self, row: Job) -> None:
        silent = timezone.now() - jobs.STALE_AFTER - timedelta(seconds=1)
        Job.objects.filter(pk=row.pk).update(heartbeat_at=silent)
        assert jobs.sweep() == 1

    def test_it_cannot_finish_the_job(self, row: Job) -> None:
        declare("sleepy", lambda _params, _progress: self._fall_silent(row))
        jobs.run(row.pk)
        row.refresh_from_db()
        assert (row.state, row.finished_at) == (JobState.QUEUED, None)

    def test_it_stops_at_its_next_item_without_cancelling_the_job(self, row: Job) -> None:
        stopped: list[bool] = []

        def work(_params: dict[str, Any], progress: Progress) -> None:
            self._fall_silent(row)
            try:
                progress(1, 1)
            except Cancelled:
                stopped.append(True)
                raise

        declare("sleepy", work)
        jobs.run(row.pk)
        row.refresh_from_db()
        assert (stopped, row.state) == ([True], JobState.QUEUED)

    def test_it_cannot_fail_the_job_that_its_successor_runs(self, row: Job) -> None:
        def work(_params: dict[str, Any], _progress: Progress) -> None:
            self._fall_silent(row)
            Job.objects.filter(pk=row.pk).update(state=JobState.RUNNING, attempts=2, heartbeat_at=timezone.now())
            raise Invalid("too late")

        declare("sleepy", work)
        jobs.run(row.pk)
        row.refresh_from_db()
        assert (row.state, row.error) == (JobState.RUNNING, "")


class TestProgress:
    def test_it_is_saved_and_published(self) -> None:
        def two_steps(_params: dict[str, Any], progress: Progress) -> None:
            progress(2, 2, "half of it")
            seen.append(Job.objects.get(pk=row.pk).message)

        seen: list[str] = []
        declare("steps", two_steps)
        row = a_job(kind="steps")
        with TestCase.captureOnCommitCallbacks(execute=True):
            jobs.run(row.pk)
        assert seen == ["half of it"]
        told = [event.payload for event in events.after(0) if event.payload.get("message") == "half of it"]
        assert [(payload["done"], payload["total"], payload["state"]) for payload in told] == [(2, 2, "running")]

    def test_many_quick_items_are_saved_now_and_then_only(self, django_assert_max_num_queries: Any) -> None:
        def quick(_params: dict[str, Any], progress: Progress) -> None:
            for number in range(500):
                progress(number, 1000)

        declare("quick", quick)
        row = a_job(kind="quick")
        with django_assert_max_num_queries(40):
            jobs.run(row.pk)
