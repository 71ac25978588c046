"""Keys of providers: tried first, stored sealed, never told; what is known of them."""

import json
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from artists.providers.errors import AuthRequired
from artists.services.providers import provider_of, provider_settings
from artists.services.providers.access import access_of
from artists.services.providers.keys import KeyRefused, delete_key, set_key
from artists.services.providers.settings import spec_of
from artists.services.providers.trying import try_provider, try_providers
from stillwater import vault
from stillwater.errors import Invalid
from stillwater.models import Option
from stillwater.services.options import change_options
from tests.artists.services.providers.house import Fakes


def status(name: str) -> str:
    return provider_settings().status_of(spec_of(name))


class TestSetKey:
    def test_it_is_tried_stored_sealed_and_counts(self, fakes: Fakes) -> None:
        set_key("discogs", {"api_key": " good-token "})
        assert [question.path for question in fakes.of("discogs")] == ["/test"]
        stored = Option.objects.get(pk="provider.discogs.api_key").value
        assert vault.open_sealed(stored) == "good-token"
        assert status("discogs") == "ok"

    def test_a_key_that_the_provider_refuses_is_not_stored(self) -> None:
        set_key("discogs", {"api_key": "good-token"})
        with pytest.raises(KeyRefused) as refused:
            set_key("discogs", {"api_key": "wrong-token"})
        assert refused.value.body()["status"] == "test_failed"
        assert refused.value.body()["error"] == "Unable to verify provider credentials"
        assert refused.value.trial.refused
        assert access_of("discogs").key == "good-token"

    def test_nor_one_about_which_it_says_nothing(self) -> None:
        with pytest.raises(KeyRefused) as refused:
            set_key("discogs", {"api_key": "mute-token"})
        assert not refused.value.trial.refused
        assert status("discogs") == "unconfigured"

    def test_untested_it_is_stored_as_it_is_and_nobody_is_asked(self, fakes: Fakes) -> None:
        set_key("discogs", {"api_key": "wrong-token"}, skip_test=True)
        assert (status("discogs"), fakes.asked) == ("untested", [])

    def test_a_new_key_forgets_what_was_known_of_the_old_one(self) -> None:
        set_key("discogs", {"api_key": "good-token"})
        set_key("discogs", {"api_key": "other-token"}, skip_test=True)
        assert status("discogs") == "untested"

    def test_so_does_one_that_comes_with_the_settings_as_a_whole(self, django_capture_on_commit_callbacks: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            set_key("discogs", {"api_key": "good-token"})
        assert status("discogs") == "ok"
        with django_capture_on_commit_callbacks(execute=True):
            change_options({"provider.discogs.api_key": "other-token"})
        assert status("discogs") == "untested"

    def test_two_halves_are_kept_as_one(self) -> None:
        set_key("spotify", {"client_id": "good-id", "client_secret": "s3cret"})
        assert json.loads(access_of("spotify").key) == {"client_id": "good-id", "client_secret": "s3cret"}

    @pytest.mark.parametrize(
        ("name", "parts", "words"),
        [
            ("nobody", {"api_key": "x"}, "unknown provider"),
            ("musicbrainz", {"api_key": "x"}, "needs no key"),
            ("discogs", {}, "api_key is required"),
            ("discogs", {"api_key": "  "}, "api_key is required"),
            ("discogs", {"api_key": "x" * 501}, "plain characters"),
            ("discogs", {"api_key": "a\nb"}, "plain characters"),
            ("discogs", {"api_key": "schlüssel"}, "plain characters"),
            ("spotify", {"client_id": "good"}, "client_secret is required"),
        ],
    )
    def test_bad_input_is_told(self, name: str, parts: dict[str, str], words: str) -> None:
        with pytest.raises(Invalid, match=words):
            set_key(name, parts)
        assert not Option.objects.exists()

    def test_a_deleted_key_is_gone_with_its_status(self) -> None:
        set_key("discogs", {"api_key": "good-token"})
        delete_key("discogs")
        delete_key("discogs")
        assert not Option.objects.exists()
        with pytest.raises(AuthRequired):
            provider_of("discogs")


class TestStatus:
    def test_each_provider_has_one(self) -> None:
        assert {spec: status(spec) for spec in ("musicbrainz", "audiodb", "discogs")} == {
            "musicbrainz": "not_required",
            "audiodb": "not_required",
            "discogs": "unconfigured",
        }

    def test_a_test_remembers_a_refusal_and_a_success(self) -> None:
        set_key("discogs", {"api_key": "wrong-token"}, skip_test=True)
        refused = try_provider("discogs")
        assert (refused.ok, refused.persisted, status("discogs")) == (False, True, "invalid")
        set_key("discogs", {"api_key": "good-token"}, skip_test=True)
        assert try_provider("discogs").ok
        assert status("discogs") == "ok"

    def test_silence_says_nothing_about_a_key(self, fakes: Fakes) -> None:
        set_key("discogs", {"api_key": "good-token"})
        fakes.answers["discogs", "/test"] = 503
        trial = try_provider("discogs")
        assert (trial.ok, trial.persisted, status("discogs")) == (False, False, "ok")

    def test_a_provider_without_a_key_is_tried_too(self) -> None:
        trial = try_provider("musicbrainz")
        assert (trial.ok, trial.persisted) == (True, False)

    def test_nothing_found_is_an_answer(self, fakes: Fakes) -> None:
        fakes.answers["musicbrainz", "/test"] = 404
        assert try_provider("musicbrainz").ok

    def test_without_the_key_it_needs_nobody_is_asked(self, fakes: Fakes) -> None:
        assert try_provider("discogs").reason == "there is no key"
        assert fakes.asked == []

    def test_all_that_can_be_asked_are_tried_at_once(self) -> None:
        set_key("lastfm", {"api_key": "good"}, skip_test=True)
        assert {trial.provider: trial.ok for trial in try_providers()} == dict.fromkeys(
            ["musicbrainz", "wikipedia", "audiodb", "lastfm"], True
        )

    def test_a_key_that_cannot_be_opened_is_asked_for_again(self, settings: Settings) -> None:
        set_key("discogs", {"api_key": "good-token"}, skip_test=True)
        settings.STILLWATER_ENCRYPTION_KEY = "00" * 32
        with pytest.raises(AuthRequired, match="enter it again"):
            access_of("discogs")
        assert try_provider("discogs").ok is False
