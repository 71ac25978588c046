"""Which pictures of a whole library look the same: by difference hashes that differ in a few bits, without chains.

Hashes that are this near share at least one of a few bands of bits whole (pigeonholes), so each is compared only with
those in its bands; a band that too many share is cut again. 300,000 hashes take seconds.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from artists.imaging.hashing import HASH_BITS, is_degenerate

MOST_BITS = 3
"""Of 64. A picture that was scaled or compressed anew differs in none to two; other pictures practically never in so
few."""
_BANDS = MOST_BITS + 1
_FEWEST_SET = 8
_LARGEST_BAND = 64
_NARROWEST = _BANDS * 2


def telling(perceptual_hash: str) -> bool:
    """Whether the hash says enough to compare: neither flat nor a lone edge, which many pictures have."""
    if is_degenerate(perceptual_hash):
        return False
    return _FEWEST_SET <= int(perceptual_hash, 16).bit_count() <= HASH_BITS - _FEWEST_SET


def groups_alike(hashes: Iterable[str]) -> list[frozenset[str]]:
    """Sets of hashes of which every two differ in at most three bits; one may be in several sets.

    A like B and B like C does not make A like C (users-and-risks.md 2, 12).
    """
    numbers = sorted({int(each, 16) for each in hashes if telling(each)})
    near: dict[int, set[int]] = defaultdict(set)
    for first, second in _pairs(numbers, list(range(HASH_BITS))):
        near[first].add(second)
        near[second].add(first)
    groups = {frozenset(_around(number, near)) for number in near}
    return [frozenset(f"{number:016x}" for number in group) for group in sorted(groups, key=sorted)]


def _around(number: int, near: dict[int, set[int]]) -> set[int]:
    """It and the nearest ones, as long as they are near each other too."""
    group = {number}
    for other in sorted(near[number], key=lambda each: ((each ^ number).bit_count(), each)):
        if group <= near[other]:
            group.add(other)
    return group


def _pairs(numbers: Sequence[int], bits: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Near pairs among numbers that agree in every bit but these; a pair may come more than once."""
    if len(numbers) <= _LARGEST_BAND or len(bits) < _NARROWEST:
        yield from _compared(numbers)
        return
    for band in range(_BANDS):
        inside = bits[band::_BANDS]
        mask = sum(1 << bit for bit in inside)
        rest = [bit for bit in bits if bit not in inside]
        by_band: dict[int, list[int]] = defaultdict(list)
        for number in numbers:
            by_band[number & mask].append(number)
        for some in by_band.values():
            if len(some) > 1:
                yield from _pairs(some, rest)


def _compared(numbers: Collection[int]) -> Iterator[tuple[int, int]]:
    ordered = list(numbers)
    for place, first in enumerate(ordered):
        for second in ordered[place + 1 :]:
            if (first ^ second).bit_count() <= MOST_BITS:
                yield first, second
