"""What providers and the web offer: each picture once, best first, who failed is named, nobody is asked in vain."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from artists.models import Artist
from artists.services.pictures.searching import Found, search_providers, search_web
from artists.services.providers.keys import set_key
from artists.services.providers.web_search import set_web_search
from stillwater.errors import Invalid
from tests.artists.services.providers.house import Fakes, small_world
from tests.builders import make_artist

MBID = "7d1e0c52-3b64-4f8a-9a17-52c0b6e4d901"
PLACE = "https://pictures.example.org"
SILHOUETTE = "https://e-cdns-images.dzcdn.net/images/artist//1000x1000-000000-80-0-0.jpg"


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch, settings: Settings, db: None) -> Iterator[Fakes]:
    with small_world(monkeypatch, settings) as answering:
        yield answering


@pytest.fixture
def mara(db: None) -> Artist:
    return make_artist("Mara Field", musicbrainz_id=MBID)


def picture(name: str, kind: str = "thumb", **said: Any) -> dict[str, Any]:
    return {"kind": kind, "url": f"{PLACE}/{name}", **said}


def offers(fakes: Fakes, provider: str, *pictures: dict[str, Any]) -> None:
    fakes.answers[provider, "/images"] = {"pictures": list(pictures)}


def names(found: Found) -> list[str]:
    return [offer.url.removeprefix(f"{PLACE}/") for offer in found.candidates]


class TestProviders:
    def test_the_best_liked_come_first_then_the_largest(self, fakes: Fakes, mara: Artist) -> None:
        small, large = picture("small", width=500, height=500), picture("large", width=1000, height=1000)
        offers(fakes, "audiodb", small, large, picture("liked", likes=3))
        assert names(search_providers(mara, "thumb")) == ["liked", "large", "small"]
        assert names(search_providers(mara, "thumb", "resolution")) == ["large", "small", "liked"]

    def test_equals_keep_the_order_of_their_providers(self, fakes: Fakes, mara: Artist) -> None:
        set_key("fanarttv", {"api_key": "good"}, skip_test=True)
        offers(fakes, "audiodb", picture("c"), picture("a"))
        offers(fakes, "fanarttv", picture("b"))
        assert [names(search_providers(mara)) for _ in range(3)] == [["b", "c", "a"]] * 3

    def test_a_logo_in_high_definition_is_a_logo_and_a_wide_thumb_a_thumb(self, fakes: Fakes, mara: Artist) -> None:
        offers(fakes, "audiodb", picture("1", "hdlogo"), picture("2", "widethumb"), picture("3", "logo"))
        assert names(search_providers(mara, "logo")) == ["1", "3"]
        assert names(search_providers(mara, "thumb")) == ["2"]

    def test_the_same_address_is_offered_once_for_a_slot(self, fakes: Fakes, mara: Artist) -> None:
        offers(fakes, "audiodb", picture("x", "logo"), picture("x", "hdlogo"), picture("x", "thumb"))
        assert [(offer.kind, offer.url[-1]) for offer in search_providers(mara).candidates] == [
            ("logo", "x"),
            ("thumb", "x"),
        ]

    def test_a_placeholder_is_refused_with_the_reason(self, fakes: Fakes, mara: Artist) -> None:
        fakes.answers["audiodb", "/images"] = {"urls": [SILHOUETTE, f"{PLACE}/real"]}
        found = search_providers(mara, "thumb")
        assert names(found) == ["real"]
        assert [(offer.url, "placeholder" in reason) for offer, reason in found.refused] == [(SILHOUETTE, True)]

    def test_one_that_fails_is_named_and_takes_nobody_else_down(self, fakes: Fakes, mara: Artist) -> None:
        set_key("fanarttv", {"api_key": "good"}, skip_test=True)
        fakes.answers["fanarttv", "/images"] = 500
        offers(fakes, "audiodb", picture("a"))
        found = search_providers(mara)
        assert (names(found), found.errors) == (["a"], ("fanarttv: image fetch failed",))

    def test_an_answer_that_breaks_our_own_code_counts_as_a_failure(self, fakes: Fakes, mara: Artist) -> None:
        fakes.answers["audiodb", "/images"] = {"pictures": [{"surprise": 1}]}
        assert search_providers(mara).errors == ("audiodb: image fetch failed",)

    def test_the_mbid_is_what_they_are_asked_by(self, fakes: Fakes, mara: Artist) -> None:
        search_providers(mara)
        assert [question.query["mbid"] for question in fakes.of("audiodb")] == [MBID]
        assert fakes.of("fanarttv") == fakes.of("wikipedia") == []

    @pytest.mark.parametrize(
        ("kind", "sort", "word"), [("cover", "", "type"), ("", "newest", "sort"), ("", "", "MusicBrainz")]
    )
    def test_nobody_is_asked_what_makes_no_sense(self, fakes: Fakes, kind: str, sort: str, word: str) -> None:
        with pytest.raises(Invalid, match=word):
            search_providers(make_artist(), kind, sort)
        assert fakes.asked == []


class TestWeb:
    def test_it_is_searched_by_name_where_an_engine_is_enabled(self, fakes: Fakes) -> None:
        artist = make_artist("Mara Field")
        fakes.answers["duckduckgo", "/web"] = {"pictures": [{"url": f"{PLACE}/w"}, {"url": SILHOUETTE}]}
        assert search_web(artist, "fanart") == Found()
        assert fakes.asked == []
        set_web_search("duckduckgo", enabled=True)
        found = search_web(artist, "fanart")
        assert [(offer.kind, offer.url) for offer in found.candidates] == [("fanart", f"{PLACE}/w")]
        assert fakes.asked[0].query["q"] == "Mara Field"

    def test_a_search_of_the_providers_never_asks_it(self, fakes: Fakes, mara: Artist) -> None:
        set_web_search("duckduckgo", enabled=True)
        search_providers(mara)
        assert fakes.of("duckduckgo") == []

    def test_an_engine_that_slows_us_down_is_named(self, fakes: Fakes, mara: Artist) -> None:
        set_web_search("duckduckgo", enabled=True)
        fakes.answers["duckduckgo", "/web"] = 500
        assert search_web(mara, "thumb").errors == ("duckduckgo: image fetch failed",)
