"""What goes into artist.nfo: the settings page with its example, and the same over REST."""

import json
from typing import Any

import pytest
from django.test import Client

from artists.services.nfo_output import output_mapping

pytestmark = pytest.mark.django_db

STORED = {"default_behavior": True, "moods_as_styles": False, "genre_sources": ["genres"], "advanced_remap": None}


def elements(client: Client, **ticks: Any) -> list[tuple[str, str]]:
    return list(client.get("/settings/nfo-output/example", ticks).context["example"])


class TestPage:
    def test_the_form_stores_the_chosen_way(self, admin_client: Client) -> None:
        typed = {"mode": "sources", "genre_sources": ["genres", "moods"], "moods_as_styles": "on"}
        assert admin_client.post("/settings/nfo-output", typed).headers["Location"] == "/settings/nfo-output"
        mapping = output_mapping()
        assert (mapping.default_behavior, mapping.moods_as_styles) == (False, True)
        assert mapping.genre_sources == ("genres", "moods")
        assert mapping.advanced_remap is None

    def test_a_mapping_of_one_s_own_leaves_out_what_has_no_tick(self, admin_client: Client) -> None:
        admin_client.post("/settings/nfo-output", {"mode": "remap", "remap_genre": ["styles"]})
        assert output_mapping().advanced_remap == {"genre": ("styles",)}

    def test_it_shows_what_is_stored(self, admin_client: Client) -> None:
        admin_client.post("/settings/nfo-output", {"mode": "remap", "remap_genre": ["styles"]})
        form = admin_client.get("/settings/nfo-output").context["form"]
        assert (form["mode"].value(), form["remap_genre"].value(), form["remap_mood"].value()) == (
            "remap",
            ["styles"],
            [],
        )

    def test_an_unknown_way_is_refused(self, admin_client: Client) -> None:
        assert admin_client.post("/settings/nfo-output", {"mode": "magic"}).status_code == 422


class TestExample:
    def test_as_stored_every_list_goes_into_its_element(self, admin_client: Client) -> None:
        shown = elements(admin_client, mode="stored")
        assert [element for element, _text in shown] == ["genre", "genre", "style", "style", "mood"]

    def test_it_follows_the_ticks_and_stores_nothing(self, admin_client: Client) -> None:
        shown = elements(admin_client, mode="sources", genre_sources=["genres", "styles"])
        assert [text for element, text in shown if element == "genre"] == ["Baroque", "Choral", "Fugue"]
        assert output_mapping().default_behavior is True


class TestRest:
    url = "/api/v1/settings/nfo-output"

    def put(self, client: Client, body: object) -> Any:
        client.get("/api/v1/health")
        headers = {"X-CSRF-Token": client.cookies["csrf_token"].value}
        return client.put(self.url, json.dumps(body), content_type="application/json", headers=headers)

    def test_it_reads_the_defaults(self, admin_client: Client) -> None:
        assert admin_client.get(self.url).json() == STORED

    def test_it_stores_the_whole_setting(self, admin_client: Client) -> None:
        wanted = {**STORED, "default_behavior": False, "advanced_remap": {"genre": ["genres", "moods"]}}
        assert self.put(admin_client, wanted).json() == wanted
        assert admin_client.get(self.url).json() == wanted

    @pytest.mark.parametrize(
        "body",
        [
            {"colour": "red"},
            {"genre_sources": ["tags"]},
            {"genre_sources": "genres"},
            {"advanced_remap": {"tag": ["genres"]}},
            {"advanced_remap": {"genre": ["tags"]}},
            {"default_behavior": "perhaps"},
            [1],
        ],
    )
    def test_what_is_unknown_is_refused_and_nothing_changes(self, admin_client: Client, body: object) -> None:
        answer = self.put(admin_client, body)
        assert answer.status_code == 400
        assert "error" in answer.json()
        assert admin_client.get(self.url).json() == STORED

    def test_operators_may_not(self, operator_client: Client) -> None:
        assert operator_client.get(self.url).status_code == 403
        assert self.put(operator_client, STORED).status_code == 403
