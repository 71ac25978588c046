"""Nearly the same names among many: the quick way finds exactly what comparing each with each finds."""

import random

import pytest

from artists.matching.near_names import NearNames, near_key, near_names
from artists.matching.similarity import similarity


def _pairs(names: dict[int, str], cutoff: float = 0.9) -> list[tuple[int, int]]:
    return [(near.first, near.second) for near in near_names(names, names, cutoff=cutoff)]


def test_one_letter_in_ten_may_differ() -> None:
    assert near_names({1: "Mara Fields"}, {2: "Mara Felds", 3: "Mora Felds"}) == [NearNames(1, 2, 0.9091)]


def test_accents_do_not_count() -> None:
    assert _pairs({1: "Björk", 2: "Bjork"}) == [(1, 2)]


def test_a_short_name_has_to_be_equal() -> None:
    assert _pairs({1: "Prince", 2: "Prance"}) == []


def test_names_that_are_none_are_near_to_nobody() -> None:
    assert _pairs({1: "-", 2: "_", 3: "\u200b", 4: "-"}) == []


def test_near_is_not_passed_on() -> None:
    assert _pairs({1: "abcdefghij", 2: "abcdefghiX", 3: "abcdefghXX"}) == [(1, 2), (2, 3)]


@pytest.mark.parametrize("cutoff", [0.75, 0.8, 0.9])
def test_nothing_is_missed_that_measuring_every_pair_finds(cutoff: float) -> None:
    chance = random.Random(3)
    words = ["field", "orchestra", "mara", "north", "quartet", "of", "ensemble"]
    names: dict[int, str] = {}
    for number in range(150):
        name = list(" ".join(chance.choices(words, k=chance.randint(1, 4))))
        for _ in range(chance.randint(0, 3)):
            name[chance.randrange(len(name))] = chance.choice("aeiou")
        names[number] = "".join(name)
    keys = {number: near_key(name) for number, name in names.items()}
    slow = [
        (one, two) for one in names for two in names if one < two and similarity(keys[one], keys[two]) >= cutoff - 1e-9
    ]
    assert slow
    assert _pairs(names, cutoff) == slow
