"""Health of one artist over REST."""

import pytest
from django.test import Client

from rules.models import Violation
from tests.builders import make_artist
from tests.rules.calls import call


class TestArtists:
    def test_health_is_evaluated_and_stored(self, operator_client: Client) -> None:
        artist = make_artist(path="/music/Mara Field")
        code, answer = call(operator_client, "GET", f"/artists/{artist.pk}/health")
        artist.refresh_from_db()
        assert code == 200
        assert answer["health_score"] == artist.health_score
        assert answer["rules_total"] - answer["rules_passed"] == len(answer["violations"])
        assert artist.rules_evaluated_at is not None

    def test_a_locked_artist_is_told_but_not_touched(self, operator_client: Client) -> None:
        artist = make_artist(locked=True, locked_at="2026-01-01T00:00:00Z")
        answer = call(operator_client, "GET", f"/artists/{artist.pk}/health")[1]
        assert answer["warning"] == "artist is locked: rules are not evaluated"
        assert not Violation.objects.exists()
        assert call(operator_client, "POST", f"/artists/{artist.pk}/run-rules")[1]["violations_found"] == 0

    def test_running_the_rules(self, operator_client: Client) -> None:
        artist = make_artist()
        code, answer = call(operator_client, "POST", f"/artists/{artist.pk}/run-rules")
        assert (code, answer["violations_found"]) == (200, Violation.objects.count())
        assert answer["dashboard_url"] == f"/?artist={artist.pk}"

    @pytest.mark.parametrize(("method", "path"), [("GET", "health"), ("POST", "run-rules")])
    def test_an_unknown_artist_is_not_found(self, operator_client: Client, method: str, path: str) -> None:
        assert call(operator_client, method, f"/artists/999/{path}") == (404, {"error": "artist not found"})
