"""Bulk jobs and bulk actions over REST: one at a time, followed, stopped, tried again, and unknown ids are skipped."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from artists.models import Artist, BulkItem, BulkJob
from artists.queries.filters import ArtistFilter
from artists.queries.selection import Selection
from artists.tasks.bulk_runs import BULK, start_bulk
from stillwater import jobs
from stillwater.models import Event, Job, JobState
from tests.builders import make_artist

pytestmark = pytest.mark.django_db

JSON = "application/json"


@pytest.fixture(autouse=True)
def queue(monkeypatch: pytest.MonkeyPatch, settings: Any) -> list[int]:
    """What would be handed to a worker."""
    settings.STILLWATER_JOBS_INLINE = False
    handed: list[int] = []
    monkeypatch.setattr(jobs, "async_task", lambda _name, job_id: handed.append(job_id))
    return handed


@pytest.fixture
def rest(admin_client: Client) -> Any:
    def call(method: str, path: str, body: Any = None) -> tuple[int, Any]:
        admin_client.get("/api/v1/health")
        headers = {"X-CSRF-Token": admin_client.cookies["csrf_token"].value}
        data = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        answer = admin_client.generic(method, f"/api/v1{path}", data, content_type=JSON, headers=headers)
        return answer.status_code, answer.json()

    return call


class TestFetchingMetadata:
    def test_starts_in_the_background(self, rest: Any) -> None:
        status, body = rest("POST", "/bulk/fetch-metadata", {})
        assert (status, body["status"], body["mode"], body["type"]) == (
            202,
            "pending",
            "prompt_no_match",
            "fetch_metadata",
        )

    def test_twice_is_one_job(self, rest: Any) -> None:
        rest("POST", "/bulk/fetch-metadata", {"mode": "yolo"})
        status, body = rest("POST", "/bulk/fetch-metadata", {"mode": "yolo"})
        assert (status, body) == (409, {"error": "another bulk job is still running"})
        assert (BulkJob.objects.count(), Job.objects.count()) == (1, 1)

    @pytest.mark.parametrize("body", [{"mode": "manual"}, {"artist_ids": []}, {"artist_ids": ["1"] * 1001}])
    def test_what_makes_no_sense_is_refused(self, rest: Any, body: dict[str, Any]) -> None:
        assert rest("POST", "/bulk/fetch-metadata", body)[0] == 400
        assert not Job.objects.exists()


class TestFetchingPictures:
    def test_starts_in_the_same_slot(self, rest: Any) -> None:
        assert rest("POST", "/bulk/fetch-images", {"mode": "auto_exact"})[1]["type"] == "fetch_images"
        assert rest("POST", "/bulk/fetch-metadata", {})[0] == 409
        assert rest("POST", "/bulk/fetch-images", {"mode": "manual"})[0] == 400


class TestABulkJob:
    def test_is_listed_and_read_with_its_items(self, rest: Any) -> None:
        make_artist("Done", musicbrainz_id="7d1e0c52-3b64-4f8a-9a17-52c0b6e4d901", biography="Words.")
        make_artist("Mara Field")
        bulk = start_bulk("fetch_metadata", slot=BULK)
        jobs.run(bulk.job_id)
        listed = rest("GET", "/bulk/jobs")[1]["jobs"]
        assert [(each["id"], each["status"]) for each in listed] == [(str(bulk.pk), "completed")]
        read = rest("GET", f"/bulk/jobs/{bulk.pk}")[1]
        assert {
            "total_items": 2,
            "processed_items": 2,
            "fixed_items": 0,
            "queued_items": 1,
            "skipped_items": 1,
            "failed_items": 0,
        }.items() <= read["job"].items()
        assert [(item["artist_name"], item["status"]) for item in read["items"]] == [
            ("Done", "skipped"),
            ("Mara Field", "queued"),
        ]
        assert (
            rest("GET", f"/bulk/jobs/{bulk.pk}?status=queued")[1]["items"][0]["message"] == "it has no MusicBrainz ID"
        )

    def test_nobody_has_is_not_found(self, rest: Any) -> None:
        assert rest("GET", "/bulk/jobs/4711") == (404, {"error": "bulk job not found"})

    def test_that_was_cancelled_is_canceled_never_completed(self, rest: Any) -> None:
        for number in range(3):
            make_artist(f"Act {number}")
        bulk = start_bulk("fetch_metadata", slot=BULK)
        assert rest("POST", f"/bulk/jobs/{bulk.pk}/cancel") == (200, {"status": "canceled"})
        jobs.run(bulk.job_id)
        assert rest("GET", f"/bulk/jobs/{bulk.pk}")[1]["job"]["status"] == "canceled"
        assert rest("POST", "/bulk/fetch-metadata", {})[0] == 202

    def test_tries_again_what_failed(self, rest: Any) -> None:
        artist = make_artist("Mara Field")
        bulk = start_bulk("fetch_metadata", "yolo", slot=BULK)
        Job.objects.filter(pk=bulk.job_id).update(state=JobState.DONE)
        assert rest("POST", f"/bulk/jobs/{bulk.pk}/retry")[0] == 409
        BulkItem.objects.create(bulk=bulk, artist=artist, artist_name=artist.name, status="failed")
        status, body = rest("POST", f"/bulk/jobs/{bulk.pk}/retry")
        again = BulkJob.objects.get(retry_of=bulk)
        assert (status, body["id"], body["mode"]) == (202, str(again.pk), "yolo")
        assert again.job.params["ids"] == [str(artist.pk)]

    def test_tells_its_pace_and_what_is_left(self, rest: Any) -> None:
        bulk = start_bulk("fetch_metadata", slot=BULK)
        now = timezone.now()
        Job.objects.filter(pk=bulk.job_id).update(state=JobState.RUNNING, started_at=now)
        BulkJob.objects.filter(pk=bulk.pk).update(planned=True)
        for number in range(8):
            artist = make_artist(f"Act {number}")
            done = {"status": "done", "started_at": now, "finished_at": now} if number < 2 else {}
            BulkItem.objects.create(bulk=bulk, artist=artist, artist_name=artist.name, **done)
        job = rest("GET", f"/bulk/jobs/{bulk.pk}")[1]["job"]
        assert (job["processed_items"], job["total_items"], job["status"]) == (2, 8, "running")
        assert job["seconds_left"] > 0


class TestBulkActions:
    def test_are_idle_at_first(self, rest: Any) -> None:
        assert rest("GET", "/artists/bulk-actions/status")[1]["status"] == "idle"
        assert rest("POST", "/artists/bulk-actions/cancel") == (409, {"error": "no bulk action is running"})

    def test_lock_and_count_who_is_unknown_as_skipped(self, rest: Any, django_capture_on_commit_callbacks: Any) -> None:
        artist = make_artist()
        status, body = rest("POST", "/artists/bulk-actions", {"action": "lock", "ids": [str(artist.pk), "4711", "x-y"]})
        assert (status, body) == (202, {"status": "running", "action": "lock", "total": 3})
        with django_capture_on_commit_callbacks(execute=True):
            jobs.run(Job.objects.get().pk)
        told = rest("GET", "/artists/bulk-actions/status")[1]
        assert (told["status"], told["succeeded"], told["skipped"], told["processed"]) == ("completed", 1, 2, 3)
        artist.refresh_from_db()
        assert artist.locked
        ended = Event.objects.get(name="bulk.completed").payload
        assert ended["counts"]["done"] == 1
        assert (ended["status"], ended["total_items"], ended["failed_items"]) == (
            "completed",
            ended["processed_items"],
            0,
        )

    @pytest.mark.parametrize("action", ["run_rules", "scan"])
    def test_check_the_rules(self, rest: Any, action: str) -> None:
        artist = make_artist()
        rest("POST", "/artists/bulk-actions", {"action": action, "ids": [str(artist.pk)]})
        jobs.run(Job.objects.get().pk)
        artist.refresh_from_db()
        assert artist.health_evaluated_at
        assert rest("GET", "/artists/bulk-actions/status")[1]["succeeded"] == 1

    def test_reach_all_that_a_filter_matches(self, rest: Any) -> None:
        for number in range(3):
            make_artist(f"Act {number}")
        token = Selection.of(ArtistFilter()).token
        assert rest("POST", "/artists/bulk-actions", {"action": "lock", "selection": token})[1]["total"] == 3
        jobs.run(Job.objects.get().pk)
        assert Artist.objects.filter(locked=True).count() == 3

    def test_go_one_at_a_time(self, rest: Any) -> None:
        rest("POST", "/artists/bulk-actions", {"action": "lock", "ids": ["1"]})
        status, body = rest("POST", "/artists/bulk-actions", {"action": "unlock", "ids": ["1"]})
        assert (status, body["status"]) == (409, "running")
        assert rest("POST", "/artists/bulk-actions/cancel") == (200, {"status": "canceling"})

    def test_re_identify_is_another_word(self, rest: Any) -> None:
        assert rest("POST", "/artists/bulk-actions", {"action": "re_identify", "ids": ["1"]})[1]["action"] == (
            "re_identify_auto"
        )
        assert BulkJob.objects.get().mode == "auto_similar"

    @pytest.mark.parametrize(
        "body",
        [
            {"action": "lock"},
            {"action": "lock", "ids": []},
            {"action": "dance", "ids": ["1"]},
            {"action": "fetch_metadata", "ids": ["1"]},
            {"action": "lock", "ids": ["../1"]},
            {"action": "lock", "ids": ["1"] * 1001},
            {"action": "lock", "ids": ["1"], "more": 1},
            {"action": "lock", "selection": "mine"},
            b'{"action": "lock", "ids": ["1"]} trailing',
        ],
    )
    def test_what_makes_no_sense_is_refused(self, rest: Any, body: Any) -> None:
        assert rest("POST", "/artists/bulk-actions", body)[0] == 400
        assert not Job.objects.exists()
