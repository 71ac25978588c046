"""The settings pages of providers, field orders and fetching; they work without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from artists.providers.orders import DEFAULT_ORDER
from artists.services.providers import order_for, provider_settings
from artists.services.providers.priorities import priority_of
from connections.models import Connection
from tests.artists.services.providers.house import Fakes, small_world

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch, settings: Settings, db: None) -> Iterator[Fakes]:
    with small_world(monkeypatch, settings) as answering:
        yield answering


@pytest.mark.parametrize("path", ["providers", "priorities", "fetching", "fetching/servers"])
def test_operators_may_not_open_them(operator_client: Client, admin_client: Client, path: str) -> None:
    assert operator_client.get(f"/settings/{path}").status_code == 403
    assert admin_client.get(f"/settings/{path}").status_code == 200


class TestProviders:
    def test_a_good_key_is_stored_and_never_shown_again(self, admin_client: Client) -> None:
        answer = admin_client.post("/settings/providers/discogs/key", {"api_key": "good-token"}, follow=True)
        page = answer.content.decode()
        assert "The key of Discogs is stored." in page
        assert "good-token" not in page
        assert "key accepted" in page

    def test_a_refused_key_stays_typed_and_can_be_stored_anyway(self, admin_client: Client) -> None:
        url = "/settings/providers/discogs/key"
        for headers in ({}, HTMX):
            answer = admin_client.post(url, {"api_key": "wrong-token"}, headers=headers)
            page = answer.content.decode()
            assert answer.status_code == 422
            assert 'value="wrong-token"' in page
            assert "Save anyway" in page
            assert "no-store" in answer.headers["Cache-Control"]
        admin_client.post(url, {"api_key": "wrong-token", "anyway": "yes"})
        assert provider_settings().has_key("discogs")
        admin_client.post(f"{url}/forget")
        assert not provider_settings().has_key("discogs")

    def test_a_test_says_in_the_card_what_came_of_it(self, admin_client: Client, fakes: Fakes) -> None:
        url = "/settings/providers/musicbrainz/test"
        assert "It answers." in admin_client.post(url, headers=HTMX).content.decode()
        fakes.answers["musicbrainz", "/test"] = 500
        assert "did not answer" in admin_client.post(url).content.decode()

    def test_all_are_tested_at_once(self, admin_client: Client) -> None:
        assert admin_client.post("/settings/providers/test").content.decode().count("It answers.") == 3

    def test_a_mirror_is_saved_and_forgotten(self, admin_client: Client) -> None:
        url = "/settings/providers/musicbrainz/mirror"
        assert admin_client.post(url, {"base_url": "ftp://x"}).status_code == 422
        assert "http://127.0.0.1:1" in admin_client.post(url, {"base_url": "http://127.0.0.1:1"}).content.decode()
        admin_client.post(f"{url}/forget")
        assert "base_url" not in str(provider_settings().stored.get("musicbrainz.base_url"))

    def test_the_web_search_is_switched(self, admin_client: Client) -> None:
        admin_client.post("/settings/providers/web-search/duckduckgo", {"enabled": "true"})
        assert provider_settings().searches_web("duckduckgo")
        admin_client.post("/settings/providers/web-search/duckduckgo", headers=HTMX)
        assert not provider_settings().searches_web("duckduckgo")


class TestPriorities:
    def test_buttons_move_switch_and_reset(self, admin_client: Client) -> None:
        url = "/settings/priorities/moods"
        assert admin_client.post(url, {"up": "lastfm", "order": ["audiodb", "lastfm"]}).status_code == 302
        assert priority_of("moods").providers == ("lastfm", "audiodb")
        admin_client.post(url, {"toggle": "lastfm"})
        assert priority_of("moods").enabled == ("audiodb",)
        assert "Reset" in admin_client.post(url, {"down": "lastfm"}, headers=HTMX).content.decode()
        admin_client.post(url, {"reset": "yes"})
        assert priority_of("moods").enabled == ("audiodb", "lastfm")

    def test_dragged_rows_are_stored_as_they_lie(self, admin_client: Client) -> None:
        answer = admin_client.post("/settings/priorities/moods", {"order": ["lastfm", "audiodb"]}, headers=HTMX)
        assert 'id="priority-moods"' in answer.content.decode()
        assert priority_of("moods").providers == ("lastfm", "audiodb")

    def test_an_unknown_field_is_a_404(self, admin_client: Client) -> None:
        assert admin_client.post("/settings/priorities/shoe_size", {"up": "x"}).status_code == 404


class TestFetching:
    def form(self, *enabled: str, **more: Any) -> dict[str, Any]:
        return {**{f"{field}-enabled": "on" for field in enabled}, "metadata-chain": "audiodb", **more}

    def test_what_has_no_tick_is_not_fetched(self, admin_client: Client) -> None:
        assert admin_client.post("/settings/fetching", self.form("genres")).status_code == 302
        assert [field for field in DEFAULT_ORDER if order_for(field)] == ["genres"]
        admin_client.post("/settings/fetching/reset")
        assert order_for("born")

    def test_a_wrong_chain_is_told_and_nothing_is_stored(self, admin_client: Client) -> None:
        answer = admin_client.post("/settings/fetching", self.form(**{"metadata-chain": "nobody"}))
        assert answer.status_code == 422
        assert "Unknown provider: nobody." in answer.content.decode()
        assert order_for("born")

    def test_a_server_decides_only_what_is_ticked(self, admin_client: Client) -> None:
        connection = Connection.objects.create(name="Emby", type="emby", url="http://emby")
        url = f"/settings/fetching/servers/{connection.pk}"
        assert "Emby" in admin_client.get(url).content.decode()
        assert admin_client.post(url, {"genres-own": "on", "metadata-chain": ""}).status_code == 302
        assert (order_for("genres", str(connection.pk)), bool(order_for("genres"))) == ((), True)
        assert order_for("born", str(connection.pk))
        assert "decides some itself" in admin_client.get("/settings/fetching/servers").content.decode()
        admin_client.post(f"{url}/reset")
        assert order_for("genres", str(connection.pk))
