"""Rules over REST: listed, changed, run."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from rules.models import RuleSetting, Violation
from stillwater.models import Job, JobState
from tests.builders import make_artist
from tests.rules.calls import call


class TestRules:
    def test_the_list(self, operator_client: Client) -> None:
        code, answer = call(operator_client, "GET", "/rules")
        assert code == 200
        assert answer["has_local_library"] is False
        square = next(rule for rule in answer["rules"] if rule["id"] == "thumb_square")
        own = {"aspect_ratio": 1.0, "tolerance": 0.1, "select_best_candidate": False}
        assert square["config"] == {"severity": "warning", **own}
        assert square["automation_mode"] == "auto"

    def test_a_change_and_its_refusals(self, admin_client: Client) -> None:
        code, answer = call(admin_client, "PUT", "/rules/bio_exists", {"config": {"min_length": 80}})
        assert (code, answer["config"]) == (200, {"severity": "warning", "min_length": 80})
        code, answer = call(admin_client, "PUT", "/rules/bio_exists", {"config": {"min_length": 0}})
        assert (code, answer["error"]) == (400, "min_length must be a whole number from 1 to 100000")
        assert call(admin_client, "PUT", "/rules/shoe_size", {}) == (404, {"error": "rule not found"})
        assert call(admin_client, "PUT", "/rules/bio_exists", {"automation_mode": "odd"})[0] == 400
        call(admin_client, "PUT", "/rules/nfo_exists", {"enabled": False})
        assert call(admin_client, "PUT", "/rules/nfo_exists", {"enabled": True})[0] == 409

    @pytest.mark.parametrize(
        ("rule", "config"),
        [
            ("logo_padding", {"threshold_percent": 20, "trim_margin": 4}),
            ("fanart_min_res", {"min_width": 1280, "min_height": 720, "select_best_candidate": True}),
            ("discography_populated", {"coverage_threshold": 60, "release_types": "Album,Single"}),
        ],
    )
    def test_every_key_of_the_contract_is_stored(self, admin_client: Client, rule: str, config: dict[str, Any]) -> None:
        code, answer = call(admin_client, "PUT", f"/rules/{rule}", {"config": config})
        assert (code, answer["config"].items() >= config.items()) == (200, True)
        assert RuleSetting.objects.get(pk=rule).config.items() >= config.items()

    def test_operators_may_not_change_rules(self, operator_client: Client) -> None:
        assert call(operator_client, "PUT", "/rules/bio_exists", {"enabled": False})[0] == 403
        assert RuleSetting.objects.get(pk="bio_exists").enabled

    def test_the_classical_mode(self, admin_client: Client) -> None:
        assert call(admin_client, "GET", "/rules/classical-mode") == (200, {"mode": "skip"})
        assert call(admin_client, "PUT", "/rules/classical-mode", {"mode": "composer"}) == (200, {"mode": "composer"})
        assert call(admin_client, "PUT", "/rules/classical-mode", {"mode": "loud"})[0] == 400

    def test_the_clock(self, operator_client: Client) -> None:
        code, answer = call(operator_client, "GET", "/rules/status")
        assert (code, answer["scheduler_enabled"], answer["next_evaluation_at"]) == (200, False, None)

    def test_a_run_and_its_status(
        self, operator_client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        assert call(operator_client, "GET", "/rules/run-all/status")[1]["status"] == "idle"
        make_artist()
        with django_capture_on_commit_callbacks(execute=True):
            code, answer = call(operator_client, "POST", "/rules/run-all?scope=all")
        assert (code, answer["running"], answer["scope"]) == (202, True, "all")
        answer = call(operator_client, "GET", "/rules/run-all/status")[1]
        assert (answer["status"], answer["artists_processed"], answer["artists_total"]) == ("completed", 1, 1)
        assert answer["violations_found"] == Violation.objects.count()
        assert call(operator_client, "GET", "/rules/status")[1]["last_evaluation_at"]

    def test_one_run_at_a_time(self, operator_client: Client) -> None:
        assert call(operator_client, "POST", "/rules/bio_exists/run")[0] == 202
        assert call(operator_client, "POST", "/rules/run-all")[0] == 409
        assert Job.objects.filter(kind="evaluate").count() == 1

    @pytest.mark.parametrize(
        ("path", "code"),
        [("/rules/run-all?scope=some", 400), ("/rules/bio_exists/run?scope=x", 400), ("/rules/shoe_size/run", 404)],
    )
    def test_refused_runs(self, operator_client: Client, path: str, code: int) -> None:
        assert call(operator_client, "POST", path)[0] == code

    def test_a_failed_run_says_why(self, operator_client: Client) -> None:
        Job.objects.create(kind="evaluate", key="evaluate", state=JobState.FAILED, error="disk full")
        answer = call(operator_client, "GET", "/rules/run-all/status")[1]
        assert (answer["status"], answer["error"], answer["running"]) == ("failed", "disk full", False)
