"""Fixes over REST: one, many, undone, chosen."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from rules.models import Violation
from rules.services.evaluation import evaluate
from stillwater.models import Job
from tests.builders import make_artist, make_library
from tests.rules.calls import call


class TestFixes:
    @pytest.fixture
    def folder(self, db: None, tmp_path: Path) -> Path:
        folder = tmp_path / "music" / "Mara Field"
        folder.mkdir(parents=True)
        make_artist(library=make_library(path=folder.parent), path=str(folder))
        evaluate(["nfo_exists", "thumb_exists"])
        return folder

    def test_fix_and_undo(self, operator_client: Client, folder: Path) -> None:
        key = Violation.objects.get(rule="nfo_exists").pk
        code, answer = call(operator_client, "POST", f"/notifications/{key}/fix")
        assert (code, answer["status"], answer["undo_expires_in"]) == (200, "fixed", 30)
        assert (folder / "artist.nfo").exists()
        undo = f"/fix-undo/{answer['undo_id']}"
        assert call(operator_client, "POST", undo)[1]["status"] == "reverted"
        assert not (folder / "artist.nfo").exists()
        assert call(operator_client, "POST", undo)[0] == 410

    def test_what_cannot_be_fixed_says_so(self, operator_client: Client, folder: Path) -> None:
        key = Violation.objects.get(rule="thumb_exists").pk
        code, answer = call(operator_client, "POST", f"/notifications/{key}/fix")
        assert (code, answer["status"], answer["undo_id"]) == (200, "failed", "")
        assert answer["message"] == "artist has no MusicBrainz ID, by which providers are asked"

    def test_fix_all(
        self,
        operator_client: Client,
        folder: Path,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        assert call(operator_client, "GET", "/notifications/fix-all/status")[1]["status"] == "idle"
        with django_capture_on_commit_callbacks(execute=True):
            assert call(operator_client, "POST", "/notifications/fix-all") == (
                202,
                {"status": "running", "message": "", "total": 2},
            )
        status = call(operator_client, "GET", "/notifications/fix-all/status")[1]
        assert (status["status"], status["fixed"], status["failed"]) == ("completed", 1, 0)
        assert status["skipped"] == 1, "the thumbnail, for want of an ID"
        Violation.objects.all().delete()
        code, answer = call(operator_client, "POST", "/notifications/fix-all")
        assert (code, answer["status"], answer["total"]) == (200, "completed", 0)

    def test_a_dry_run_tells_the_numbers_and_does_nothing(self, operator_client: Client, folder: Path) -> None:
        code, answer = call(operator_client, "POST", "/notifications/fix-all?dry_run=true")
        assert (code, answer["status"], answer["total"]) == (200, "dry_run", 2)
        plan = answer["plan"]
        assert (plan["fixable"], plan["without_id"], plan["locked"], plan["asking"]) == (1, 1, 0, 0)
        key = Violation.objects.get(rule="thumb_exists").pk
        named = call(operator_client, "POST", "/notifications/fix-all?dry_run=true", {"ids": [str(key), "x"]})[1]
        assert (named["total"], named["plan"]["fixable"]) == (1, 0)
        assert not Job.objects.exists()
        assert not (folder / "artist.nfo").exists()

    def test_a_filters_worth_is_fixed_and_nothing_else(
        self,
        operator_client: Client,
        folder: Path,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        url = "/notifications/fix-all?rule_id=nfo_exists"
        assert call(operator_client, "POST", f"{url}&dry_run=true")[1]["total"] == 1
        with django_capture_on_commit_callbacks(execute=True):
            assert call(operator_client, "POST", url) == (202, {"status": "running", "message": "", "total": 1})
        assert (folder / "artist.nfo").exists()
        assert call(operator_client, "POST", "/notifications/fix-all?search=nobody")[1]["total"] == 0

    def test_names_and_a_filter_at_once_are_refused(self, operator_client: Client, folder: Path) -> None:
        url = "/notifications/fix-all?rule_id=nfo_exists"
        assert call(operator_client, "POST", url, {"ids": ["1"]})[0] == 400
        assert call(operator_client, "POST", "/notifications/fix-all?severity=odd")[0] == 400

    def test_one_fix_all_at_a_time(self, operator_client: Client, folder: Path) -> None:
        call(operator_client, "POST", "/notifications/fix-all")
        code, answer = call(operator_client, "POST", "/notifications/fix-all")
        assert (code, answer["status"]) == (409, "running")

    def test_candidates_are_refused_unless_a_choice_is_pending(self, operator_client: Client, folder: Path) -> None:
        key = Violation.objects.get(rule="thumb_exists").pk
        body = {"url": "https://example.org/a.jpg", "image_type": "thumb"}
        assert call(operator_client, "POST", f"/notifications/{key}/apply-candidate", body)[0] == 400
        assert call(operator_client, "POST", f"/notifications/{key}/apply-candidate", {"url": "x"})[0] == 400
