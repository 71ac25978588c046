"""Runs in the background, by the clock, and at once where something changed."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from rules import tasks
from rules.models import Violation
from rules.services.rules import update_rule
from stillwater import events, jobs
from stillwater.models import Job, JobState
from stillwater.services.options import change_options
from tests.builders import make_artist, make_library

pytestmark = pytest.mark.django_db


class TestRuns:
    def test_a_run_evaluates_and_mends_what_is_automatic(
        self, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        folder = tmp_path / "music" / "Mara Field"
        folder.mkdir(parents=True)
        make_artist(library=make_library(path=folder.parent), path=str(folder))
        with django_capture_on_commit_callbacks(execute=True):
            job, is_new = tasks.start_evaluation()
        job.refresh_from_db()
        assert is_new
        assert (job.state, job.result["processed"]) == (JobState.DONE, 1)
        fixes = Job.objects.get(pk=job.result["fix_job"])
        assert (fixes.state, fixes.result["fixed"]) == (JobState.DONE, 1)
        assert (folder / "artist.nfo").exists()

    def test_a_run_in_manual_mode_writes_no_file(
        self, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        update_rule("nfo_exists", automation_mode="manual")
        folder = tmp_path / "music" / "Mara Field"
        folder.mkdir(parents=True)
        make_artist(library=make_library(path=folder.parent), path=str(folder))
        with django_capture_on_commit_callbacks(execute=True):
            tasks.start_evaluation()
        assert not (folder / "artist.nfo").exists()
        assert Violation.objects.filter(rule="nfo_exists", status="open").exists()

    def test_runs_of_one_rule_and_of_all_share_one_slot(self) -> None:
        first, _new = tasks.start_evaluation("bio_exists")
        second, is_new = tasks.start_evaluation()
        assert (second.pk, is_new) == (first.pk, False)


class TestClock:
    def test_zero_minutes_means_never(self) -> None:
        assert tasks.next_evaluation_at(timezone.now()) is None
        assert not tasks.due(timezone.now())

    def test_a_finished_run_of_all_rules_restarts_the_wait(self) -> None:
        change_options({"rule_schedule.interval_minutes": 60})
        now = timezone.now()
        assert tasks.due(now)
        ended = now - timedelta(minutes=20)
        Job.objects.create(kind="evaluate", key="a", params={"rule_id": ""}, state=JobState.DONE, finished_at=ended)
        Job.objects.create(
            kind="evaluate", key="b", params={"rule_id": "bio_exists"}, state=JobState.DONE, finished_at=now
        )
        assert tasks.next_evaluation_at(now) == ended + timedelta(minutes=60)
        assert not tasks.due(now)
        assert tasks.due(now + timedelta(minutes=40))

    def test_the_tick_starts_one_run_of_everything(self) -> None:
        change_options({"rule_schedule.interval_minutes": 5})
        tasks.tick()
        tasks.tick()
        assert Job.objects.get(kind="evaluate").params == {"rule_id": "", "scope": "all", "fix": True}


class TestEvents:
    @pytest.mark.parametrize("name", ["artists.scanned", "images.fingerprinted"])
    def test_what_was_scanned_is_evaluated_at_once(
        self, name: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        first, second = make_artist("First"), make_artist("Second")
        make_artist("Third")
        with django_capture_on_commit_callbacks(execute=True):
            events.publish(name, {"artist_ids": [first.pk, str(second.pk)]})
        assert set(Violation.objects.values_list("artist_name", flat=True)) == {"First", "Second"}

    def test_an_edit_resolves_its_finding(
        self, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        artist = make_artist()
        with django_capture_on_commit_callbacks(execute=True):
            events.publish("artist.updated", {"artist_id": str(artist.pk)})
        artist.biography = "She sang in every harbour of the northern sea."
        artist.save()
        with django_capture_on_commit_callbacks(execute=True):
            events.publish("artist.updated", {"artist_id": str(artist.pk)})
        assert Violation.objects.get(rule="bio_exists").status == "resolved"

    def test_the_namesake_of_a_changed_artist_is_told_too(
        self, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        first = make_artist("First", musicbrainz_id="same")
        with django_capture_on_commit_callbacks(execute=True):
            events.publish("artists.scanned", {"artist_ids": [first.pk]})
        second = make_artist("Second", musicbrainz_id="same")
        with django_capture_on_commit_callbacks(execute=True):
            events.publish("artists.scanned", {"artist_ids": [second.pk]})
        doubles = Violation.objects.filter(rule="mbid_duplicate")
        assert {row.artist_name: row.status for row in doubles} == {"First": "open", "Second": "open"}
        second.musicbrainz_id = "other"
        second.save()
        with django_capture_on_commit_callbacks(execute=True):
            events.publish("artist.updated", {"artist_id": str(second.pk)})
        assert {row.artist_name: row.status for row in doubles.all()} == {"First": "resolved", "Second": "resolved"}

    def test_a_removed_library_takes_the_findings_of_its_artists_along(
        self, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        artist = make_artist()
        with django_capture_on_commit_callbacks(execute=True):
            events.publish("artists.scanned", {"artist_ids": [artist.pk]})
            events.publish("library.removed", {"artist_ids": [artist.pk]})
        assert set(Violation.objects.values_list("status", flat=True)) == {"dismissed"}


@pytest.mark.parametrize(
    "kind", ["fix", "fingerprint", "read_tags", "scan", "identify", "undo", "check_mbids", "bulk", "populate"]
)
def test_work_of_hours_outlives_fifty_restarts_and_does_not_go_on_for_ever(kind: str) -> None:
    silent = timezone.now() - jobs.STALE_AFTER - timedelta(seconds=1)
    assert jobs.label(kind) != kind, "it is a kind of work"
    for attempts, state in ((51, JobState.QUEUED), (jobs.LONG_WORK, JobState.FAILED)):
        job = Job.objects.create(kind=kind, key=kind, state="running", heartbeat_at=silent, attempts=attempts)
        jobs.sweep()
        job.refresh_from_db()
        assert job.state == state
        job.delete()
