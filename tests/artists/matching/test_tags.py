"""Tags of listeners become genres, styles and moods, spelt alike in every language."""

import itertools

import pytest

from artists.matching.tag_locales import LOCAL
from artists.matching.tag_spellings import FORMS
from artists.matching.tag_words import IGNORED, MOODS, STYLES
from artists.matching.tags import TagSplit, canonical, classify, concept, localised, spelt, unique


def test_tags_are_split_three_ways_and_opinions_fall_away():
    split = classify(["Rock", "shoegaze", "Melancholic", "seen live", "Dream Pop", "jazz", "80s", "female vocalists"])
    assert split == TagSplit(genres=("Rock", "jazz"), styles=("shoegaze", "Dream Pop"), moods=("Melancholic",))


def test_what_no_list_knows_is_a_genre_and_keeps_its_order_and_spelling():
    assert classify(["zeedorf POLKA", "Rock", "aardvark-core"]).genres == ("zeedorf POLKA", "Rock", "aardvark-core")


@pytest.mark.parametrize("name", ["trip hop", "Trip-Hop", "TRIP_HOP", "triphop", " trip  hop ", "トリップ・ホップ"])
def test_a_style_is_known_in_every_spelling(name):
    assert classify([name]).styles == (name.strip(),)


def test_no_tags_make_no_split():
    assert classify(["", "  ", "-"]) == TagSplit()


@pytest.mark.parametrize(
    ("tag", "form"),
    [
        ("synthpop", "Synth-Pop"),
        ("synth_pop", "Synth-Pop"),
        ("rnb", "R&B"),
        ("Rhythm and Blues", "R&B"),
        ("chillout", "Chill"),
        ("HIP-HOP", "Hip Hop"),
        ("Rock ’n’ Roll", "Rock and Roll"),
        ("musique électronique", "Electronic"),
        ("Ｒｏｃｋ", "Rock"),
        ("Zeedorf polka ", "Zeedorf polka"),
    ],
)
def test_variants_of_a_known_tag_get_its_usual_spelling_and_others_stay(tag, form):
    assert canonical(tag) == form


def test_a_tag_is_localised_for_the_first_language_that_is_preferred():
    assert localised("synthpop", ["ja-JP", "en"]) == "シンセポップ"
    assert localised("progressive rock", ["fr_CA"]) == "Rock progressif"
    assert localised("ロック", ["en", "ja"]) == "Rock"
    assert localised("Grunge", ["fr"]) == "Grunge"
    assert localised("rnb", []) == "R&B"
    assert localised("rnb", ["de"]) == "R&B"


def test_both_spellings_are_one_concept_and_the_first_one_stays():
    assert concept("ロック") == concept("rock") == concept("Rock music")
    assert unique(["ロック", "Rock", "jazz", "JAZZ"]) == ("ロック", "jazz")
    assert spelt(["Rock", "ロック", "trip-hop"], ["ja"]) == ("ロック", "トリップ・ホップ")


def test_no_word_is_in_two_lists():
    for first, second in itertools.combinations([STYLES, MOODS, IGNORED], 2):
        assert not first & second


def test_the_words_are_written_as_concepts_so_that_they_are_found():
    assert [word for word in STYLES | MOODS | IGNORED if concept(word) != word] == []


def test_no_spelling_leads_to_two_forms():
    spellings = [concept(spelling) for form, variants in FORMS.items() for spelling in (form, *variants)]
    assert {concept(form) for form in FORMS} == set(spellings)
    assert len({concept(form) for form in FORMS}) == len(FORMS)
    for form, variants in FORMS.items():
        assert {canonical(spelling) for spelling in variants} <= {form}


def test_each_local_name_leads_back_to_its_form():
    for names in LOCAL.values():
        assert set(names) <= set(FORMS)
        assert len(set(names.values())) == len(names)
        assert all(canonical(name) == form for form, name in names.items())
