"""Rules are seeded once, configured within bounds, and switched off with their findings."""

import pytest

from rules.catalogue import RULES
from rules.models import RuleSetting, Status, Violation
from rules.services.evaluation import evaluate
from rules.services.rules import (
    active_rules,
    classical_mode,
    list_rules,
    preferred_languages,
    seed,
    set_classical_mode,
    update_rule,
)
from stillwater.errors import Conflict, Invalid, NotFound
from stillwater.models import Role, User
from stillwater.services.preferences import change_preference
from tests.builders import make_artist, make_library

pytestmark = pytest.mark.django_db
BAD = ("", "Album,Tape", [], ["Album", 7], 5, None, {"Album": True})


def test_every_rule_is_listed_in_the_order_of_the_catalogue() -> None:
    assert [state.rule.id for state in list_rules()] == [rule.id for rule in RULES]


def test_seeding_again_keeps_what_a_person_set() -> None:
    update_rule("bio_exists", enabled=False, config={"min_length": 99})
    before = RuleSetting.objects.get(pk="bio_exists").updated_at
    seed()
    setting = RuleSetting.objects.get(pk="bio_exists")
    assert (setting.enabled, setting.config["min_length"], setting.updated_at) == (False, 99, before)


def test_a_new_configuration_replaces_the_whole_old_one() -> None:
    everything = {"min_width": 800, "min_height": 600, "severity": "error", "select_best_candidate": True}
    update_rule("thumb_min_res", config=everything)
    state = update_rule("thumb_min_res", config={"min_width": 900})
    left_out = {"severity": "warning", "min_height": 500, "select_best_candidate": False}
    assert dict(state.config.values) == {"min_width": 900, **left_out}


def test_what_is_left_out_of_a_change_stays() -> None:
    update_rule("thumb_min_res", config={"min_width": 800})
    state = update_rule("thumb_min_res", automation_mode="manual")
    assert (state.setting.enabled, state.config.integer("min_width")) == (True, 800)


@pytest.mark.parametrize(
    ("rule", "config", "words"),
    [
        ("thumb_min_res", {"min_width": 0}, "min_width must be a whole number from 1 to 20000"),
        ("thumb_min_res", {"min_width": 500.5}, "min_width must be a whole number"),
        ("thumb_min_res", {"min_width": True}, "min_width must be a whole number"),
        ("thumb_min_res", {"min_width": "500"}, "min_width must be a whole number"),
        ("thumb_square", {"tolerance": 1.2}, "tolerance must be a number from 0 to 1"),
        ("thumb_square", {"severity": "grave"}, "severity must be one of error, warning, info"),
        ("provider_id_missing", {"discogs": "yes"}, "discogs must be true or false"),
        ("directory_name_mismatch", {"article_mode": "middle"}, "article_mode must be one of prefix, suffix, strip"),
        ("nfo_exists", {"min_width": 5}, "nfo_exists has no setting min_width"),
        ("logo_padding", {"trim_margin": -1}, "trim_margin must be a whole number from 0 to 500"),
        ("thumb_exists", {"select_best_candidate": "yes"}, "select_best_candidate must be true or false"),
        *(("discography_populated", {"release_types": bad}, "release_types must be some of Album, EP") for bad in BAD),
    ],
)
def test_a_bad_configuration_is_refused_in_plain_words_and_changes_nothing(
    rule: str, config: dict[str, object], words: str
) -> None:
    before = RuleSetting.objects.values().get(pk=rule)
    with pytest.raises(Invalid, match=words):
        update_rule(rule, config=config)
    assert RuleSetting.objects.values().get(pk=rule) == before


def test_words_are_kept_in_one_order_however_they_are_given() -> None:
    for given in ("EP, Album", ["EP", "Album", "EP"], "Album,EP"):
        state = update_rule("discography_populated", config={"release_types": given})
        assert state.config.text("release_types") == "Album,EP"


def test_an_old_bad_value_in_the_table_falls_back_to_its_default() -> None:
    RuleSetting.objects.filter(pk="thumb_min_res").update(config={"min_width": "wide", "min_height": 300})
    active = next(one for one in active_rules() if one.id == "thumb_min_res")
    assert (active.config.integer("min_width"), active.config.integer("min_height")) == (500, 300)


def test_unknown_rules_and_modes_are_refused() -> None:
    with pytest.raises(NotFound, match="rule not found"):
        update_rule("shoe_size", enabled=True)
    with pytest.raises(Invalid, match="automation_mode must be one of auto, manual"):
        update_rule("bio_exists", automation_mode="sometimes")


def test_switching_a_rule_off_resolves_its_active_findings_only() -> None:
    make_artist("First")
    make_artist("Second")
    evaluate(["bio_exists"])
    dismissed = Violation.objects.filter(rule="bio_exists").first()
    assert dismissed is not None
    Violation.objects.filter(pk=dismissed.pk).update(status=Status.DISMISSED)
    update_rule("bio_exists", enabled=False)
    statuses = Violation.objects.filter(rule="bio_exists").values_list("status", flat=True)
    assert sorted(statuses) == ["dismissed", "resolved"]


def test_a_rule_about_files_needs_a_library_with_a_folder() -> None:
    update_rule("nfo_exists", enabled=False)
    make_library("Server only", path="")
    with pytest.raises(Conflict, match="no library has a folder"):
        update_rule("nfo_exists", enabled=True)
    make_library("Music", path="/music")
    assert update_rule("nfo_exists", enabled=True).setting.enabled


def test_the_languages_are_those_of_the_protected_administrator(administrator: User) -> None:
    other = User.objects.create(username="adam", role=Role.ADMINISTRATOR, pk=administrator.pk - 1 or 999)
    change_preference(other, "metadata_languages", '["ja"]')
    change_preference(administrator, "metadata_languages", '["de", "ru"]')
    assert preferred_languages() == ("de", "ru")


def test_the_classical_mode_is_one_of_three() -> None:
    assert classical_mode() == "skip"
    assert set_classical_mode("performer") == "performer"
    with pytest.raises(Invalid):
        set_classical_mode("loud")
