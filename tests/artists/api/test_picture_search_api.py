"""Pictures that providers and the web offer, over REST."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from artists.services.providers.web_search import set_web_search
from tests.artists.api.test_providers_api import call
from tests.artists.services.providers.house import Fakes, small_world
from tests.builders import make_artist

MBID = "7d1e0c52-3b64-4f8a-9a17-52c0b6e4d901"
URL = "https://pictures.example.org/1.jpg"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch, settings: Settings, db: None) -> Iterator[Fakes]:
    with small_world(monkeypatch, settings) as answering:
        yield answering


def test_each_has_its_kind_source_and_what_else_is_known(operator_client: Client, fakes: Fakes) -> None:
    fakes.answers["audiodb", "/images"] = {"pictures": [{"kind": "hdlogo", "url": URL, "likes": 2, "width": 800}]}
    said = call(
        operator_client, "GET", f"/artists/{make_artist(musicbrainz_id=MBID).pk}/images/search?type=logo"
    ).json()
    assert said["images"] == [{"url": URL, "type": "hdlogo", "source": "audiodb", "likes": 2, "width": 800}]


def test_nothing_found_is_two_empty_lists_and_a_failure_is_named(operator_client: Client, fakes: Fakes) -> None:
    path = f"/artists/{make_artist(musicbrainz_id=MBID).pk}/images/search"
    assert call(operator_client, "GET", path).json() == {"images": [], "errors": [], "refused": []}
    fakes.answers["audiodb", "/images"] = 500
    assert call(operator_client, "GET", path).json()["errors"] == ["audiodb: image fetch failed"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("987654321/images/search?sort=newest", 400),
        ("987654321/images/search", 404),
        ("{}/images/search", 400),
        ("{}/images/websearch", 400),
        ("{}/images/websearch?type=cover", 400),
        ("987654321/images/websearch?type=thumb", 404),
    ],
)
def test_what_makes_no_sense_is_refused(operator_client: Client, fakes: Fakes, path: str, status: int) -> None:
    artist = make_artist()
    assert call(operator_client, "GET", f"/artists/{path.format(artist.pk)}").status_code == status
    assert fakes.asked == []


def test_the_web_is_searched_only_where_somebody_wants_it(operator_client: Client, fakes: Fakes) -> None:
    fakes.answers["duckduckgo", "/web"] = {"pictures": [{"url": URL}]}
    path = f"/artists/{make_artist().pk}/images/websearch?type=thumb"
    assert call(operator_client, "GET", path).json() == {"images": []}
    set_web_search("duckduckgo", enabled=True)
    assert call(operator_client, "GET", path).json() == {
        "images": [{"url": URL, "type": "thumb", "source": "duckduckgo"}]
    }


def test_htmx_gets_the_candidates_through_us_alone(operator_client: Client, fakes: Fakes) -> None:
    fakes.answers["audiodb", "/images"] = {"urls": [URL]}
    set_web_search("duckduckgo", enabled=True)
    fakes.answers["duckduckgo", "/web"] = {"pictures": [{"url": URL}]}
    place = f"/api/v1/artists/{make_artist(musicbrainz_id=MBID).pk}/images"
    for path in (f"{place}/search", f"{place}/websearch?type=thumb"):
        text = operator_client.get(path, headers=HTMX).content.decode()
        assert text.lstrip().startswith('<div id="offered-pictures"')
        assert 'src="/img/offered/' in text
        assert f'src="{URL}"' not in text
