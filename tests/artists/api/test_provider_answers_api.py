"""What all providers say of a name or an MBID, over REST, without anything being stored."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from artists.models import Artist
from tests.artists.api.test_providers_api import call
from tests.artists.services.providers.house import Fakes, small_world

MBID = "7d1e0c52-3b64-4f8a-9a17-52c0b6e4d901"
LIFE = "Quillfen Harbor formed in Akureyri in 2004, when two neighbours found that their walls were thin."


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch, settings: Settings, db: None) -> Iterator[Fakes]:
    with small_world(monkeypatch, settings) as answering:
        yield answering


def hit(key: str, score: int) -> dict[str, Any]:
    return {"hits": [{"id": key, "name": "Quillfen Harbor", "score": score}]}


class TestSearch:
    def test_all_that_answer_are_heard_best_first(self, operator_client: Client, fakes: Fakes) -> None:
        fakes.answers[("wikipedia", "/search")] = hit("w1", 80)
        fakes.answers[("musicbrainz", "/search")] = hit(MBID, 100)
        fakes.answers[("audiodb", "/search")] = 500
        answer = call(operator_client, "POST", "/providers/search", {"name": "Quillfen Harbor"})
        assert answer.json()["results"] == [
            {"provider_id": MBID, "name": "Quillfen Harbor", "score": 100, "source": "musicbrainz"},
            {"provider_id": "w1", "name": "Quillfen Harbor", "score": 80, "source": "wikipedia"},
        ]

    def test_a_blank_name_asks_nobody(self, operator_client: Client, fakes: Fakes) -> None:
        answer = call(operator_client, "POST", "/providers/search", {"name": " "})
        assert (answer.status_code, answer.json()) == (400, {"error": "name is required"})
        assert fakes.asked == []


class TestFetch:
    def test_the_answer_is_what_a_refresh_would_be_told(self, operator_client: Client, fakes: Fakes) -> None:
        fakes.answers[("musicbrainz", "/artist")] = {"name": "Quillfen Harbor", "type": "group"} | {"ids": {}}
        fakes.answers[("wikipedia", "/artist")] = {"name": "Quillfen Harbor", "biography": LIFE, "genres": ["Folk"]}
        fakes.answers[("audiodb", "/images")] = {"urls": ["https://pictures.example.org/1.jpg"]}
        said = call(operator_client, "POST", "/providers/fetch", {"name": "Quillfen Harbor"}).json()
        assert (said["metadata"]["biography"], said["metadata"]["genres"]) == (LIFE, ["Folk"])
        assert {"field": "biography", "provider": "wikipedia"} in said["sources"]
        assert said["images"] == [
            {"url": "https://pictures.example.org/1.jpg", "type": "thumb", "source": "audiodb"},
        ]
        assert "died" not in said["metadata"]
        assert Artist.objects.count() == 0

    def test_a_provider_that_fails_is_named_without_its_words(self, operator_client: Client, fakes: Fakes) -> None:
        fakes.answers[("musicbrainz", "/artist")] = 500
        said = call(operator_client, "POST", "/providers/fetch", {"mbid": MBID}).json()
        assert "musicbrainz: metadata fetch failed" in said["errors"]
        assert "musicbrainz" not in said["attempted_providers"]

    def test_somebody_has_to_be_asked_about(self, operator_client: Client) -> None:
        answer = call(operator_client, "POST", "/providers/fetch", {})
        assert (answer.status_code, answer.json()) == (400, {"error": "mbid or name is required"})
