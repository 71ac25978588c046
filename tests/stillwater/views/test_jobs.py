"""Background work on pages: what runs, what ran, stopping it and trying again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from stillwater.job_words import duration
from stillwater.models import Job, JobState, User

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def make_job(state: str = JobState.DONE, **values: Any) -> Job:
    now = timezone.now()
    ended = None if state in (JobState.QUEUED, JobState.RUNNING) else now
    started = None if state == JobState.QUEUED else now - timedelta(seconds=30)
    defaults = {"kind": "counting", "key": f"counting-{Job.objects.count()}", "started_at": started}
    return Job.objects.create(state=state, finished_at=ended, **{**defaults, **values})


class TestList:
    def test_running_and_ended_ones_are_listed_apart(self, admin_client: Client) -> None:
        running, done = make_job(JobState.RUNNING, done=3, total=9), make_job(message="9 counted")
        context = admin_client.get("/jobs").context
        assert [line.job for line in context["active"]] == [running]
        assert [line.job for line in context["ended"]] == [done]

    def test_a_fragment_is_the_list_alone(self, admin_client: Client) -> None:
        make_job(JobState.RUNNING, done=3, total=9)
        page = admin_client.get("/jobs", headers=HTMX).content.decode()
        assert "<html" not in page
        assert 'max="9" value="3"' in page

    def test_more_jobs_cost_no_more_queries(
        self, admin_client: Client, django_assert_max_num_queries: Callable[[int], Any]
    ) -> None:
        for _ in range(20):
            make_job(asked_by=User.objects.first())
        with django_assert_max_num_queries(12):
            admin_client.get("/jobs")

    def test_an_empty_list_says_what_will_be_there(self, admin_client: Client) -> None:
        assert "No job has ended yet" in admin_client.get("/jobs").content.decode()


class TestOne:
    def test_it_tells_what_came_of_it(self, admin_client: Client) -> None:
        job = make_job(result={"new_artists": 1204, "notes": ["Bach: unreadable"], "message": "done", "id": "x"})
        page = admin_client.get(f"/jobs/{job.pk}").content.decode()
        assert "New artists" in page
        assert "1,204" in page
        assert "Bach: unreadable" in page

    def test_a_running_one_says_how_long_it_still_takes(self, admin_client: Client) -> None:
        job = make_job(JobState.RUNNING, done=10, total=40, attempts=1)
        page = admin_client.get(f"/jobs/{job.pk}").content.decode()
        assert "<dt>Left</dt><dd>about 1 min 30 s</dd>" in page
        assert "Running for" in page

    @pytest.mark.parametrize(
        "values", [{"done": 0}, {"done": 40}, {"total": None}, {"attempts": 2}, {"state": JobState.QUEUED}]
    )
    def test_where_nobody_can_say_how_long_nothing_is_said(self, admin_client: Client, values: dict[str, Any]) -> None:
        job = make_job(**{"state": JobState.RUNNING, "done": 10, "total": 40, "attempts": 1, **values})
        assert "Left" not in admin_client.get(f"/jobs/{job.pk}").content.decode()

    def test_a_failed_one_says_why(self, admin_client: Client) -> None:
        job = make_job(JobState.FAILED, error="the disk is full")
        assert "the disk is full" in admin_client.get(f"/jobs/{job.pk}").content.decode()

    def test_an_unknown_one_is_not_found(self, admin_client: Client) -> None:
        assert admin_client.get("/jobs/999").status_code == 404

    def test_one_that_runs_is_renewed_and_one_that_ended_is_not(self, admin_client: Client) -> None:
        running, done = make_job(JobState.RUNNING), make_job()
        assert b'data-live="operation.progress"' in admin_client.get(f"/jobs/{running.pk}", headers=HTMX).content
        assert b"data-live" not in admin_client.get(f"/jobs/{done.pk}", headers=HTMX).content


class TestVerbs:
    def test_cancelling_one_that_waits_ends_it(self, operator_client: Client) -> None:
        job = make_job(JobState.QUEUED)
        answer = operator_client.post(f"/jobs/{job.pk}/cancel")
        assert answer.headers["Location"] == f"/jobs/{job.pk}"
        job.refresh_from_db()
        assert job.state == JobState.CANCELLED

    def test_cancelling_a_running_one_asks_it_to_stop(self, admin_client: Client) -> None:
        job = make_job(JobState.RUNNING)
        answer = admin_client.post(f"/jobs/{job.pk}/cancel", headers=HTMX)
        assert answer.headers["HX-Redirect"] == f"/jobs/{job.pk}"
        job.refresh_from_db()
        assert job.cancel_requested
        assert "stopping" in admin_client.get("/jobs").content.decode()

    def test_a_failed_one_can_be_started_again_by_an_administrator(
        self, admin_client: Client, operator_client: Client
    ) -> None:
        job = make_job(JobState.FAILED, params={"library_id": 3})
        assert operator_client.post(f"/jobs/{job.pk}/again").status_code == 403
        admin_client.post(f"/jobs/{job.pk}/again")
        again = Job.objects.exclude(pk=job.pk).get()
        assert (again.kind, again.key, again.params) == (job.kind, job.key, job.params)


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.42, "0.4 s"), (12, "12 s"), (185, "3 min 5 s"), (7800, "2 h 10 min"), (-1, "0.0 s")]
)
def test_durations_are_short(seconds: float, words: str) -> None:
    assert duration(timedelta(seconds=seconds)) == words
