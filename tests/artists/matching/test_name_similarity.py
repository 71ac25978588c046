"""How names are compared, searched and refused."""

import pytest

from artists.matching.similarity import (
    folder_similarity,
    identity_key,
    name_score,
    normalise,
    refusable_key,
    same_name,
    search_key,
    similarity,
    without_disambiguation,
)


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("The Beatles", "beatles"),
        ("Beatles, The", "beatles"),
        ("Nirvana (UK)", "nirvana"),
        ("AC/DC", "acdc"),
        ("Earth, Wind & Fire", "earth wind fire"),
        ("  Sigur   Rós ", "sigur rós"),
        ("Bjo\u0308rk", "björk"),
        ("The The", "the"),
        ("The", "the"),
        ("!!!", "!!!"),
        ("(hed)", "hed"),
        ("", ""),
    ],
)
def test_a_name_loses_what_taggers_add_or_drop(name, normal):
    assert normalise(name) == normal


def test_equal_names_are_entirely_similar_and_different_ones_less():
    assert similarity("The Beatles", "Beatles, The") == 1.0
    assert 0.7 < similarity("Radiohead", "Radiohaed") < 1.0
    assert similarity("Radiohead", "Björk") < 0.3


def test_two_names_of_punctuation_are_not_equal_by_accident():
    assert similarity("!!!", "???") == 0.0


def test_a_folder_may_be_called_by_the_sort_name():
    assert folder_similarity("Bowie, David", "David Bowie", "Bowie, David") == 1.0
    assert folder_similarity("Bowie, David", "David Bowie") < 0.8


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Björk", "bjork"),
        ("MØ", "mo"),
        ("Łona", "lona"),
        ("Ægir", "aegir"),
        ("Straße", "strasse"),
        ("Guns N’ Roses", "guns n' roses"),
        ("Jay\u2010Z", "jay-z"),
        ("ＸＪＡＰＡＮ", "xjapan"),
        ("zero\u200bwidth", "zerowidth"),
        ("방탄소년단", "방탄소년단"),
    ],
)
def test_a_search_finds_names_without_their_diacritics(text, key):
    assert search_key(text) == key


@pytest.mark.parametrize("name", ["", " ", "-", "_", "\u2014", "\u200b", "...", "\u3164", "- _ -"])
def test_a_name_that_leaves_an_empty_key_is_refused(name):
    assert refusable_key(name)
    assert identity_key(name) == ""


@pytest.mark.parametrize("name", ["!!!", "?", "311", "+/-", "Ø", "椎名林檎", "A"])
def test_short_and_odd_names_of_real_bands_are_kept(name):
    assert not refusable_key(name)


@pytest.mark.parametrize(
    ("asked", "answered", "score"),
    [
        ("Radiohead", "RADIOHEAD", 100),
        ("The Beatles", "beatles", 100),
        ("AC/DC", "ACDC", 100),
        ("Bjork", "Björk", 80),
        ("Bjo\u0308rk", "Björk", 100),
        ("!!!", "!!!", 100),
        ("!!!", "???", 0),
        ("!!!", "Chk Chk Chk", 0),
        ("The The", "The", 43),
        ("The", "The The", 43),
        ("", "Radiohead", 0),
        ("Abc", "Xyz", 0),
        ("Nicole", "Nicola", 84),
    ],
)
def test_a_providers_name_is_scored_against_the_one_that_was_asked_for(asked, answered, score):
    assert name_score(asked, answered) == score


def test_a_name_below_the_threshold_is_another_artist_and_threshold_0_asks_nothing():
    assert same_name("Radiohead", "Radiohaed")
    assert not same_name("Artist 1", "Radiohead")
    assert not same_name("Bjork", "Björk", threshold=81)
    assert same_name("Artist 1", "Radiohead", threshold=0)


def test_a_disambiguation_behind_a_name_is_taken_off_only_when_the_provider_says_the_same():
    assert without_disambiguation("nirvana (uk)", "Nirvana", "UK") == "Nirvana"
    assert without_disambiguation("Nirvana (US)", "Nirvana", "UK") == "Nirvana (US)"
    assert without_disambiguation("Nirvana ()", "Nirvana", "") == "Nirvana ()"
