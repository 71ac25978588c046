"""Work that nobody waits for runs like any other, but neither the dock nor the list of jobs shows it."""

from typing import Any

import pytest
from django.test import Client

from stillwater import jobs
from stillwater.models import Event, Job, JobState
from stillwater.progress import Progress

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_kinds", dict(jobs._kinds))
    jobs.job("told", "Taking notes")(_work)
    jobs.job("untold", "Looking ahead", quiet=True)(_work)


def _work(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    return {"message": "done"}


@pytest.mark.parametrize(("kind", "is_told"), [("told", True), ("untold", False)])
def test_only_work_that_is_not_quiet_is_told(
    kind: str, is_told: bool, admin_client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job, _ = jobs.start(kind)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    told = Event.objects.filter(name="operation.progress").values_list("payload", flat=True)
    assert {payload["quiet"] for payload in told} == {not is_told}
    page = admin_client.get("/jobs").content.decode()
    assert (jobs.label(kind) in page) is is_told
    assert Job.objects.count() == 1
