"""An artist is called as readers of the preferred languages write it, and the native name is kept."""

import pytest

from artists.matching.languages import Naming, member_name, preferred_name, rank, romanised
from artists.providers.answers import AliasRecord

RINGO_EN = AliasRecord("Ringo Sheena", "Sheena, Ringo", "en", primary=True, kind="Artist name")
RINGO_JA = AliasRecord("椎名林檎", "シイナリンゴ", "ja", primary=True, kind="Artist name")
UNPLACED = AliasRecord("しーなりんご", "", "", primary=True, kind="Artist name")
LEGAL = AliasRecord("Yumiko Shiina", "Shiina, Yumiko", "en", primary=True, kind="Legal name")


@pytest.mark.parametrize(
    ("locale", "languages", "place"),
    [
        ("en", ["en"], 0),
        ("en-GB", ["en"], 1),
        ("en_GB", ["en-gb"], 0),
        ("en_US", ["en-GB", "de"], 1),
        ("ja", ["en", "ja"], 2),
        ("ja_JP", ["en", "ja"], 3),
        ("en", ["en-GB", "en"], 1),
        ("pt-BR", ["pt", "pt-BR"], 1),
        ("fr", ["en", "ja"], None),
        ("", ["en"], None),
        ("en", [], None),
    ],
)
def test_a_locale_is_ranked_by_the_nearest_preference(locale, languages, place):
    assert rank(locale, languages) == place


def test_the_best_primary_alias_replaces_the_name_and_the_native_one_is_kept():
    naming = preferred_name("椎名林檎", "Shiina, Ringo", [RINGO_JA, LEGAL, RINGO_EN], ["en"])
    assert naming == Naming("Ringo Sheena", "Sheena, Ringo", ("椎名林檎", "Yumiko Shiina"))


def test_an_alias_without_a_locale_never_wins():
    naming = preferred_name("Ringo", "Ringo", [UNPLACED], ["en"])
    assert naming == Naming("Ringo", "Ringo", ("しーなりんご",))


def test_a_legal_name_or_a_search_hint_never_wins():
    hint = AliasRecord("Ringo Shena", "", "en", primary=True, kind="Search hint")
    assert preferred_name("Ringo", "Ringo", [LEGAL, hint], ["en"]).name == "Ringo"
    assert member_name("Ringo", "Ringo", [LEGAL, hint], ["en"]) == "Ringo"


def test_only_a_primary_alias_names_an_artist_but_any_names_a_member():
    alias = AliasRecord("Ringo Sheena", "Sheena, Ringo", "en")
    assert preferred_name("椎名林檎", "", [alias], ["en"]).name == "椎名林檎"
    assert member_name("椎名林檎", "", [alias], ["en"]) == "Ringo Sheena"
    assert member_name("椎名林檎", "", [alias, RINGO_EN], ["en-GB"]) == "Ringo Sheena"


def test_a_primary_alias_names_a_member_before_another_of_the_same_language():
    other = AliasRecord("Shiina Ringo", "", "en")
    assert member_name("椎名林檎", "", [other, RINGO_EN], ["en"]) == "Ringo Sheena"


def test_a_native_name_stays_for_those_who_prefer_its_script():
    assert preferred_name("Кино", "Kino", [AliasRecord("Kino", "", "en", primary=True)], ["ru", "en"]).name == "Кино"
    assert member_name("Виктор Цой", "Tsoi, Viktor", [], ["ru"]) == "Виктор Цой"


def test_a_name_that_no_alias_translates_is_romanised_by_its_sort_name():
    naming = preferred_name("久石譲", "Hisaishi, Joe", [], ["en"])
    assert naming == Naming("Joe Hisaishi", "Hisaishi, Joe", ("久石譲",))
    assert preferred_name("久石譲", "Hisaishi, Joe", [], ["en"], romanise=False).name == "久石譲"


@pytest.mark.parametrize(
    ("name", "sort_name", "languages", "shown"),
    [
        ("Пётр Чайковский", "Tchaikovsky, Pyotr", ["de"], "Pyotr Tchaikovsky"),
        ("東京事変", "Tōkyō Jihen", ["en"], "Tōkyō Jihen"),
        ("久石譲", "久石, 譲", ["en"], "久石譲"),
        ("久石譲", "", ["en"], "久石譲"),
        ("久石譲", "Hisaishi, Joe", ["ja"], "久石譲"),
        ("久石譲", "Hisaishi, Joe", ["ru"], "久石譲"),
        ("久石譲", "Hisaishi, Joe", [], "久石譲"),
        ("三人", "One, Two, and Three", ["en"], "三人"),
        ("Joe Hisaishi", "Hisaishi, Joe", ["en"], "Joe Hisaishi"),
        ("311", "Three Eleven", ["en"], "311"),
    ],
)
def test_romanising_needs_a_latin_sort_name_and_a_reader_who_needs_it(name, sort_name, languages, shown):
    assert romanised(name, sort_name, languages) == shown


def test_other_aliases_come_by_rank_and_once():
    aliases = [UNPLACED, RINGO_JA, AliasRecord("Sheena Ringo", "", "en"), RINGO_EN, RINGO_JA]
    naming = preferred_name("椎名林檎", "Shiina, Ringo", aliases, ["en", "ja"])
    assert naming.aliases == ("椎名林檎", "Sheena Ringo", "しーなりんご")


def test_without_preferences_the_name_stays():
    assert preferred_name("椎名林檎", "Shiina, Ringo", [RINGO_EN], []).name == "椎名林檎"
