"""Whom to ask for a field: people's order, the primary, the chain; and what is not fetched at all."""

from typing import Any

import pytest

from artists.models import ScraperConfig
from artists.providers.orders import DEFAULT_ORDER
from artists.services.providers import order_for, orders_of, scope_of, scopes_of
from artists.services.providers.keys import set_key
from artists.services.providers.priorities import move, priority_of, reset_priorities, set_priorities, toggle
from artists.services.providers.scraper import change_scraping, reset_scraping, scraping_of
from stillwater.errors import Invalid, NotFound
from stillwater.models import Option
from stillwater.services.options import change_options
from tests.builders import make_artist, make_library

ONLY_GENRES = {"fields": [{"field": "genres", "primary": "", "enabled": True}]}


@pytest.fixture(autouse=True)
def keys() -> None:
    for name in ("discogs", "lastfm", "fanarttv"):
        set_key(name, {"api_key": "good"}, skip_test=True)


class TestPriorities:
    def test_at_first_the_defaults_count(self) -> None:
        assert priority_of("biography").providers == ("wikipedia", "lastfm", "audiodb", "discogs")

    def test_a_stored_order_gets_the_missing_defaults_appended(self) -> None:
        set_priorities({"biography": ["discogs", "discogs"]})
        assert priority_of("biography").providers == ("discogs", "wikipedia", "lastfm", "audiodb")

    @pytest.mark.parametrize("corrupt", ["", "{", "7", '["wikipedia", 3]'])
    def test_a_corrupt_order_counts_as_none(self, corrupt: str) -> None:
        Option.objects.create(pk="provider.priority.biography", value=corrupt)
        assert priority_of("biography").providers[0] == "wikipedia"

    def test_a_provider_goes_up_and_down_and_stops_at_the_ends(self) -> None:
        assert move("moods", "lastfm", -1).providers == ("lastfm", "audiodb")
        assert move("moods", "lastfm", -1).providers == ("lastfm", "audiodb")
        assert move("moods", "lastfm", 1).providers == ("audiodb", "lastfm")

    def test_switched_off_and_on_again_it_keeps_its_place(self) -> None:
        assert toggle("moods", "audiodb") is False
        assert priority_of("moods").enabled == ("lastfm",)
        set_priorities({"moods": ["lastfm", "audiodb"]})
        assert priority_of("moods").disabled == {"audiodb"}
        assert toggle("moods", "audiodb") is True

    def test_reset_forgets_one_field_or_all(self) -> None:
        set_priorities({"moods": ["lastfm"], "genres": ["lastfm"]})
        toggle("moods", "audiodb")
        reset_priorities("moods")
        assert priority_of("moods").enabled == ("audiodb", "lastfm")
        assert priority_of("genres").providers[0] == "lastfm"
        reset_priorities()
        assert not Option.objects.filter(pk__startswith="provider.priority").exists()

    def test_unknown_fields_and_providers_are_refused_and_nothing_is_stored(self) -> None:
        with pytest.raises(NotFound):
            toggle("shoe_size", "audiodb")
        with pytest.raises(Invalid):
            toggle("moods", "wikipedia")
        for orders in ({"moods": ["lastfm"], "": []}, {"shoe_size": []}, {"moods": ["nobody"]}):
            with pytest.raises(Invalid):
                set_priorities(orders)
        assert not Option.objects.filter(pk__startswith="provider.priority").exists()


class TestOrder:
    def test_it_is_the_field_s_own_order_then_the_primary_then_the_chain(self) -> None:
        set_priorities({"styles": ["lastfm"]})
        change_scraping(
            {
                "fields": [{"field": "styles", "primary": "wikipedia", "enabled": True}],
                "fallback_chains": [{"category": "metadata", "providers": ["audiodb", "musicbrainz"]}],
            }
        )
        assert order_for("styles") == ("lastfm", "discogs", "audiodb", "musicbrainz", "wikipedia")

    def test_who_is_switched_off_does_not_come_back_through_the_chain(self) -> None:
        toggle("biography", "discogs")
        assert "discogs" not in order_for("biography")

    def test_a_field_with_nobody_switched_on_is_not_fetched(self) -> None:
        for name in priority_of("moods").providers:
            toggle("moods", name)
        assert order_for("moods") == ()

    def test_who_has_no_key_or_nothing_to_say_is_not_asked(self) -> None:
        assert "spotify" not in order_for("genres")
        assert "spotify" in orders_of().ranked("genres")
        assert order_for("logo") == ("fanarttv", "audiodb")
        assert "discogs" not in order_for("logo")

    def test_origin_is_fetched_like_the_others(self) -> None:
        assert order_for("origin")[:3] == ("wikipedia", "audiodb", "musicbrainz")

    def test_the_web_search_is_never_part_of_it(self) -> None:
        change_options({"provider.websearch.duckduckgo.enabled": "true"})
        assert "duckduckgo" not in orders_of().ranked("thumb")

    def test_all_orders_cost_two_queries(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(2):
            orders = orders_of("7")
            assert orders.fields()


class TestScraping:
    def test_without_a_row_everything_is_fetched(self) -> None:
        assert set(scraping_of().plan.fields) == set(DEFAULT_ORDER)
        assert scraping_of("7").own is None

    def test_a_field_that_is_switched_off_or_left_out_is_not_fetched(self) -> None:
        change_scraping({"fields": [{"field": "genres", "enabled": True}, {"field": "born", "enabled": False}]})
        assert order_for("genres")
        assert (order_for("born"), order_for("biography")) == ((), ())

    def test_a_connection_overrides_only_what_it_says(self) -> None:
        own = {"fields": [{"field": "genres", "enabled": False}, {"field": "born", "enabled": False}]}
        change_scraping(own, {"fields": {"genres": True, "born": False}}, scope="7")
        assert order_for("genres", "7") == ()
        assert order_for("born", "7") == order_for("born") != ()
        assert order_for("genres") != ()

    def test_a_connection_s_own_chain(self) -> None:
        chain = {"fallback_chains": [{"category": "images", "providers": ["audiodb"]}]}
        change_scraping(chain, {"fallback_chains": {"images": True}}, scope="7")
        assert scraping_of("7").plan.chains["images"] == ("audiodb",)
        assert scraping_of("8").plan.chains["images"] == ("fanarttv", "audiodb")

    def test_reset_goes_back_to_what_holds_for_all(self) -> None:
        change_scraping(ONLY_GENRES, {"fields": {"genres": True}}, scope="7")
        reset_scraping("7")
        reset_scraping("7")
        assert scraping_of("7").is_default

    @pytest.mark.parametrize(
        "config",
        [
            [],
            {"fields": {}},
            {"fields": [1]},
            {"fields": [{"field": "shoe_size"}]},
            {"fields": [{"field": ["genres"]}]},
            {"fields": [{"field": "genres", "primary": "allmusic"}]},
            {"fields": [{"field": "genres", "primary": "duckduckgo"}]},
            {"fields": [{"field": "genres", "enabled": "perhaps"}]},
            {"fields": [{"field": "genres"}, {"field": "genres"}]},
            {"fallback_chains": [{"category": "sounds"}]},
            {"fallback_chains": [{"category": "images", "providers": ["allmusic"]}]},
            {"fallback_chains": [{"category": "images", "providers": "audiodb"}]},
        ],
    )
    def test_a_wrong_configuration_is_refused(self, config: Any) -> None:
        with pytest.raises(Invalid):
            change_scraping(config)
        assert not ScraperConfig.objects.exists()

    @pytest.mark.parametrize("torn", [[], {"fields": "x"}, {"fields": [{"field": "gone"}]}])
    def test_a_torn_row_switches_nothing_off(self, torn: Any) -> None:
        ScraperConfig.objects.create(scope="global", config=torn)
        assert order_for("genres")


class TestScope:
    def test_an_artist_of_a_server_s_library_has_that_server_s_scope(self) -> None:
        change_scraping(ONLY_GENRES, {"fields": {"genres": True}}, scope="7")
        artist = make_artist(library=make_library("Emby", connection_id=7))
        assert scope_of(artist) == "7"

    def test_others_have_the_global_one(self) -> None:
        assert scope_of(make_artist(library=make_library())) == "global"
        assert scope_of(make_artist()) == "global"

    def test_many_artists_cost_one_query(self, django_assert_num_queries: Any) -> None:
        libraries = [make_library(str(number), connection_id=number) for number in range(3)]
        artists = [make_artist(library=library) for library in libraries]
        with django_assert_num_queries(1):
            assert scopes_of(artist.pk for artist in artists) == dict(
                zip((artist.pk for artist in artists), "012", strict=True)
            )
