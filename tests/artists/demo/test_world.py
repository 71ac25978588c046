"""The demo's world: one truth for all providers."""

import pytest

from artists.demo.world import World, world_of
from artists.matching.scripts import dominant_script
from artists.sample.recipes import plain_recipes

SEED = 7


@pytest.fixture(scope="module")
def world() -> World:
    return world_of(SEED, plain_recipes(SEED, 60))


class TestFindingAnAct:
    def test_a_merged_identifier_leads_to_the_survivor(self, world: World) -> None:
        act = next(act for act in world.acts if act.merged_from)
        assert world.by_mbid[act.merged_from[0]] is act

    def test_by_name_without_accents_the_equal_one_first(self, world: World) -> None:
        act = next(act for act in world.acts if act.name == "Søren Falgrave")
        assert world.named("FALGRAVE, søren")[0] is act


class TestPeople:
    def test_groups_have_members_and_persons_have_none(self, world: World) -> None:
        groups = [act for act in world.acts if act.kind == "group" and not act.fault]
        assert all(2 <= len(act.members) <= 5 for act in groups)
        assert not any(act.members for act in world.acts if act.is_person)

    def test_what_is_not_in_latin_letters_has_an_english_name(self, world: World) -> None:
        act = next(act for act in world.acts if act.name == "Яра Полынская")
        assert dominant_script(act.localised["en"]) == "Latn"

    def test_the_same_seed_gives_the_same_world(self, world: World) -> None:
        assert world_of(SEED, plain_recipes(SEED, 60)).acts == world.acts
