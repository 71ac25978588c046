"""The settings: real forms made from the registry, for administrators only."""

import pytest
from django.test import Client

from stillwater.option_registry import REGISTRY
from stillwater.services.options import change_options, option
from stillwater.views.settings import SECTIONS

pytestmark = pytest.mark.django_db

RULES = {
    "rule.classical_mode": "skip",
    "rule_schedule.interval_minutes": "0",
    "notif_badge_enabled": "true",
    "notif_badge_severity_error": "true",
    "notif_badge_severity_warning": "true",
}


def test_the_settings_open_on_their_first_section(admin_client: Client) -> None:
    page = admin_client.get("/settings", follow=True)
    assert page.redirect_chain == [("/settings/rules", 302)]


@pytest.mark.parametrize("path", ["/settings", "/settings/rules", "/settings/nfo-output", "/settings/file-names"])
def test_operators_may_not_open_them(operator_client: Client, path: str) -> None:
    answer = operator_client.get(path)
    assert answer.status_code == 403
    assert "administrator" in answer.content.decode()


def test_every_option_with_a_label_has_a_section_and_a_control(admin_client: Client) -> None:
    labelled = [spec for spec in REGISTRY if spec.label]
    assert {spec.section for spec in labelled} == set(SECTIONS)
    pages = {section: admin_client.get(f"/settings/{section}").content.decode() for section in SECTIONS}
    assert [spec.key for spec in labelled if f'name="{spec.key}"' not in pages[spec.section]] == []


def test_choices_have_as_many_names_as_values() -> None:
    assert [spec.key for spec in REGISTRY if spec.choice_labels and len(spec.choice_labels) != len(spec.choices)] == []


def test_saving_stores_all_and_comes_back(admin_client: Client) -> None:
    answer = admin_client.post("/settings/rules", {**RULES, "rule_schedule.interval_minutes": "60"})
    assert answer.headers["Location"] == "/settings/rules"
    assert option("rule_schedule.interval_minutes") == "60"
    assert option("notif_badge_severity_info") == "false"


def test_a_switch_that_is_not_sent_is_off(admin_client: Client) -> None:
    admin_client.post("/settings/rules", {key: RULES[key] for key in list(RULES)[:2]})
    assert option("notif_badge_enabled") == "false"


def test_one_wrong_value_stores_nothing_and_keeps_what_was_typed(admin_client: Client) -> None:
    typed = {**RULES, "rule_schedule.interval_minutes": "3", "rule.classical_mode": "composer"}
    answer = admin_client.post("/settings/rules", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="3"' in page
    assert "This must be a whole number: 0 or 5 to 525600." in page
    assert page.count("autofocus") == page.count("autofocus>Cancel") + 1
    assert option("rule.classical_mode") == "skip"


def test_what_differs_from_its_default_is_marked_and_can_go_back(admin_client: Client) -> None:
    change_options({"rule.classical_mode": "composer"})
    page = admin_client.get("/settings/rules").content.decode()
    assert page.count('name="reset"') == 1
    assert "Back to Leave them unchecked" in page
    admin_client.post("/settings/rules", {**RULES, "reset": "rule.classical_mode"})
    assert option("rule.classical_mode") == "skip"
