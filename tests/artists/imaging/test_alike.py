"""Which difference hashes belong together: near ones, without chains, however many share a band."""

import random

import pytest

from artists.imaging.alike import MOST_BITS, groups_alike, telling
from artists.imaging.hashing import similarity

BASE = 0x0F1E2D3C4B5A6978


def hash_of(*flipped: int, base: int = BASE) -> str:
    value = base
    for bit in flipped:
        value ^= 1 << bit
    return f"{value:016x}"


def test_three_bits_apart_belong_together_and_four_do_not() -> None:
    near, far = hash_of(1, 20, 40), hash_of(1, 20, 40, 60)
    assert groups_alike([hash_of(), near]) == [frozenset({hash_of(), near})]
    assert groups_alike([hash_of(), far]) == []


def test_a_like_b_and_b_like_c_does_not_make_a_like_c() -> None:
    first, middle, last = hash_of(), hash_of(1, 2, 3), hash_of(1, 2, 3, 4, 5, 6)
    assert set(groups_alike([first, middle, last])) == {frozenset({first, middle}), frozenset({middle, last})}


def test_all_that_are_near_each_other_are_one_group() -> None:
    four = [hash_of(), hash_of(1), hash_of(2), hash_of(3)]
    assert groups_alike(four) == [frozenset(four)]


@pytest.mark.parametrize("flat", ["", "0" * 16, "f" * 16, "0000000000000003", "fffffffffffffffe"])
def test_a_hash_that_says_nothing_is_never_near(flat: str) -> None:
    assert not telling(flat)
    assert groups_alike([flat, "0000000000000001", "fffffffffffffffc"]) == []


@pytest.mark.parametrize("fixed", [0, 48])
def test_among_many_every_near_pair_is_found(fixed: int) -> None:
    """Also where all share most of their bits, so that bands are cut again."""
    dice = random.Random(7)
    mask = (1 << (64 - fixed)) - 1
    values = {BASE & ~mask | dice.getrandbits(64) & mask for _ in range(600)}
    values |= {each ^ 1 << dice.randrange(64 - fixed) for each in list(values)[:60]}
    hashes = sorted(f"{each:016x}" for each in values)
    wanted = {
        frozenset((one, two))
        for place, one in enumerate(hashes)
        for two in hashes[place + 1 :]
        if similarity(one, two) >= 1 - MOST_BITS / 64 and telling(one) and telling(two)
    }
    groups = groups_alike(hashes)
    found = {frozenset((one, two)) for group in groups for one in group for two in group if one != two}
    assert wanted
    assert found <= wanted
    assert {hash for pair in wanted for hash in pair} == {hash for group in groups for hash in group}
