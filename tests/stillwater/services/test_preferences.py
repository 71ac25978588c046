"""One person's preferences: changed strictly, read forgivingly, in one normal spelling (behaviour.md 1)."""

import json
from typing import Any

import pytest
from django.test import Client

from stillwater.errors import Invalid
from stillwater.models import Preference, User
from stillwater.services.options import change_options
from stillwater.services.preferences import SPECS, PreferenceSpec, change_preference, preference_of, preferences_of

pytestmark = pytest.mark.django_db

FAR = "987654321"


def put(client: Client, key: str, value: Any) -> Any:
    return client.put(f"/api/v1/preferences/{key}", {"value": value}, content_type="application/json")


def test_without_a_choice_the_defaults_count(administrator: User) -> None:
    assert preferences_of(administrator) == {spec.key: spec.default for spec in SPECS}


def test_who_has_not_chosen_fetches_pictures_as_the_application_does(administrator: User) -> None:
    change_options({"auto_fetch_images": "true"})
    assert preference_of(administrator, "auto_fetch_images") == "true"
    change_preference(administrator, "auto_fetch_images", "false")
    assert preference_of(administrator, "auto_fetch_images") == "false"


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.key)
def test_every_default_is_a_value_that_could_be_chosen(spec: PreferenceSpec) -> None:
    assert spec.normal(spec.default) == spec.default


@pytest.mark.parametrize("key", ["theme\n", "suppress_confirm_a\n", "suppress_confirm_", "suppress_confirm_A", ""])
def test_a_key_is_known_to_the_last_letter(administrator: User, key: str) -> None:
    with pytest.raises(Invalid, match="unknown preference"):
        change_preference(administrator, key, "true")


@pytest.mark.parametrize("languages", ['["en\\n"]', "[" * 100_000, "{}", "[5]", '["en", "EN"]', "nope"])
def test_languages_that_are_none_are_refused(administrator: User, languages: str) -> None:
    with pytest.raises(Invalid):
        change_preference(administrator, "metadata_languages", languages)


@pytest.mark.parametrize("spec", [spec for spec in SPECS if spec.choices], ids=lambda spec: spec.key)
def test_of_a_choice_each_value_is_kept_and_no_other(administrator: User, spec: PreferenceSpec) -> None:
    for choice in spec.choices:
        assert change_preference(administrator, spec.key, choice) == choice
        assert preference_of(administrator, spec.key) == choice
    for wrong in ("", "nonsense", spec.choices[0].upper(), f" {spec.choices[0]}"):
        with pytest.raises(Invalid, match="must be one of"):
            change_preference(administrator, spec.key, wrong)
    assert preference_of(administrator, spec.key) == spec.choices[-1]


@pytest.mark.parametrize("spec", [spec for spec in SPECS if spec.high], ids=lambda spec: spec.key)
def test_of_a_number_the_bounds_belong_to_it_and_nothing_beyond(administrator: User, spec: PreferenceSpec) -> None:
    for right in (spec.low, spec.high):
        assert change_preference(administrator, spec.key, str(right)) == str(right)
    for wrong in (str(spec.low - 1), str(spec.high + 1), FAR, "-1", "1.5", "", "x", "٣٠", "1e2", "9" * 5000):
        with pytest.raises(Invalid, match="whole number"):
            change_preference(administrator, spec.key, wrong)


def test_a_number_loses_leading_zeros(administrator: User) -> None:
    assert change_preference(administrator, "page_size", "0050") == "50"


class TestLanguages:
    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ('["en"]', ["en"]),
            ('["EN-gb", "de"]', ["en-GB", "de"]),
            ('["zh-hant-tw"]', ["zh-Hant-TW"]),
            ('["sr-LATN", "pt-br"]', ["sr-Latn", "pt-BR"]),
        ],
    )
    def test_tags_get_their_canonical_case_and_keep_their_order(
        self, administrator: User, given: str, kept: list[str]
    ) -> None:
        assert json.loads(change_preference(administrator, "metadata_languages", given)) == kept

    @pytest.mark.parametrize(
        "wrong",
        [
            "",
            "en",
            "{}",
            "null",
            '"en"',
            "[1]",
            '["e"]',
            '["en_GB"]',
            '["en", "EN"]',
            json.dumps(["en"] * 21),
            '[["en"]]',
        ],
    )
    def test_what_is_no_list_of_tags_is_refused(self, administrator: User, wrong: str) -> None:
        with pytest.raises(Invalid):
            change_preference(administrator, "metadata_languages", wrong)

    def test_an_empty_list_is_back_to_the_default(self, administrator: User) -> None:
        change_preference(administrator, "metadata_languages", '["de"]')
        assert change_preference(administrator, "metadata_languages", "[]") == '["en"]'
        assert not Preference.objects.exists()


class TestConfirmations:
    def test_one_can_be_switched_off_and_on_again(self, administrator: User) -> None:
        assert preference_of(administrator, "suppress_confirm_delete_alias") == "false"
        change_preference(administrator, "suppress_confirm_delete_alias", "true")
        assert preferences_of(administrator)["suppress_confirm_delete_alias"] == "true"

    @pytest.mark.parametrize("key", ["suppress_confirm_", "suppress_confirm_UP", "suppress_confirm_a b", "confirm_x"])
    def test_other_keys_are_unknown(self, administrator: User, key: str) -> None:
        with pytest.raises(Invalid, match="unknown preference"):
            change_preference(administrator, key, "true")


def test_a_stored_value_that_became_wrong_counts_as_not_stored(administrator: User) -> None:
    Preference.objects.create(user=administrator, key="theme", value="sepia")
    Preference.objects.create(user=administrator, key="forgotten", value="x")
    assert preferences_of(administrator) == {spec.key: spec.default for spec in SPECS}


def test_preferences_belong_to_one_person(administrator: User, operator: User) -> None:
    change_preference(administrator, "theme", "light")
    assert preference_of(operator, "theme") == "dark"


def test_over_rest_it_works(admin_client: Client) -> None:
    assert put(admin_client, "theme", "dark").json() == {"key": "theme", "value": "dark"}
    assert admin_client.get("/api/v1/preferences/theme").json() == {"key": "theme", "value": "dark"}
    assert admin_client.get("/api/v1/preferences").json()["theme"] == "dark"


@pytest.mark.parametrize(("key", "value"), [("theme", "sepia"), ("nonsense", "x"), ("theme", 5), ("theme", None)])
def test_over_rest_what_is_wrong_is_a_bad_request(admin_client: Client, key: str, value: Any) -> None:
    response = put(admin_client, key, value)
    assert response.status_code == 400
    assert response.json()["error"]


def test_reading_costs_one_query(administrator: User, django_assert_num_queries: Any) -> None:
    change_preference(administrator, "theme", "dark")
    with django_assert_num_queries(1):
        preferences_of(administrator)
