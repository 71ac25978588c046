"""Providers, orders and the scraper configuration over REST."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from connections.models import Connection
from tests.artists.services.providers.house import Fakes, small_world

GOOD = {"api_key": "good-token"}


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch, settings: Settings, db: None) -> Iterator[Fakes]:
    with small_world(monkeypatch, settings) as answering:
        yield answering


def call(client: Client, method: str, path: str, body: object = None, **more: Any) -> Any:
    client.get("/api/v1/health")
    headers = {"X-CSRF-Token": client.cookies["csrf_token"].value, **more.pop("headers", {})}
    data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    return client.generic(method, f"/api/v1{path}", headers=headers, **data)


class TestProviders:
    def test_they_are_listed_without_the_web_search_and_without_keys(self, admin_client: Client) -> None:
        assert call(admin_client, "PUT", "/providers/discogs/key", GOOD).json() == {"status": "saved"}
        answer = call(admin_client, "GET", "/providers")
        rows = {row["name"]: row for row in answer.json()["providers"]}
        assert "duckduckgo" not in rows
        assert (rows["discogs"]["has_key"], rows["discogs"]["status"]) == (True, "ok")
        assert rows["musicbrainz"]["mirror"] is None
        assert b"good-token" not in answer.content

    def test_a_key_that_fails_its_test_answers_422(self, admin_client: Client) -> None:
        answer = call(admin_client, "PUT", "/providers/discogs/key", {"api_key": "wrong"})
        assert answer.status_code == 422
        assert answer.json()["status"] == "test_failed"
        assert answer.json()["error"] == "Unable to verify provider credentials"
        stored = call(admin_client, "PUT", "/providers/discogs/key", {"api_key": "wrong", "skip_test": True})
        assert stored.status_code == 200
        tested = call(admin_client, "POST", "/providers/discogs/test")
        assert (tested.status_code, tested.json()["status"], tested.json()["status_persisted"]) == (200, "error", True)
        assert call(admin_client, "DELETE", "/providers/discogs/key").json() == {"status": "deleted"}

    def test_a_form_will_do(self, admin_client: Client) -> None:
        admin_client.get("/api/v1/health")
        headers = {"X-CSRF-Token": admin_client.cookies["csrf_token"].value}
        kind = "application/x-www-form-urlencoded"
        body = "client_id=good-id&client_secret=hush-hush"
        answer = admin_client.put("/api/v1/providers/spotify/key", body, content_type=kind, headers=headers)
        assert answer.json() == {"status": "saved"}

    def test_under_htmx_the_card_answers(self, admin_client: Client) -> None:
        answer = call(admin_client, "POST", "/providers/musicbrainz/test", headers={"HX-Request": "true"})
        assert 'id="provider-musicbrainz"' in answer.content.decode()

    def test_a_mirror_is_saved_tested_and_cleared(self, admin_client: Client) -> None:
        body = {"base_url": "http://127.0.0.1:1/ws/2", "rate_limit": 0}
        answer = call(admin_client, "PUT", "/providers/musicbrainz/mirror", body).json()
        assert (answer["status"], answer["test"], bool(answer["test_error"])) == ("saved", "error", True)
        assert call(admin_client, "PUT", "/providers/wikipedia/mirror", body).status_code == 400
        assert call(admin_client, "DELETE", "/providers/musicbrainz/mirror").json() == {"status": "cleared"}

    def test_the_web_search_is_switched(self, admin_client: Client) -> None:
        url = "/providers/websearch/duckduckgo/toggle"
        assert call(admin_client, "PUT", url, {"enabled": True}).json() == {"status": "ok"}
        rows = call(admin_client, "GET", "/providers/websearch").json()["providers"]
        assert rows == [{"name": "duckduckgo", "display_name": "Duckduckgo", "enabled": True}]

    def test_an_unknown_provider_is_a_400(self, admin_client: Client) -> None:
        for method, path in (("PUT", "key"), ("DELETE", "key"), ("POST", "test"), ("PUT", "mirror")):
            assert call(admin_client, method, f"/providers/nobody/{path}", {"api_key": "x"}).status_code == 400

    def test_operators_may_read_only_who_fetches_what(self, operator_client: Client) -> None:
        for path in ("/providers", "/providers/priorities", "/providers/websearch", "/scraper/config"):
            assert call(operator_client, "GET", path).status_code == 403
        rows = call(operator_client, "GET", "/scraper/providers").json()["providers"]
        assert {"provider", "display_name", "requires_auth", "has_key", "metadata_fields", "image_fields"} == set(
            rows[0]
        )


class TestPriorities:
    def test_orders_are_stored_toggled_and_reset(self, admin_client: Client) -> None:
        body = {"priorities": [{"field": "moods", "providers": ["lastfm"], "disabled": ["audiodb"]}]}
        assert call(admin_client, "PUT", "/providers/priorities", body).json() == {"status": "saved"}
        assert call(admin_client, "PUT", "/providers/priorities/moods/audiodb/toggle").json() == {"status": "toggled"}
        rows = {row["field"]: row for row in call(admin_client, "GET", "/providers/priorities").json()["priorities"]}
        assert rows["moods"] == {"field": "moods", "providers": ["lastfm", "audiodb"], "disabled": ["audiodb"]}
        answer = call(admin_client, "POST", "/providers/priorities/reset").json()
        assert answer["status"] == "reset"
        assert all(row["disabled"] == [] for row in answer["priorities"])

    def test_refusals(self, admin_client: Client) -> None:
        assert call(admin_client, "PUT", "/providers/priorities/shoe/audiodb/toggle").status_code == 404
        assert call(admin_client, "PUT", "/providers/priorities/moods/wikipedia/toggle").status_code == 400
        assert call(admin_client, "PUT", "/providers/priorities", {"priorities": [{}]}).status_code == 400


class TestScraper:
    def test_the_global_configuration_is_read_and_replaced(self, admin_client: Client) -> None:
        config = call(admin_client, "GET", "/scraper/config").json()
        assert (config["scope"], {row["enabled"] for row in config["fields"]}) == ("global", {True})
        assert call(admin_client, "PUT", "/scraper/config", {"fields": config["fields"][:1]}).status_code == 200
        assert len(call(admin_client, "GET", "/scraper/config").json()["fields"]) == 1
        wrong = {"fields": [{"field": "shoe_size"}]}
        assert call(admin_client, "PUT", "/scraper/config", wrong).json() == {"error": "unknown field: shoe_size"}

    def test_a_connection_without_a_row_answers_200(self, admin_client: Client) -> None:
        connection = Connection.objects.create(name="Emby", type="emby", url="http://emby")
        answer = call(admin_client, "GET", f"/scraper/config/connections/{connection.pk}")
        assert answer.status_code == 200
        assert (answer.json()["raw"], answer.json()["overrides"]) == (None, None)

    def test_a_connection_overrides_and_is_reset(self, admin_client: Client) -> None:
        connection = Connection.objects.create(name="Emby", type="emby", url="http://emby")
        url = f"/scraper/config/connections/{connection.pk}"
        body = {"fields": [{"field": "genres", "enabled": False}], "overrides": {"fields": {"genres": True}}}
        assert call(admin_client, "PUT", url, body).json() == {"status": "saved"}
        answer = call(admin_client, "GET", url).json()
        enabled = {row["field"]: row["enabled"] for row in answer["config"]["fields"]}
        assert (enabled["genres"], enabled["born"]) == (False, True)
        assert answer["overrides"]["fields"] == {"genres": True}
        for _ in range(2):
            assert call(admin_client, "DELETE", url).json() == {"status": "reset"}

    def test_an_unknown_connection_is_a_404(self, admin_client: Client) -> None:
        for method in ("GET", "PUT", "DELETE"):
            assert call(admin_client, method, "/scraper/config/connections/999", {}).status_code == 404
