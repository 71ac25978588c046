"""All findings, one finding with its reasons, and the findings of one artist."""

import csv
import io
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rules.catalogue import BY_ID
from rules.models import Status, Violation
from tests.builders import make_artist, make_image, make_library
from tests.rules.views.finding_builders import HTMX, make_finding

pytestmark = pytest.mark.django_db


def shown(client: Client, **query: str) -> list[int]:
    text = client.get(reverse("rules:findings"), query).content.decode()
    return [int(key) for key in re.findall(r'id="finding-(\d+)"', text)]


class TestList:
    def test_it_lists_what_waits_and_counts_every_status(self, admin_client: Client) -> None:
        waits = make_finding(make_artist("A"))
        gone = make_finding(make_artist("B"), status=Status.DISMISSED)
        assert shown(admin_client) == [waits.pk]
        assert shown(admin_client, status="dismissed") == [gone.pk]

    def test_sorted_by_artist(self, admin_client: Client) -> None:
        keys = [make_finding(make_artist(name)).pk for name in ("Zoe", "Ann", "Mia")]
        assert shown(admin_client, sort="artist_name") == [keys[1], keys[2], keys[0]]

    def test_grouped_by_rule_each_group_has_its_heading_once(self, admin_client: Client) -> None:
        for name in ("A", "B"):
            artist = make_artist(name)
            make_finding(artist, "bio_exists")
            make_finding(artist, "origin_missing", "info")
        text = admin_client.get(reverse("rules:findings"), {"group_by": "rule"}).content.decode()
        headings = re.findall(r'<h2 class="group-heading">(.*?) <small>', text)
        assert headings == [BY_ID["bio_exists"].name, BY_ID["origin_missing"].name]

    def test_htmx_gets_the_list_with_its_tabs_and_counts(self, admin_client: Client) -> None:
        make_finding()
        text = admin_client.get(reverse("rules:findings"), {"severity": "warning"}, **HTMX).content.decode()
        assert "<html" not in text
        for part in ("findings", "status-tabs", "facets", "export", "finding-search"):
            assert f'id="{part}"' in text

    def test_each_empty_list_says_why(self, admin_client: Client) -> None:
        for query, words in (
            ({}, "Nothing to do"),
            ({"status": "dismissed"}, "Nothing dismissed"),
            ({"status": "resolved"}, "Nothing resolved yet"),
            ({"search": "x"}, "No finding matches"),
        ):
            assert words in admin_client.get(reverse("rules:findings"), query).content.decode()

    def test_an_odd_address_opens_all_the_same(self, admin_client: Client) -> None:
        query = {"status": "x", "sort": "y", "group_by": "z", "page": "q", "library_id": "9" * 40}
        assert admin_client.get(reverse("rules:findings"), query).status_code == 200

    def test_the_number_of_queries_does_not_grow_with_the_rows(
        self, admin_client: Client, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(50):
            artist = make_artist(f"Artist {number}")
            make_image(artist)
            make_finding(artist)
        with django_assert_max_num_queries(20):
            admin_client.get(reverse("rules:findings"))


class TestExport:
    def test_csv_holds_the_filtered_rows_safe_for_spreadsheets(self, admin_client: Client) -> None:
        make_finding(make_artist("=cmd()", library=make_library("Music", "/music")))
        make_finding(make_artist("Other"), severity="info")
        response = admin_client.get(reverse("rules:findings_export"), {"severity": "warning"})
        rows = list(csv.reader(io.StringIO(b"".join(response).decode())))
        assert [row[0] for row in rows] == ["Artist Name", "'=cmd()"]
        assert rows[1][1] == "Music"

    def test_json_holds_the_same(self, admin_client: Client) -> None:
        make_finding(make_artist("Mara"))
        response = admin_client.get(reverse("rules:findings_export"), {"format": "json"})
        assert json.loads(response.content)["violations"][0]["artist_name"] == "Mara"


class TestOne:
    def test_it_explains_itself(self, admin_client: Client) -> None:
        finding = make_finding(rule="thumb_min_res", message="Thumbnail is 300 × 300, wanted at least 500 × 500.")
        finding.story = [{"when": "2026-11-20T10:00:00+00:00", "what": "failed: the disk is full"}]
        finding.save()
        text = admin_client.get(reverse("rules:finding", args=[finding.pk])).content.decode()
        for words in (
            "300 × 300",
            "Smallest width",
            "500",
            "First seen",
            "Failed: the disk is full",
            "The rule is set to fix alone",
        ):
            assert words in text

    def test_it_says_why_it_is_not_fixed_alone(self, admin_client: Client) -> None:
        locked = make_artist("L", locked=True, locked_at="2026-01-01T00:00Z")
        for finding, words in (
            (make_finding(locked, "nfo_exists", "error"), "The artist is locked"),
            (make_finding(make_artist("A"), "nfo_exists", "error"), "The rule is set to fix alone"),
            (make_finding(make_artist("B"), status=Status.DISMISSED), "Somebody dismissed it"),
        ):
            assert words in admin_client.get(reverse("rules:finding", args=[finding.pk])).content.decode()

    def test_an_unknown_one_is_not_found(self, admin_client: Client) -> None:
        assert admin_client.get(reverse("rules:finding", args=[77])).status_code == 404


class TestOfArtist:
    def test_the_fragment_lists_open_and_dismissed_ones(self, admin_client: Client) -> None:
        artist = make_artist("Mara")
        waits = make_finding(artist)
        gone = make_finding(artist, "origin_missing", "info", status=Status.DISMISSED)
        make_finding(make_artist("Other"))
        text = admin_client.get(reverse("rules:artist_findings", args=[artist.pk]), **HTMX).content.decode()
        assert re.findall(r'id="finding-(\d+)"', text) == [str(waits.pk), str(gone.pk)]
        assert 'id="artist-findings"' in text
        assert "<html" not in text

    def test_without_scripts_it_is_a_page(self, admin_client: Client) -> None:
        artist = make_artist("Mara")
        assert (
            "<h1>Findings of <bdi>Mara</bdi></h1>"
            in admin_client.get(reverse("rules:artist_findings", args=[artist.pk])).content.decode()
        )

    def test_check_now_looks_at_the_artist(self, operator_client: Client) -> None:
        artist = make_artist("Mara", path="/music/Mara")
        text = operator_client.post(reverse("rules:check_artist", args=[artist.pk]), **HTMX).content.decode()
        assert Violation.objects.filter(artist=artist, rule="nfo_exists").exists()
        assert "There is no artist.nfo in the folder." in text

    def test_a_locked_artist_is_left_alone_and_it_says_so(self, admin_client: Client) -> None:
        artist = make_artist("Mara", locked=True, locked_at="2026-01-01T00:00Z")
        response = admin_client.post(reverse("rules:check_artist", args=[artist.pk]), **HTMX)
        assert "left alone" in response["HX-Trigger"]
        assert not Violation.objects.exists()
