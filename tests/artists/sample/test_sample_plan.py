"""The plan of a sample library: who is in it, and what each gets."""

import unicodedata
from collections import Counter, defaultdict

import pytest

from artists.sample.names import same_name_key
from artists.sample.nfos import BROKEN, ODD
from artists.sample.plan import ArtistPlan, plan_library
from artists.sample.recipes import plain_recipes
from artists.sample.scripts import SCRIPTS

COUNT = 3000


@pytest.fixture(scope="module")
def plans() -> list[ArtistPlan]:
    return list(plan_library(7, plain_recipes(7, COUNT)))


def test_no_two_folders_collide_on_any_file_system(plans: list[ArtistPlan]) -> None:
    assert len({same_name_key(plan.folder) for plan in plans}) == COUNT


def test_folder_names_are_usable_everywhere(plans: list[ArtistPlan]) -> None:
    for plan in plans:
        assert not set(plan.folder) & set('/\\:*?"<>|')
        assert plan.folder == plan.folder.strip(" .")
        assert len(plan.folder.encode()) <= 255


def test_about_three_in_a_hundred_are_namesakes_told_apart_by_identifier(plans: list[ArtistPlan]) -> None:
    bearers = defaultdict(list)
    for plan in plans:
        bearers[plan.profile.name].append(plan)
    pairs = [group for group in bearers.values() if len(group) > 1]
    assert 0.015 * COUNT < len(pairs) < 0.05 * COUNT
    for group in pairs:
        assert len({plan.profile.disambiguation for plan in group}) == len(group)
        assert "" not in {plan.profile.disambiguation for plan in group}


def test_few_identifiers_are_borne_twice(plans: list[ArtistPlan]) -> None:
    borne = Counter(plan.profile.mbid for plan in plans if plan.profile.mbid)
    assert 1 <= sum(count > 1 for count in borne.values()) <= 30


def test_names_come_in_every_script(plans: list[ArtistPlan]) -> None:
    seen = {unicodedata.name(plan.profile.name[0]).split()[0] for plan in plans}
    assert {"LATIN", "CYRILLIC", "GREEK", "CJK", "HANGUL", "HEBREW", "ARABIC", "DIGIT"} <= seen
    assert len(SCRIPTS) == 8


def test_every_kind_of_artist_and_of_nfo_occurs(plans: list[ArtistPlan]) -> None:
    assert {plan.profile.kind for plan in plans} == {"person", "solo", "group", "orchestra", "choir"}
    assert {plan.nfo for plan in plans} == {"good", "sparse", "missing", *ODD, *BROKEN}


def test_full_biographies_differ_and_have_two_to_four_sentences(plans: list[ArtistPlan]) -> None:
    full = [plan.profile.biography for plan in plans if len(plan.profile.biography) > 60]
    assert len(full) > COUNT * 0.8
    assert len(set(full)) == len(full)
    assert "{" not in "".join(full)


def test_albums_follow_a_long_tail(plans: list[ArtistPlan]) -> None:
    counts = Counter(len(plan.folders) for plan in plans)
    assert counts[1] > counts[2] > counts[5]
    assert max(counts) > 20


def test_kodi_numbers_its_fanart_and_some_numbers_are_skipped(plans: list[ArtistPlan]) -> None:
    names = [tuple(placed.file_name for placed in plan.pictures if "fanart" in placed.file_name) for plan in plans]
    assert ("fanart.jpg", "fanart1.jpg", "fanart2.jpg") in names
    assert ("fanart.jpg", "fanart1.jpg", "fanart3.jpg") in names


def test_a_plan_depends_on_the_seed_alone(plans: list[ArtistPlan]) -> None:
    assert list(plan_library(7, plain_recipes(7, 50))) == plans[:49] + list(plan_library(7, plain_recipes(7, 50)))[49:]
    assert next(iter(plan_library(8, plain_recipes(8, 1)))) != plans[0]
