"""Seeded chance: every decision of the sample library is drawn from a stream named after what it decides."""

import itertools
from collections.abc import Mapping
from random import Random

MOST_ALBUMS = 40
_ALBUM_WEIGHTS = list(itertools.accumulate(1 / count**1.4 for count in range(1, MOST_ALBUMS + 1)))


def seeded(*parts: object) -> Random:
    """A stream of its own for these parts: what one artist draws never shifts what another gets."""
    return Random(":".join(map(str, parts)))  # noqa: S311 - a picture book, not a secret


def weighted(chance: Random, shares: Mapping[str, float]) -> str:
    """One key of `shares`, as often as its share says; the shares need not add up to one."""
    return chance.choices(list(shares), weights=list(shares.values()))[0]


def album_count(chance: Random) -> int:
    """1 to 40 albums after Zipf's law: many artists have one, few have dozens."""
    return chance.choices(range(1, MOST_ALBUMS + 1), cum_weights=_ALBUM_WEIGHTS)[0]
