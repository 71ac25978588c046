"""The admin's actions on findings, rules and artists call the same verbs as every other door."""

from pathlib import Path

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from artists.models import Artist, BulkJob, Operation
from rules.models import RuleSetting, Status, Violation
from rules.services.evaluation import evaluate
from stillwater.models import User
from tests.rules.findings import finding_of

pytestmark = pytest.mark.django_db


def run(client: Client, action: str, *rows: Model) -> str:
    options = rows[0]._meta
    url = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    body = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(url, body, follow=True).content.decode()


def test_findings_are_fixed_and_who_did_it_is_known(admin_client: Client, administrator: User, mara: Artist) -> None:
    evaluate()
    text = run(admin_client, "fix", finding_of("nfo_exists"), finding_of("bio_exists"))
    assert "Fixed: 1" in text
    assert "Refused 1: artist has no MusicBrainz ID" in text
    assert (Path(mara.path) / "artist.nfo").exists()
    assert Operation.objects.get().actor == administrator


def test_findings_are_dismissed_and_opened_again(admin_client: Client, mara: Artist) -> None:
    evaluate()
    assert "Dismissed: 1" in run(admin_client, "dismiss", finding_of("bio_exists"))
    assert finding_of("bio_exists").status == Status.DISMISSED
    assert "Opened again: 1" in run(admin_client, "reopen", finding_of("bio_exists"))
    assert finding_of("bio_exists").status == Status.OPEN


def test_chosen_rules_are_checked(admin_client: Client, mara: Artist) -> None:
    rules = list(RuleSetting.objects.filter(pk__in=("nfo_exists", "bio_exists")))
    assert "Checked: 1" in run(admin_client, "check_now", *rules)
    assert set(Violation.objects.values_list("rule", flat=True)) == {"nfo_exists", "bio_exists"}


def test_a_rule_that_is_off_is_refused_with_the_reason(admin_client: Client, mara: Artist) -> None:
    text = run(admin_client, "check_now", RuleSetting.objects.get(pk="origin_missing"))
    assert "Refused 1: this rule is switched off" in text


@pytest.mark.parametrize(("action", "kind"), [("check_rules", "run_rules"), ("refresh", "refresh")])
def test_artists_are_worked_on_as_one_run(admin_client: Client, mara: Artist, action: str, kind: str) -> None:
    assert "Runs started: 1" in run(admin_client, action, mara)
    assert BulkJob.objects.get().type == kind
