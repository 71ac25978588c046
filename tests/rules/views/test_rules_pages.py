"""The rules page: switch, configure with typed text kept, check now, the clock; who may do what."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rules.catalogue import RULES
from rules.models import RuleSetting, Status
from rules.services.rules import classical_mode, update_rule
from stillwater.models import Job
from stillwater.services.options import option_number
from tests.builders import make_artist, make_library
from tests.rules.views.finding_builders import HTMX, make_finding

pytestmark = pytest.mark.django_db

CHANGES = ("rules:switch", "rules:configure")


def setting(rule: str) -> RuleSetting:
    return RuleSetting.objects.get(pk=rule)


class TestPage:
    def test_it_lists_every_rule_with_its_findings(self, admin_client: Client) -> None:
        make_finding()
        text = admin_client.get(reverse("rules:index")).content.decode()
        for rule in RULES:
            assert f'id="rule-{rule.id}"' in text
        assert 'title="Findings">1<' in text

    def test_an_operator_reads_it_with_the_reason_and_may_start_a_check(self, operator_client: Client) -> None:
        text = operator_client.get(reverse("rules:index")).content.decode()
        assert "Only administrators change rules" in text
        assert reverse("rules:configure", args=["bio_exists"]) not in text
        assert reverse("rules:run") in text

    def test_the_number_of_queries_does_not_grow_with_the_findings(
        self, admin_client: Client, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(30):
            make_finding(make_artist(f"Artist {number}"))
        with django_assert_max_num_queries(16):
            admin_client.get(reverse("rules:index"))


class TestSwitch:
    def test_off_resolves_its_findings(self, admin_client: Client) -> None:
        finding = make_finding()
        text = admin_client.post(reverse("rules:switch", args=["bio_exists"]), {}, **HTMX).content.decode()
        finding.refresh_from_db()
        assert not setting("bio_exists").enabled
        assert finding.status == Status.RESOLVED
        assert 'id="rule-bio_exists"' in text

    def test_on_again(self, admin_client: Client) -> None:
        admin_client.post(reverse("rules:switch", args=["banner_exists"]), {"enabled": "on"}, **HTMX)
        assert setting("banner_exists").enabled

    def test_a_rule_about_files_needs_a_library_with_a_folder(self, admin_client: Client) -> None:
        make_library("Server", "")
        RuleSetting.objects.filter(pk="nfo_exists").update(enabled=False)
        response = admin_client.post(reverse("rules:switch", args=["nfo_exists"]), {"enabled": "on"}, **HTMX)
        assert response.status_code == 422
        assert "no library has a folder" in response.content.decode()
        assert not setting("nfo_exists").enabled

    def test_without_scripts_it_comes_back_to_the_rule(self, admin_client: Client) -> None:
        response = admin_client.post(reverse("rules:switch", args=["bio_exists"]), {})
        assert response["Location"] == f"{reverse('rules:index')}#rule-bio_exists"

    def test_operators_may_not(self, operator_client: Client) -> None:
        for name in CHANGES:
            assert operator_client.post(reverse(name, args=["bio_exists"]), {}).status_code == 403
        assert operator_client.post(reverse("rules:schedule"), {}).status_code == 403
        assert setting("bio_exists").enabled


class TestConfigure:
    def test_it_saves_mode_and_settings(self, admin_client: Client) -> None:
        data = {"severity": "error", "min_width": "800", "min_height": "600", "automation_mode": "manual"}
        admin_client.post(reverse("rules:configure", args=["thumb_min_res"]), data, **HTMX)
        sizes = {"min_width": 800, "min_height": 600}
        assert setting("thumb_min_res").config == {"severity": "error", **sizes, "select_best_candidate": False}
        admin_client.post(
            reverse("rules:configure", args=["nfo_exists"]), {"automation_mode": "manual", "severity": "error"}, **HTMX
        )
        assert setting("nfo_exists").automation_mode == "manual"

    def test_a_bad_value_keeps_what_was_typed_with_the_reason(self, admin_client: Client) -> None:
        before = setting("thumb_min_res").config
        data = {"severity": "error", "min_width": "99999", "min_height": "many"}
        response = admin_client.post(reverse("rules:configure", args=["thumb_min_res"]), data, **HTMX)
        text = response.content.decode()
        assert response.status_code == 422
        assert 'value="99999"' in text
        assert 'value="many"' in text
        assert text.count("data-focus-here") == 1
        assert setting("thumb_min_res").config == before

    def test_without_scripts_a_bad_value_is_a_page_with_the_same_form(self, admin_client: Client) -> None:
        data = {"severity": "error", "min_width": "0", "min_height": "1"}
        response = admin_client.post(reverse("rules:configure", args=["thumb_min_res"]), data)
        assert response.status_code == 422
        assert "<h1>Thumbnail is large enough</h1>" in response.content.decode()

    def test_every_rule_has_a_form_that_takes_its_own_values(self, admin_client: Client) -> None:
        for rule in RULES:
            boxes = {each.key: each.default.split(",") for each in rule.settings if each.kind == "words"}
            values = {key: value for key, value in rule.defaults().items() if value is not False} | boxes
            response = admin_client.post(
                reverse("rules:configure", args=[rule.id]), {"automation_mode": "manual", **values}, **HTMX
            )
            assert response.status_code == 200, (rule.id, response.content.decode())
            assert setting(rule.id).config == rule.defaults()

    def test_an_unknown_rule_is_not_found(self, admin_client: Client) -> None:
        assert admin_client.post(reverse("rules:configure", args=["no_such"]), {}).status_code == 404


class TestRun:
    def test_an_operator_starts_a_check_of_everything(
        self, operator_client: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        make_artist("Mara", path="/music/Mara")
        with django_capture_on_commit_callbacks(execute=True):
            operator_client.post(reverse("rules:run"), {"scope": "all"}, **HTMX)
        job = Job.objects.get(kind="evaluate")
        assert (job.state, job.params["scope"]) == ("done", "all")
        assert "1 artist looked at" in operator_client.get(reverse("rules:run_state")).content.decode()

    def test_a_second_one_joins_the_first(self, admin_client: Client) -> None:
        admin_client.post(reverse("rules:run"), {"scope": "all"})
        response = admin_client.post(reverse("rules:run"), {"scope": "all"}, **HTMX)
        assert "running already" in response["HX-Trigger"]
        assert Job.objects.filter(kind="evaluate").count() == 1

    def test_a_rule_that_is_off_cannot_be_checked(self, admin_client: Client) -> None:
        assert admin_client.post(reverse("rules:run"), {"rule_id": "banner_exists"}, **HTMX).status_code == 409
        assert admin_client.post(reverse("rules:run"), {"scope": "some"}, **HTMX).status_code == 400
        assert not Job.objects.exists()


class TestClock:
    def test_it_saves(self, admin_client: Client) -> None:
        admin_client.post(reverse("rules:schedule"), {"interval_minutes": "60", "classical_mode": "composer"}, **HTMX)
        assert (option_number("rule_schedule.interval_minutes"), classical_mode()) == (60, "composer")

    def test_too_often_is_refused(self, admin_client: Client) -> None:
        data = {"interval_minutes": "3", "classical_mode": "skip"}
        response = admin_client.post(reverse("rules:schedule"), data, **HTMX)
        assert response.status_code == 422
        assert "At least 5 minutes, or 0." in response.content.decode()
        assert option_number("rule_schedule.interval_minutes") == 0


class TestOneRule:
    def test_it_tells_who_breaks_it_and_the_pass_rate(self, admin_client: Client) -> None:
        for number in range(4):
            make_artist(f"Artist {number}", health_evaluated_at="2026-01-01T00:00Z")
        make_finding(make_artist("Mara", health_evaluated_at="2026-01-01T00:00Z"))
        text = admin_client.get(reverse("rules:rule", args=["bio_exists"])).content.decode()
        assert "80 %" in text
        assert "4 of 5 artists hold it" in text
        assert "Mara" in text

    def test_an_unknown_rule_is_not_found(self, admin_client: Client) -> None:
        assert admin_client.get(reverse("rules:rule", args=["no_such"])).status_code == 404


def test_the_page_says_how_many_rules_a_check_fixes_alone_and_names_them_in_a_fold(admin_client: Client) -> None:
    names = fixed_alone(admin_client)
    assert "NFO file exists" in names
    assert f"A check also fixes alone what {len(names)} rules find</summary>" in admin_client.get("/rules").text
    update_rule("nfo_exists", automation_mode="manual")
    assert fixed_alone(admin_client) == [name for name in names if name != "NFO file exists"]


def test_one_rule_that_is_fixed_alone_is_said_in_the_singular_and_none_not_at_all(admin_client: Client) -> None:
    RuleSetting.objects.exclude(pk="nfo_exists").update(automation_mode="manual")
    assert "fixes alone what 1 rule finds</summary>" in admin_client.get("/rules").text
    update_rule("nfo_exists", automation_mode="manual")
    assert "fixes-alone" not in admin_client.get("/rules").text


def fixed_alone(client: Client) -> list[str]:
    """The names within the fold."""
    fold = client.get("/rules").text.partition('id="fixes-alone"')[2].partition("</details>")[0]
    return re.findall("<li>(.*?)</li>", fold)
