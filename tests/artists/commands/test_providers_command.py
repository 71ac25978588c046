"""`manage.py providers`, and what the demo makes ready."""

import io
import json
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from stillwater import demo
from tests.artists.services.providers.house import Fakes, small_world


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch, settings: Settings, db: None) -> Iterator[Fakes]:
    with small_world(monkeypatch, settings) as answering:
        yield answering


def lines(*arguments: str) -> list[dict[str, object]]:
    out = io.StringIO()
    call_command("providers", *arguments, "--json", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_it_lists_how_they_stand() -> None:
    assert {row["name"]: row["status"] for row in lines("list")}["discogs"] == "unconfigured"


def test_it_asks_those_that_are_named() -> None:
    assert lines("test", "wikipedia") == [{"name": "wikipedia", "ok": True, "reason": ""}]


def test_one_that_does_not_answer_is_told_by_the_exit_code(fakes: Fakes) -> None:
    fakes.answers["wikipedia", "/test"] = 500
    with pytest.raises(SystemExit) as end:
        lines("test")
    assert end.value.code == 1


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(CommandError, match="unknown provider: nobody"):
        lines("test", "nobody")


class TestDemo:
    def test_its_world_runs_beside_it_where_the_address_says(self, settings: Settings) -> None:
        settings.STILLWATER_PROVIDERS_URL = "http://127.0.0.1:8099"
        assert demo.companions() == ()
        settings.STILLWATER_DEMO = True
        assert demo.companions() == (("fake_providers", "--port", "8099"),)

    def test_every_page_says_that_providers_are_invented(self, admin_client: Client, settings: Settings) -> None:
        words = "invented providers answer here"
        assert words not in admin_client.get("/settings/providers").content.decode()
        settings.STILLWATER_DEMO = True
        assert words in admin_client.get("/settings/providers").content.decode()
