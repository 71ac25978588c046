"""Health and readiness, the documents of the API, the folder browser, and the jobs."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from django_q.models import Schedule
from pytest_django.fixtures import Settings

from stillwater import schedule, tasks
from stillwater.models import Job, JobState, User
from stillwater.services import health
from tests.operations import document

pytestmark = pytest.mark.django_db


class TestHealth:
    def test_it_answers_anybody(self, client: Client) -> None:
        body = client.get("/api/v1/health").json()
        assert body["status"] == "ok"
        assert set(body) == {"status", "version", "commit", "time"}

    def test_without_a_worker_it_is_not_ready(self, client: Client) -> None:
        response = client.get("/api/v1/health/ready")
        assert (response.status_code, response.json()["worker"]) == (503, "not running")

    def test_a_tick_that_was_done_proves_the_worker(self, client: Client) -> None:
        tasks.tick()
        assert client.get("/api/v1/health/ready").json() == {"status": "ok", "database": "ok", "worker": "ok"}
        schedule.note_tick(clock=lambda: time.time() - schedule.LATE - 1)
        assert client.get("/api/v1/health/ready").status_code == 503

    def test_a_tick_that_is_only_queued_proves_nothing(self, client: Client) -> None:
        tasks.schedule_tick()
        assert client.get("/api/v1/health/ready").json()["worker"] == "not running"

    def test_a_job_that_beats_proves_it_too(self, client: Client) -> None:
        Job.objects.create(kind="scan", key="scan", state=JobState.RUNNING, heartbeat_at=timezone.now())
        assert client.get("/api/v1/health/ready").json()["worker"] == "ok"

    def test_a_silent_database_is_said(self, monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
        class Silent:
            def cursor(self) -> None:
                raise DatabaseError("gone")

        monkeypatch.setattr(health, "connection", Silent())
        assert client.get("/api/v1/health/ready").json()["database"] == "not answering"


class TestDocuments:
    def test_the_document_is_the_one_of_the_api(self, client: Client, administrator: User) -> None:
        response = client.get("/api/v1/docs/openapi.yaml")
        assert response.headers["Content-Type"] == "application/yaml"
        told = yaml.load(response.content, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        assert json.loads(json.dumps(told)) == json.loads(json.dumps(document(), default=str))

    def test_the_page_takes_nothing_from_elsewhere(self, client: Client, administrator: User) -> None:
        page = client.get("/api/v1/docs").content.decode()
        assert "openapi.yaml" in page
        assert 'src="http' not in page
        assert 'href="http' not in page


class TestFolders:
    @pytest.fixture
    def music(self, tmp_path: Path, settings: Settings) -> Path:
        music = tmp_path / "music"
        (music / "Jazz").mkdir(parents=True)
        (tmp_path / "music-evil").mkdir()
        (music / "way out").symlink_to(tmp_path / "music-evil")
        settings.STILLWATER_BROWSE_ROOTS = [str(music)]
        return music

    def test_it_works(self, admin_client: Client, music: Path) -> None:
        body = admin_client.get("/api/v1/filesystem/browse", {"path": str(music)}).json()
        assert (body["path"], body["entries"]) == (str(music), ["Jazz"])

    def test_operators_may_not(self, operator_client: Client, music: Path) -> None:
        assert operator_client.get("/api/v1/filesystem/browse", {"path": str(music)}).status_code == 403

    @pytest.mark.parametrize(
        "path",
        [
            "/",
            "/etc",
            "{}/..",
            "{}/../music-evil",
            "{}-evil",
            "{}/way out",
            "{}/Jazz/../../music-evil",
            "//etc",
            "/proc",
        ],
    )
    def test_outside_the_roots_it_shows_nothing(self, admin_client: Client, music: Path, path: str) -> None:
        response = admin_client.get("/api/v1/filesystem/browse", {"path": path.format(music)})
        assert response.status_code in (400, 403)
        assert "entries" not in response.json()

    @pytest.mark.parametrize("path", ["\x00", "relative", "../..", "~"])
    def test_what_is_no_path_is_refused(self, admin_client: Client, music: Path, path: str) -> None:
        assert admin_client.get("/api/v1/filesystem/browse", {"path": path}).status_code in (400, 403)

    def test_a_folder_that_is_not_there_is_not_found(self, admin_client: Client, music: Path) -> None:
        assert admin_client.get("/api/v1/filesystem/browse", {"path": f"{music}/Rock"}).status_code == 404

    def test_a_name_that_no_file_system_takes_is_not_found(self, admin_client: Client, music: Path) -> None:
        for name in ("x" * 300, "é" * 200, "x/" * 3000):
            response = admin_client.get("/api/v1/filesystem/browse", {"path": f"{music}/{name}"})
            assert (response.status_code, response.json()) == (404, {"error": "folder not found"})

    def test_without_roots_nothing_is_shown(self, admin_client: Client, music: Path, settings: Settings) -> None:
        settings.STILLWATER_BROWSE_ROOTS = []
        assert admin_client.get("/api/v1/filesystem/browse", {"path": str(music)}).status_code == 403


class TestJobs:
    @pytest.fixture
    def job(self) -> Job:
        return Job.objects.create(kind="scan", key="scan", done=3, total=9, message="Bach")

    def test_they_are_listed_the_newest_first(self, admin_client: Client, job: Job) -> None:
        newer = Job.objects.create(kind="scan", key="other")
        assert [item["id"] for item in admin_client.get("/api/v1/jobs").json()] == [str(newer.pk), str(job.pk)]

    def test_one_says_how_far_it_is(self, admin_client: Client, job: Job) -> None:
        body = admin_client.get(f"/api/v1/jobs/{job.pk}").json()
        assert (body["state"], body["done"], body["total"], body["message"]) == ("queued", 3, 9, "Bach")

    def test_one_can_be_cancelled(self, admin_client: Client, job: Job) -> None:
        assert admin_client.post(f"/api/v1/jobs/{job.pk}/cancel").json()["state"] == "cancelled"

    @pytest.mark.parametrize("path", ["jobs/987654321", "jobs/x"])
    def test_an_unknown_one_is_not_found(self, admin_client: Client, path: str) -> None:
        response = admin_client.get(f"/api/v1/{path}")
        assert (response.status_code, response.json()) == (404, {"error": "job not found"})

    def test_listing_costs_the_same_however_many(
        self, admin_client: Client, job: Job, django_assert_max_num_queries: Any
    ) -> None:
        Job.objects.bulk_create(Job(kind="scan", key=str(number), state="done") for number in range(50))
        with django_assert_max_num_queries(4):
            admin_client.get("/api/v1/jobs")


class TestTick:
    def test_it_sweeps_and_calls_the_higher_floors(self, admin_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        called: list[str] = []

        def broken() -> None:
            called.append("broken")
            raise RuntimeError("broken")

        monkeypatch.setattr("stillwater.schedule._ticks", [broken, lambda: called.append("next")])
        tasks.tick()
        assert called == ["broken", "next"]
        assert admin_client.get("/api/v1/auth/me").status_code == 200

    def test_it_is_scheduled_once(self) -> None:
        tasks.schedule_tick()
        tasks.schedule_tick()
        assert Schedule.objects.filter(func=tasks.TICK).count() == 1
