"""One's own preferences: each saved by itself, or all with a button; the server renders what they say."""

import pytest
from django.test import Client

from stillwater.models import User
from stillwater.preference_words import BY_KEY
from stillwater.services.preferences import SPECS, preferences_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def test_the_page_has_a_control_for_every_preference_it_names(admin_client: Client) -> None:
    page = admin_client.get("/preferences").content.decode()
    assert [key for key in BY_KEY if f'name="{key}"' not in page] == []


def test_every_named_value_is_one_that_the_registry_takes() -> None:
    choices = {spec.key: spec.choices for spec in SPECS}
    assert {key: set(words.choices) for key, words in BY_KEY.items() if words.choices} == {
        key: set(choices[key]) for key, words in BY_KEY.items() if words.choices
    }


def test_a_choice_is_saved_and_says_so(admin_client: Client, administrator: User) -> None:
    answer = admin_client.post("/preferences/theme", {"theme": "light"}, headers=HTMX)
    assert answer.status_code == 200
    assert b"Saved" in answer.content
    assert preferences_of(administrator)["theme"] == "light"


def test_the_next_page_is_drawn_with_it(admin_client: Client) -> None:
    admin_client.post("/preferences/density", {"density": "compact"}, headers=HTMX)
    assert 'data-density="compact"' in admin_client.get("/preferences").content.decode()


def test_a_wrong_value_keeps_what_was_typed_and_says_what_would_be_right(
    admin_client: Client, administrator: User
) -> None:
    answer = admin_client.post("/preferences/page_size", {"page_size": "7"}, headers=HTMX)
    assert answer.status_code == 422
    assert 'value="7"' in answer.content.decode()
    assert "This must be a whole number from 10 to 500." in answer.content.decode()
    assert preferences_of(administrator)["page_size"] == "50"


def test_languages_are_typed_with_commas(admin_client: Client, administrator: User) -> None:
    answer = admin_client.post("/preferences/metadata_languages", {"metadata_languages": "de, en-gb"}, headers=HTMX)
    assert 'value="de, en-GB"' in answer.content.decode()
    assert preferences_of(administrator)["metadata_languages"] == '["de", "en-GB"]'


def test_a_switch_that_is_not_sent_is_off(admin_client: Client, administrator: User) -> None:
    admin_client.post("/preferences/metadata_name_romanization_fallback", {}, headers=HTMX)
    assert preferences_of(administrator)["metadata_name_romanization_fallback"] == "false"


def test_an_unknown_preference_is_not_found(admin_client: Client) -> None:
    assert admin_client.post("/preferences/colour", {"colour": "red"}, headers=HTMX).status_code == 404


class TestWithoutScripts:
    def all_of(self, administrator: User, **changed: str) -> dict[str, str]:
        values = preferences_of(administrator)
        return {**{key: values[key] for key in BY_KEY}, "metadata_languages": "en", **changed}

    def test_the_button_saves_all(self, admin_client: Client, administrator: User) -> None:
        answer = admin_client.post("/preferences", self.all_of(administrator, theme="light", page_size="80"))
        assert answer.headers["Location"] == "/preferences"
        assert preferences_of(administrator)["page_size"] == "80"

    def test_what_is_wrong_is_shown_with_the_rest(self, admin_client: Client, administrator: User) -> None:
        answer = admin_client.post("/preferences", self.all_of(administrator, page_size="many"))
        assert answer.status_code == 422
        assert 'value="many"' in answer.content.decode()


def test_one_person_s_choice_is_not_another_s(
    admin_client: Client, operator_client: Client, administrator: User
) -> None:
    operator_client.post("/preferences/theme", {"theme": "light"}, headers=HTMX)
    assert preferences_of(administrator)["theme"] == "dark"
