"""Findings over REST: listed, counted, exported, dismissed."""

from typing import Any

import pytest
from django.test import Client

from rules.models import Violation
from rules.services.evaluation import evaluate
from stillwater.models import Job
from tests.builders import make_artist, make_library
from tests.rules.calls import API, call


class TestNotifications:
    @pytest.fixture
    def found(self, db: None) -> list[Violation]:
        make_artist("=Formula", library=make_library())
        evaluate(["bio_exists", "nfo_has_mbid"])
        return list(Violation.objects.order_by("-rank"))

    def test_the_list_and_the_counts(self, operator_client: Client, found: list[Violation]) -> None:
        code, answer = call(operator_client, "GET", "/notifications")
        assert (code, answer["count"]) == (200, 2)
        first = answer["violations"][0]
        assert (first["rule_id"], first["id"], first["library_name"]) == ("nfo_has_mbid", str(found[0].pk), "Music")
        counts = call(operator_client, "GET", "/notifications/counts")[1]
        assert counts == {"error": 1, "warning": 1, "info": 0, "total": 2}

    def test_pages_groups_and_filters(self, operator_client: Client, found: list[Violation]) -> None:
        answer = call(operator_client, "GET", "/notifications?severity=error&category=nfo&rule_id=nfo_has_mbid")[1]
        assert answer["count"] == 1
        answer = call(operator_client, "GET", "/notifications?page_size=10&page=2&group_by=rule")[1]
        assert (answer["violations"], answer["count"], len(answer["groups"])) == ([], 2, 2)
        assert call(operator_client, "GET", "/notifications?sort=colour")[0] == 400
        assert call(operator_client, "GET", "/notifications?status=odd")[0] == 400

    def test_what_did_not_happen_is_left_out(self, operator_client: Client, found: list[Violation]) -> None:
        """The contract types both moments as text, so null would be none of it."""
        call(operator_client, "POST", f"/notifications/{found[0].pk}/dismiss")
        gone = call(operator_client, "GET", "/notifications?status=dismissed")[1]["violations"][0]
        left = call(operator_client, "GET", "/notifications")[1]["violations"][0]
        assert ("dismissed_at" in gone, "resolved_at" in gone) == (True, False)
        assert {"dismissed_at", "resolved_at"}.isdisjoint(left)

    def test_the_badge_is_the_bare_number(self, operator_client: Client, found: list[Violation]) -> None:
        assert operator_client.get(f"{API}/notifications/badge").content.strip() == b"2"
        Violation.objects.all().delete()
        assert operator_client.get(f"{API}/notifications/badge").content.strip() == b""

    def test_the_export_is_safe_for_spreadsheets(self, operator_client: Client, found: list[Violation]) -> None:
        response = operator_client.get(f"{API}/notifications/export")
        lines = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
        assert response.headers["Content-Type"].startswith("text/csv")
        assert lines[0] == "Artist Name,Library,Rule ID,Severity,Message,Status,Age"
        assert lines[1] == "'=Formula,Music,nfo_has_mbid,error,There is no MusicBrainz ID.,open,0m"
        code, answer = call(operator_client, "GET", "/notifications/export?format=json")
        assert (code, answer["count"], answer["violations"][0]["artist_name"]) == (200, 2, "=Formula")
        assert operator_client.get(f"{API}/notifications/export?format=csv").headers["Content-Type"][:8] == "text/csv"
        assert call(operator_client, "GET", "/notifications/export?format=xml")[0] == 400

    def test_dismiss_resolve_and_clear(self, operator_client: Client, found: list[Violation]) -> None:
        one, other = found
        assert call(operator_client, "POST", f"/notifications/{one.pk}/dismiss") == (200, {"status": "dismissed"})
        assert call(operator_client, "POST", f"/notifications/{other.pk}/resolve") == (200, {"status": "resolved"})
        assert call(operator_client, "POST", "/notifications/999/dismiss") == (404, {"error": "violation not found"})
        assert call(operator_client, "DELETE", "/notifications/resolved")[1]["deleted"] == 0

    @pytest.mark.parametrize("body", [{}, {"ids": []}, None])
    def test_an_empty_bulk_dismissal_dismisses_nothing(
        self, operator_client: Client, found: list[Violation], body: Any
    ) -> None:
        assert call(operator_client, "POST", "/notifications/bulk-dismiss", body) == (200, {"dismissed": 0})
        ids = {"ids": [str(one.pk) for one in found]}
        assert call(operator_client, "POST", "/notifications/bulk-dismiss", ids) == (200, {"dismissed": 2})

    @pytest.mark.parametrize("body", [{"id": ["1"]}, {"ids": [1]}, {"ids": {}}, {"ids": [None]}])
    @pytest.mark.parametrize("path", ["/notifications/bulk-dismiss", "/notifications/fix-all"])
    def test_a_body_that_says_something_else_touches_nothing(
        self, operator_client: Client, found: list[Violation], path: str, body: Any
    ) -> None:
        """A misspelt `ids` would otherwise stand for every finding that can be fixed."""
        assert call(operator_client, "POST", path, body)[0] == 400
        assert set(Violation.objects.values_list("status", flat=True)) == {"open"}
        assert not Job.objects.filter(kind="fix").exists()
