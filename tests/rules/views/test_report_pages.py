"""The reports as pages: pictures with their table, filters in the address, downloads."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from artists.models import Library
from rules.models import HealthSnapshot
from rules.reports.series import daily_scores
from tests.builders import make_artist, make_library
from tests.rules.views.finding_builders import HTMX, make_finding

pytestmark = pytest.mark.django_db


def snapshot(days_ago: float, score: float, library: Library | None = None) -> None:
    HealthSnapshot.objects.create(
        library=library,
        score=score,
        total_artists=10,
        compliant_artists=5,
        recorded_at=timezone.now() - timedelta(days=days_ago),
    )


class TestHealth:
    def test_a_day_counts_with_its_last_score(self) -> None:
        noon = timezone.localtime().replace(hour=12)
        for hour, score in ((9, 60.0), (11, 70.0)):
            HealthSnapshot.objects.create(
                score=score,
                total_artists=1,
                compliant_artists=0,
                recorded_at=noon.replace(hour=hour) - timedelta(days=3),
            )
        assert [score for _day, score in daily_scores(30)] == [70.0]

    def test_it_draws_the_line_with_its_table(self, admin_client: Client) -> None:
        snapshot(20, 60)
        snapshot(1, 80)
        text = admin_client.get(reverse("rules:report_health"), {"days": "30"}).content.decode()
        assert "<polyline" in text
        assert "Library health rose from 60 to 80 per cent" in text
        assert text.count('<td class="number">60 %</td>') == 1

    def test_a_point_leads_to_that_days_activity(self, admin_client: Client) -> None:
        snapshot(1, 80)
        day = (timezone.localtime() - timedelta(days=1)).date()
        text = admin_client.get(reverse("rules:report_health")).content.decode()
        assert f"{reverse('artists:activity')}?since={day}&amp;until={day}" in text

    def test_one_library_has_its_own_line(self, admin_client: Client) -> None:
        library = make_library("Music", "/music")
        make_library("Other", "/other")
        snapshot(1, 80)
        snapshot(1, 33, library)
        query = {"library_id": str(library.pk)}
        text = admin_client.get(reverse("rules:report_health"), query, **HTMX).content.decode()
        assert "33 %" in text
        assert "80 %" not in text
        assert "<html" not in text

    def test_without_history_it_says_so(self, admin_client: Client) -> None:
        text = admin_client.get(reverse("rules:report_health"), {"days": "x"}).content.decode()
        assert "Nothing was measured in this time" in text

    def test_findings_are_counted_by_day(self, admin_client: Client) -> None:
        make_finding(created_at=timezone.now() - timedelta(days=2))
        text = admin_client.get(reverse("rules:report_health"), {"days": "30"}).content.decode()
        assert "1 found, 0 resolved" in text


class TestCompliance:
    def test_it_lists_artists_with_their_worst_finding(self, admin_client: Client) -> None:
        artist = make_artist("Mara", health_evaluated_at=timezone.now(), health_score=80)
        make_finding(artist, "origin_missing", "info", message="There is no origin.")
        make_finding(artist, message="There is no biography.")
        text = admin_client.get(reverse("rules:report_compliance")).content.decode()
        assert "There is no biography." in text
        assert "and 1 more" in text

    def test_filters_and_order_stand_in_the_address(self, admin_client: Client) -> None:
        make_artist("Ann", health_evaluated_at=timezone.now(), health_score=100)
        make_artist("Zoe", health_evaluated_at=timezone.now(), health_score=50)
        get = lambda **query: admin_client.get(reverse("rules:report_compliance"), query).content.decode()  # noqa: E731
        assert "Zoe" not in get(status="compliant")
        down = get(sort="health_score", order="asc")
        assert down.index("Zoe") < down.index("Ann")
        assert 'aria-sort="ascending"' in down

    def test_the_matrix_crosses_artists_and_rules(self, admin_client: Client) -> None:
        artist = make_artist("Mara", health_evaluated_at=timezone.now())
        finding = make_finding(artist)
        text = admin_client.get(reverse("rules:report_compliance"), {"view": "matrix"}).content.decode()
        cells = re.findall(r"<td>\s*<(a|span)", text)
        assert cells.count("a") == 1
        assert reverse("rules:finding", args=[finding.pk]) in text
        assert "NFO file exists: not asked" in text

    def test_the_download_follows_the_filter(self, admin_client: Client) -> None:
        make_artist("Mara")
        text = admin_client.get(reverse("rules:report_compliance"), {"search": "mar"}, **HTMX).content.decode()
        assert f"{reverse('api:compliance_export')}?search=mar" in text
        assert 'id="compliance-export"' in text

    def test_an_odd_address_opens_all_the_same(self, admin_client: Client) -> None:
        odd = {"page": "-4", "sort": "x", "filter": "y", "library_id": "z", "status": "?", "view": "cube"}
        assert admin_client.get(reverse("rules:report_compliance"), odd).status_code == 200

    def test_the_number_of_queries_does_not_grow_with_the_rows(
        self, admin_client: Client, django_assert_max_num_queries: Any
    ) -> None:
        library = make_library("Music", "/music")
        for number in range(50):
            make_finding(make_artist(f"Artist {number}", library=library))
        for view in ("table", "matrix"):
            with django_assert_max_num_queries(20):
                admin_client.get(reverse("rules:report_compliance"), {"view": view})


class TestCompleteness:
    def test_it_counts_thirteen_things(self, admin_client: Client) -> None:
        make_artist("Mara", biography="She sang.")
        text = admin_client.get(reverse("rules:report_completeness")).content.decode()
        assert len(re.findall(r'<progress max="100"', text)) >= 13
        assert "1 of 1" in text

    def test_without_artists_it_says_so(self, admin_client: Client) -> None:
        assert "No artists yet" in admin_client.get(reverse("rules:report_completeness")).content.decode()
