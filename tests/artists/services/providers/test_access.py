"""How a provider is reached: its own address, a mirror, the demo's world; and the web search that is off."""

from typing import Any

import pytest
from pytest_django.fixtures import Settings

from artists.services.providers import access_of, available_providers, languages_for, provider_settings
from artists.services.providers.keys import set_key
from artists.services.providers.mirrors import clear_mirror, set_mirror
from artists.services.providers.settings import Mirror, spec_of
from artists.services.providers.web_search import set_web_search
from stillwater.errors import Invalid
from stillwater.models import Role, User
from stillwater.services.options import change_options
from stillwater.services.preferences import change_preference


class TestAddresses:
    def test_the_world_of_the_setting_answers_for_every_service(self, settings: Settings) -> None:
        access = access_of("wikipedia")
        assert access.services == {"api": f"{settings.STILLWATER_PROVIDERS_URL}/wikipedia/api"}
        assert access.private == {settings.STILLWATER_PROVIDERS_URL}

    def test_without_it_the_provider_itself_is_asked_and_nothing_private(self, settings: Settings) -> None:
        settings.STILLWATER_PROVIDERS_URL = ""
        access = access_of("wikipedia")
        assert (access.services, access.private) == ({}, frozenset())

    def test_a_page_waits_for_its_turn_only_briefly(self) -> None:
        assert access_of("wikipedia", "page").patience < 15 < access_of("wikipedia", "job").patience

    def test_one_query_reads_the_settings_of_all(self, django_assert_num_queries: Any) -> None:
        set_key("lastfm", {"api_key": "good"}, skip_test=True)
        with django_assert_num_queries(1):
            names = [provider.spec.name for provider in available_providers()]
        assert names == ["musicbrainz", "wikipedia", "audiodb", "lastfm"]


class TestMirror:
    def test_it_is_asked_instead_at_its_own_rate_even_in_a_private_network(self, settings: Settings) -> None:
        mirror = f"{settings.STILLWATER_PROVIDERS_URL}/musicbrainz/mirror"
        settings.STILLWATER_PROVIDERS_URL = ""
        assert set_mirror("musicbrainz", f" {mirror}/ ", 25).ok
        access = access_of("musicbrainz")
        assert (access.services, access.per_second, access.private) == ({"api": mirror}, 25, {mirror})

    def test_one_that_does_not_answer_is_kept_and_told(self) -> None:
        trial = set_mirror("musicbrainz", "http://127.0.0.1:1/ws/2")
        assert not trial.ok
        assert provider_settings().mirror_of(spec_of("musicbrainz")) == Mirror("http://127.0.0.1:1/ws/2", 10)

    def test_cleared_the_provider_itself_is_asked_again(self) -> None:
        set_mirror("musicbrainz", "http://127.0.0.1:1")
        clear_mirror("musicbrainz")
        assert access_of("musicbrainz").per_second == 0

    @pytest.mark.parametrize(
        ("name", "address", "rate"),
        [
            ("wikipedia", "http://127.0.0.1:1", 1),
            ("musicbrainz", "", 1),
            ("musicbrainz", "ftp://mirror", 1),
            ("musicbrainz", "http://user:secret@mirror", 1),
            ("musicbrainz", "http://mirror/?a=b", 1),
            ("musicbrainz", "http://mirror", 101),
            ("musicbrainz", "http://mirror", float("nan")),
        ],
    )
    def test_what_is_no_mirror_is_refused(self, name: str, address: str, rate: float) -> None:
        with pytest.raises(Invalid):
            set_mirror(name, address, rate)

    def test_a_base_url_of_a_provider_without_mirrors_counts_for_nothing(self) -> None:
        change_options({"provider.wikipedia.base_url": "http://169.254.169.254"})
        assert "169.254" not in str(access_of("wikipedia"))


class TestWebSearch:
    def test_it_is_off_until_it_is_switched_on(self) -> None:
        assert not provider_settings().searches_web("duckduckgo")
        set_web_search("duckduckgo", enabled=True)
        assert provider_settings().searches_web("duckduckgo")
        assert "duckduckgo" in provider_settings().priority_of("thumb").providers
        assert "duckduckgo" not in provider_settings().priority_of("genres").providers

    def test_an_unknown_engine_is_refused(self) -> None:
        with pytest.raises(Invalid):
            set_web_search("musicbrainz", enabled=True)


class TestLanguages:
    def test_the_person_who_asks_decides(self, administrator: User, operator: User) -> None:
        change_preference(operator, "metadata_languages", '["ja", "en"]')
        assert languages_for(operator) == ("ja", "en")
        assert languages_for(administrator) == ("en",)

    def test_in_the_background_it_is_the_protected_administrator(self, administrator: User) -> None:
        change_preference(administrator, "metadata_languages", '["de"]')
        User.objects.create(username="earlier", role=Role.ADMINISTRATOR)
        assert languages_for(None) == ("de",)

    def test_without_anybody_it_is_english(self) -> None:
        assert languages_for(None) == ("en",)
