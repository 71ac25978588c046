"""Pass rates, found and resolved, what automation changed and whom it identified: each with table, CSV and way back."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from artists.models import Artist, Membership, MetadataChange, Operation
from artists.services.operations import operation
from rules.models import RuleSetting, Status
from rules.reports.rates import library_rates, rate_of, rule_rates
from rules.services.rules import rule_state
from tests.builders import make_artist, make_library
from tests.rules.views.finding_builders import make_finding

pytestmark = pytest.mark.django_db


def checked(name: str = "Mara Field", **values: Any) -> Artist:
    return make_artist(name, health_evaluated_at=timezone.now(), **values)


def page(client: Client, name: str, **query: Any) -> str:
    return client.get(reverse(f"rules:{name}"), query).content.decode()


def table(client: Client, name: str, **query: Any) -> list[list[str]]:
    response = client.get(reverse(f"rules:{name}"), {**query, "format": "csv"})
    assert response["Content-Type"].startswith("text/csv")
    return list(csv.reader(StringIO(b"".join(response).decode())))  # type: ignore[arg-type]


def by_itself(artist: Artist, field: str, value: object, source: str = "rule:bio_exists") -> MetadataChange:
    with operation(artist, source=source, summary="By the albums: 2 of 2") as change:
        change.set(field, value)
    return MetadataChange.objects.filter(field=field).latest("pk")


class TestRates:
    def test_a_rule_is_held_by_those_who_do_not_break_it(self) -> None:
        broken, dismissed = checked("A"), checked("B")
        checked("C"), checked("D", is_excluded=True), make_artist("Not checked")
        make_finding(broken)
        make_finding(dismissed, status=Status.DISMISSED)
        rate = rate_of(rule_state("bio_exists").rule)
        assert (rate.considered, rate.broken, rate.dismissed, rate.passing, rate.rate) == (3, 2, 1, 1, 33.3)

    def test_rules_of_the_folder_ask_only_who_has_one(self) -> None:
        checked("A")
        assert rate_of(rule_state("nfo_exists").rule).rate is None

    def test_the_one_that_fewest_hold_comes_first(self) -> None:
        make_finding(checked())
        assert rule_rates()[0].rule.id == "bio_exists"
        assert len(rule_rates()) == RuleSetting.objects.filter(enabled=True).count()

    def test_each_library_has_its_own(self) -> None:
        music, other = make_library("Music", "/music"), make_library("Other", "/other")
        make_finding(checked("A", library=music))
        both = checked("B", library=music)
        Membership.objects.create(artist=both, library=other)
        rates = {each.library_name: each.rate.rate for each in library_rates(rule_state("bio_exists").rule)}
        assert rates == {"Music": 50.0, "Other": 100.0}

    def test_the_page_leads_to_the_rule_and_to_its_findings(self, admin_client: Client) -> None:
        make_finding(checked())
        text = page(admin_client, "report_rules")
        assert reverse("rules:rule", args=["bio_exists"]) in text
        assert f"{reverse('rules:findings')}?rule_id=bio_exists" in text
        assert '<svg class="meter"' in text

    def test_the_download_has_the_rows_of_the_table(self, admin_client: Client) -> None:
        make_finding(checked())
        rows = table(admin_client, "report_rules")
        assert rows[0][:3] == ["Rule", "Category", "Pass rate"]
        assert ["Biography is there", "metadata", "0.0", "0", "1", "1", "0"] in rows or rows[1][2:6] == [
            "0.0",
            "0",
            "1",
            "1",
        ]

    def test_a_rule_says_what_its_fix_touches(self, admin_client: Client) -> None:
        text = admin_client.get(reverse("rules:rule", args=["discography_populated"])).content.decode()
        assert "The albums in artist.nfo; those that are listed stay. Asks MusicBrainz." in text
        text = admin_client.get(reverse("rules:rule", args=["mbid_duplicate"])).content.decode()
        assert "There is no automatic fix" in text

    def test_the_number_of_queries_does_not_grow_with_the_libraries(
        self, admin_client: Client, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(12):
            make_finding(checked(f"A{number}", library=make_library(f"L{number}", f"/l{number}")))
        for url in (reverse("rules:rule", args=["bio_exists"]), reverse("rules:report_rules")):
            with django_assert_max_num_queries(22):
                admin_client.get(url)


class TestTrend:
    def test_days_lead_to_what_happened_then_and_one_rule_can_be_chosen(self, admin_client: Client) -> None:
        when = timezone.now() - timedelta(days=2)
        make_finding(checked("A"), created_at=when)
        make_finding(checked("B"), "origin_missing", created_at=when, status=Status.RESOLVED, resolved_at=when)
        day = timezone.localtime(when).date()
        text = page(admin_client, "report_trend", days=30)
        assert "2 found, 1 resolved" in text
        assert f"{reverse('artists:activity')}?since={day}&amp;until={day}" in text
        assert "1 found, 0 resolved" in page(admin_client, "report_trend", days=30, rule_id="bio_exists")

    def test_the_download_has_every_day(self, admin_client: Client) -> None:
        make_finding(checked())
        rows = table(admin_client, "report_trend", days=30)
        assert (len(rows), rows[-1][1:]) == (31, ["1", "0"])


class TestAutomation:
    def test_what_a_rule_replaced_is_listed_with_both_values(self, admin_client: Client) -> None:
        by_itself(checked(biography="An old life."), "biography", "A new life.")
        text = page(admin_client, "report_automation")
        assert "An old life." in text
        assert "A new life." in text
        assert "0 filled in, 1 replaced or cleared" in text

    def test_what_a_person_or_a_scan_did_is_not(self, admin_client: Client) -> None:
        for source in ("manual", "scan"):
            by_itself(checked(), "biography", f"A life by {source}.", source)
        assert "Nothing was changed alone" in page(admin_client, "report_automation")

    def test_it_can_be_narrowed(self, admin_client: Client) -> None:
        artist = checked(origin="Leipzig")
        by_itself(artist, "biography", "A life.")
        by_itself(artist, "origin", "Dresden", "provider:musicbrainz")
        kinds = {kind: len(table(admin_client, "report_automation", kind=kind)) - 1 for kind in ("filled", "replaced")}
        assert kinds == {"filled": 1, "replaced": 1}
        assert [row[2] for row in table(admin_client, "report_automation", source="provider")[1:]] == ["Origin"]
        assert [row[2] for row in table(admin_client, "report_automation", field="biography")[1:]] == ["Biography"]

    def test_a_value_is_put_back_by_a_press(self, admin_client: Client) -> None:
        change = by_itself(checked(biography="An old life."), "biography", "A new life.")
        url = reverse("rules:put_back", args=[change.pk])
        response = admin_client.post(url, {"page": "automation", "query": "kind=replaced"}, follow=True)
        assert response.redirect_chain == [(f"{reverse('rules:report_automation')}?kind=replaced", 302)]
        assert Artist.objects.get().biography == "An old life."
        assert "taken back" in response.content.decode()

    def test_a_locked_field_is_not_put_back_and_the_page_says_why(self, admin_client: Client) -> None:
        change = by_itself(checked(biography="An old life."), "biography", "A new life.")
        Artist.objects.update(locked_fields=["biography"])
        text = admin_client.post(reverse("rules:put_back", args=[change.pk]), follow=True).content.decode()
        assert "Field is locked." in text
        assert Artist.objects.get().biography == "A new life."

    def test_no_foreign_page_is_come_back_to(self, admin_client: Client) -> None:
        response = admin_client.post(reverse("rules:put_back", args=[1]), {"page": "//evil.example"})
        assert response["Location"] == reverse("rules:report_automation")

    def test_the_number_of_queries_does_not_grow_with_the_rows(
        self, admin_client: Client, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(30):
            by_itself(checked(f"A{number}"), "biography", "A life.")
        with django_assert_max_num_queries(18):
            page(admin_client, "report_automation")


class TestIds:
    MBID = "11111111-2222-4333-8444-555555555555"

    def test_who_was_identified_by_a_rule_is_listed_with_the_evidence(self, admin_client: Client) -> None:
        by_itself(checked(), "musicbrainz_id", self.MBID, "rule:nfo_has_mbid")
        text = page(admin_client, "report_ids")
        assert "1 given, 0 replaced" in text
        assert "By the albums: 2 of 2" in text
        assert f"https://musicbrainz.org/artist/{self.MBID}" in text

    def test_other_fields_and_other_hands_are_not(self, admin_client: Client) -> None:
        by_itself(checked(), "biography", "A life.")
        by_itself(checked("B"), "musicbrainz_id", self.MBID, "manual")
        assert "Nobody was identified alone" in page(admin_client, "report_ids")

    def test_the_download_says_whether_it_still_holds(self, admin_client: Client) -> None:
        change = by_itself(checked(), "musicbrainz_id", self.MBID, "rule:nfo_has_mbid")
        assert table(admin_client, "report_ids")[1][-1] == "holds"
        admin_client.post(reverse("rules:put_back", args=[change.pk]), {"page": "ids"})
        assert table(admin_client, "report_ids")[1][-1] == "taken back"
        assert Operation.objects.filter(source="revert").exists()


@pytest.mark.parametrize("name", ["report_health", "report_completeness"])
def test_the_older_reports_can_be_downloaded_too(admin_client: Client, name: str) -> None:
    checked()
    assert len(table(admin_client, name)) >= 1
    assert "format=csv" in page(admin_client, name)


@pytest.mark.parametrize("name", ["report_rules", "report_trend", "report_automation", "report_ids"])
def test_an_odd_address_opens_all_the_same(admin_client: Client, name: str) -> None:
    odd = {"page": "-4", "days": "x", "kind": "y", "field": "z", "source": "?", "rule_id": "none"}
    assert admin_client.get(reverse(f"rules:{name}"), odd).status_code == 200
