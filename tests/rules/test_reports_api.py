"""Reports over REST, as JSON, CSV and fragments."""

from django.test import Client

from rules.services.evaluation import evaluate
from tests.builders import make_artist, make_library
from tests.rules.calls import API, HTMX, call


class TestReports:
    def test_health_in_both_shapes(self, operator_client: Client) -> None:
        make_artist(library=make_library())
        evaluate()
        answer = call(operator_client, "GET", "/reports/health")[1]
        assert (answer["total_artists"], answer["missing_nfo"]) == (1, 1)
        assert answer["top_violations"][0]["count"] == 1
        page = operator_client.get(f"{API}/reports/health", headers=HTMX).content.decode()
        assert 'id="health-report"' in page
        answer = call(operator_client, "GET", "/reports/health/by-library")[1]
        assert (answer["libraries"][0]["library_name"], answer["overall"]["total_artists"]) == ("Music", 1)
        page = operator_client.get(f"{API}/reports/health/by-library", headers=HTMX).content.decode()
        assert 'id="library-health"' in page

    def test_history_and_trend(self, operator_client: Client) -> None:
        call(operator_client, "GET", "/reports/health")
        call(operator_client, "GET", "/reports/health")
        assert len(call(operator_client, "GET", "/reports/health/history")[1]["history"]) == 1
        assert call(operator_client, "GET", "/reports/health/history?from=2020-01-01&to=2020-01-02")[1]["history"] == []
        assert call(operator_client, "GET", "/reports/health/history?from=yesterday")[0] == 400
        for far in ("from=0001-01-01", "to=9999-12-31"):
            assert len(call(operator_client, "GET", f"/reports/health/history?{far}")[1]["history"]) == 1
        assert len(call(operator_client, "GET", "/violations/trend?days=7")[1]["trend"]) == 7
        assert call(operator_client, "GET", "/violations/trend?days=0")[0] == 400

    def test_compliance_and_its_export(self, operator_client: Client) -> None:
        make_artist("@Home", library=make_library())
        evaluate()
        code, answer = call(operator_client, "GET", "/reports/compliance?page_size=10")
        assert (code, answer["total"], answer["page_size"], answer["rows"][0]["artist"]["name"]) == (
            200,
            1,
            10,
            "@Home",
        )
        assert call(operator_client, "GET", "/reports/compliance?sort=colour")[0] == 400
        response = operator_client.get(f"{API}/reports/compliance/export")
        lines = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
        assert lines[1].startswith("'@Home,")
        assert call(operator_client, "GET", "/reports/compliance/export?status=odd")[0] == 400

    def test_bounds_of_any_length_hold_everybody_in_or_out(self, operator_client: Client) -> None:
        make_artist("Mara Field", library=make_library())
        for query, total in (("health_min=-" + "9" * 400, 1), ("health_min=" + "9" * 400, 0), ("health_max=101", 1)):
            assert call(operator_client, "GET", f"/reports/compliance?{query}")[1]["total"] == total

    def test_a_library_that_is_none_of_ours_has_no_artists(self, operator_client: Client) -> None:
        make_artist("Mara Field", library=make_library())
        assert call(operator_client, "GET", "/reports/compliance?library_id=x")[1]["total"] == 0
        assert call(operator_client, "GET", "/reports/metadata-completeness?library_id=x")[1]["total_artists"] == 0

    def test_completeness_in_both_shapes(self, operator_client: Client) -> None:
        make_artist()
        answer = call(operator_client, "GET", "/reports/metadata-completeness")[1]
        assert (answer["total_artists"], len(answer["field_coverage"])) == (1, 13)
        page = operator_client.get(f"{API}/reports/metadata-completeness", headers=HTMX).content.decode()
        assert 'id="completeness"' in page
