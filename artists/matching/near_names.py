"""Names that are nearly the same, among many: found without comparing each with each, and none is missed.

Two texts that are at most k edits apart share one of k + 1 pieces of the shorter one letter for letter, shifted by at
most k places. So the names are filed by their pieces, and only those that share one are measured.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil, floor

from rapidfuzz.distance import Levenshtein

from artists.matching.similarity import identity_key, search_key

DEFAULT_CUTOFF = 0.9
"""One letter in ten may differ: shorter names have to be equal but for accents."""

_EDGE = 1e-9  # 0.9 is a little less than nine tenths
_Piece = tuple[int, int, str]


@dataclass(frozen=True, slots=True, order=True)
class NearNames:
    """Two keys of the mappings given, and how alike their names are, 0 to 1."""

    first: int
    second: int
    score: float


def near_key(name: str) -> str:
    """The form in which names are measured: normalised, without accents; blank for what is no name."""
    return search_key(identity_key(name))


def near_names(
    names: Mapping[int, str], others: Mapping[int, str], *, cutoff: float = DEFAULT_CUTOFF
) -> list[NearNames]:
    """Every pair of a name and another name that are at least `cutoff` alike, in the order of their keys.

    A key that is in both mappings is not paired with itself, and a pair is told once.
    """
    keys = {key: text for key, name in names.items() if (text := near_key(name))}
    filed = _Filed({key: text for key, name in others.items() if (text := near_key(name))}, cutoff)
    found: dict[tuple[int, int], float] = {}
    for key, text in keys.items():
        for other, score in filed.near(text):
            if other != key:
                both_ways = key in filed.texts and other in keys
                found[(min(key, other), max(key, other)) if both_ways else (key, other)] = score
    return sorted(NearNames(first, second, score) for (first, second), score in found.items())


class _Filed:
    """Texts by the pieces in which one of a few edits must have left one whole."""

    def __init__(self, texts: Mapping[int, str], cutoff: float) -> None:
        self.texts = texts
        self.cutoff = cutoff
        self._pieces: dict[_Piece, list[int]] = defaultdict(list)
        self._lengths: set[int] = set()
        for key, text in texts.items():
            self._lengths.add(len(text))
            for number, (start, end) in enumerate(self._cuts(len(text))):
                self._pieces[len(text), number, text[start:end]].append(key)

    def near(self, text: str) -> Iterator[tuple[int, float]]:
        """The texts that are alike enough, with the score."""
        for key in self._candidates(text):
            longer = max(len(text), len(self.texts[key]))
            most = floor(longer * (1 - self.cutoff) + _EDGE)
            edits = Levenshtein.distance(text, self.texts[key], score_cutoff=most)
            if edits <= most:
                yield key, round(1 - edits / longer, 4)

    def _candidates(self, text: str) -> set[int]:
        shortest, longest = ceil(len(text) * self.cutoff - _EDGE), floor(len(text) / self.cutoff + _EDGE)
        found: set[int] = set()
        for length in range(shortest, longest + 1):
            if length in self._lengths:
                self._gather(text, length, found)
        return found

    def _gather(self, text: str, length: int, found: set[int]) -> None:
        shift = self._edits(length)
        for number, (start, end) in enumerate(self._cuts(length)):
            for place in range(max(0, start - shift), min(start + shift, len(text) - (end - start)) + 1):
                found.update(self._pieces.get((length, number, text[place : place + end - start]), ()))

    def _edits(self, length: int) -> int:
        """The most edits between a text of this length and one that is alike enough."""
        return floor(length / self.cutoff - length + _EDGE)

    def _cuts(self, length: int) -> list[tuple[int, int]]:
        count = self._edits(length) + 1
        edges = [length * number // count for number in range(count + 1)]
        return list(itertools.pairwise(edges))
