"""The dashboard: figures, queue, and what it says while there is nothing to show."""

import re
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from rules.models import Severity
from rules.queries import summary
from stillwater.models import Job, JobState
from tests.builders import make_artist, make_library
from tests.rules.views.finding_builders import HTMX, make_finding

pytestmark = pytest.mark.django_db


def many(count: int, severity: str = "warning") -> list[int]:
    library = make_library(f"Music {severity}", f"/music-{severity}")
    artists = [make_artist(f"Artist {number:03} {severity}", library=library) for number in range(count)]
    return [make_finding(artist, severity=severity).pk for artist in artists]


def shown(text: str) -> list[int]:
    return [int(key) for key in re.findall(r'id="finding-(\d+)"', text)]


class TestPage:
    def test_it_shows_figures_and_the_worst_finding_first(self, admin_client: Client) -> None:
        warning, error = many(1, "warning"), many(1, "error")
        page = admin_client.get(reverse("dashboard")).content.decode()
        assert shown(page) == error + warning
        assert "Artists without a finding" in page

    def test_without_a_library_it_leads_an_administrator_to_the_quick_start(self, admin_client: Client) -> None:
        assert reverse("artists:quick_start") in admin_client.get("/").content.decode()

    def test_without_a_library_it_tells_an_operator_to_wait(self, operator_client: Client) -> None:
        page = operator_client.get("/").content.decode()
        assert reverse("artists:quick_start") not in page
        assert "An administrator has to choose a music folder first" in page

    def test_before_the_first_check_figures_are_dashes(self, admin_client: Client) -> None:
        make_artist(library=make_library("Music", "/music"))
        page = admin_client.get("/").content.decode()
        assert page.count("not checked yet") == 4

    def test_with_nothing_wrong_it_says_so(self, admin_client: Client) -> None:
        make_artist(library=make_library("Music", "/music"), health_score=100, health_evaluated_at=timezone.now())
        assert "Nothing to do" in admin_client.get("/").content.decode()
        assert "Nothing to do" in admin_client.get("/", **HTMX).content.decode()

    def test_before_the_first_check_it_offers_one(self, admin_client: Client) -> None:
        make_artist(library=make_library("Music", "/music"))
        assert "Not checked yet" in admin_client.get("/").content.decode()

    def test_a_figure_that_cannot_be_read_is_a_dash_with_the_reason(
        self, admin_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        many(1)

        def fail() -> None:
            raise DatabaseError("disk I/O error")

        monkeypatch.setattr(summary, "overall_health", fail)
        page = admin_client.get("/").content.decode()
        assert "cannot be read just now" in page
        assert "Needs you" in page

    def test_a_running_scan_shows_its_progress_and_lets_findings_stream_in(self, admin_client: Client) -> None:
        make_library("Music", "/music")
        Job.objects.create(kind="scan", key="scan", state=JobState.RUNNING, done=3, total=12)
        page = admin_client.get("/").content.decode()
        assert 'max="12" value="3"' in page
        assert "The first look is under way" in page
        assert "bulk.completed rule.violation findings.changed scan.completed" in page

    def test_the_number_of_queries_does_not_grow_with_the_rows(
        self, admin_client: Client, django_assert_max_num_queries: Any
    ) -> None:
        many(25)
        with django_assert_max_num_queries(40):
            admin_client.get("/")


class TestFigures:
    def test_they_come_anew_with_the_line_above_them(self, admin_client: Client) -> None:
        many(2)
        text = admin_client.get(reverse("rules:stats"), **HTMX).content.decode()
        assert 'id="stats"' in text
        assert 'id="dashboard-line" hx-swap-oob="true"' in text
        assert "2 artists in" in text


class TestQueue:
    def test_show_more_reads_on_behind_the_last_row(self, admin_client: Client) -> None:
        keys = many(60)
        page = admin_client.get("/").content.decode()
        more = admin_client.get("/", {"after": keys[24], "shown": 50}, **HTMX).content.decode()
        assert shown(page) == keys[:25]
        assert shown(more) == keys[25:50]
        assert f"after={keys[49]}" in more

    def test_a_dismissed_row_does_not_make_show_more_skip_one(self, admin_client: Client) -> None:
        keys = many(40)
        admin_client.post(reverse("rules:dismiss", args=[keys[24]]), **HTMX)
        assert shown(admin_client.get("/", {"after": keys[24]}, **HTMX).content.decode()) == keys[25:]

    def test_without_scripts_show_more_is_a_longer_page(self, admin_client: Client) -> None:
        keys = many(60)
        assert shown(admin_client.get("/", {"shown": 50}).content.decode()) == keys[:50]

    def test_a_filter_answers_with_the_queue_and_fresh_counts(self, admin_client: Client) -> None:
        many(3, "warning")
        errors = many(2, "error")
        response = admin_client.get("/", {"severity": Severity.ERROR}, **HTMX)
        text = response.content.decode()
        assert shown(text) == errors
        assert '<div class="choices-of-filter" id="facets" hx-swap-oob="true">' in text
        assert "<html" not in text
        assert "HX-Request" in response["Vary"]

    def test_the_search_field_is_left_alone_under_typing_hands(self, admin_client: Client) -> None:
        many(1)
        typed = admin_client.get("/", {"search": "art"}, **HTMX, HTTP_HX_TRIGGER="queue-filter").content.decode()
        chip = admin_client.get("/", {"search": "art"}, **HTMX).content.decode()
        assert 'id="finding-search"' not in typed
        assert 'id="finding-search"' in chip

    def test_a_filter_that_leaves_nothing_says_that_it_hides_the_others(self, admin_client: Client) -> None:
        many(1)
        page = admin_client.get("/", {"search": "zebra"}).content.decode()
        assert "No finding matches" in page
        assert "Clear the filter" in page

    def test_news_count_only_what_came_in_since(self, admin_client: Client) -> None:
        keys = many(3)
        newer = make_finding(make_artist("New"))
        text = admin_client.get(reverse("rules:news"), {"newest": keys[-1]}, **HTMX).content.decode()
        none = admin_client.get(reverse("rules:news"), {"newest": newer.pk}, **HTMX).content.decode()
        assert "Show 1 new finding" in text
        assert "Show" not in none


class TestRowsOnQueries:
    def test_more_rows_cost_no_more_queries(
        self, admin_client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        keys = many(50)
        with django_assert_num_queries(5):
            admin_client.get("/", {"after": keys[0]}, **HTMX)
