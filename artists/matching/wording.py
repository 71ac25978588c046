"""How one text differs from another, word by word, for people to read."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

MOST_WORDS = 4000
"""Beyond that (nobody writes such a biography) the texts are told apart as a whole: comparing would take seconds."""

_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that both texts have, or only the old or the new one."""

    kind: Literal["same", "gone", "new"]
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """The pieces in reading order; those of kind same and new make `new`, those of same and gone make `old`."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return _pieces([("gone", old), ("new", new)])
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found: list[tuple[Literal["same", "gone", "new"], str]] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(before[i1:i2])))
        else:
            found += [("gone", "".join(before[i1:i2])), ("new", "".join(after[j1:j2]))]
    return _pieces(found)


def _pieces(found: list[tuple[Literal["same", "gone", "new"], str]]) -> list[Piece]:
    return [Piece(kind, text) for kind, text in found if text]
