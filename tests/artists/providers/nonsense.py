"""Answers that no provider should give: samples with something in them exchanged, by seeded chance (S22)."""

from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any

WRONG: tuple[Any, ...] = (
    None, True, -1, 1e400, 10**30, "", "\x00\ud800", "x" * 3000, [], {}, [[]], [None], {"": {}}, [{"id": []}], [[[1]]],
)  # fmt: skip


def spoilt(sample: Any, count: int, seed: int = 1) -> Iterator[Any]:
    """Copies of the sample in which one to three places hold something of the wrong kind, or are missing."""
    chance = Random(seed)
    for _ in range(count):
        copy = deepcopy(sample)
        for _ in range(chance.randrange(1, 4)):
            copy = _with_one_fault(copy, chance)
        yield copy


def _with_one_fault(value: Any, chance: Random) -> Any:
    if not isinstance(value, dict | list) or not value or chance.random() < 0.05:
        return deepcopy(chance.choice(WRONG))
    key = chance.choice(list(value)) if isinstance(value, dict) else chance.randrange(len(value))
    if chance.random() < 0.1:
        del value[key]
    else:
        value[key] = _with_one_fault(value[key], chance)
    return value
