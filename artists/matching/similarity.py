"""Compares names: the forms in which they are compared and searched, and how alike two of them are, 0 to 1."""

import math
import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

REMEMBERED = 4096
"""Names of which the forms are kept: a scan asks for those of folder, name and sort name, which are mostly one."""
DEFAULT_THRESHOLD = 60
"""The least `name_score` of a provider that is asked by name, unless the option says another."""

# Letters that Unicode does not take apart, but that people type without their stroke.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i", "ŋ": "n"}
    | dict.fromkeys("‘’‚‛`´ʼ′", "'")
    | dict.fromkeys("“”„‟″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
)
_ASCII_SIGNS = {code: None for code in range(128) if unicodedata.category(chr(code))[0] in "PSC"}
_TRAILING_PARENTHESIS = re.compile(r"\s*\([^()]*\)\s*$")
_LEADING_ARTICLE = re.compile(r"^the\s+(?=\S)")
_TRAILING_ARTICLE = re.compile(r"(?<=\S)\s*,\s*the$")
# What a name may consist of besides punctuation is left to identity_key; these alone are no name.
_NO_NAME_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Pc", "Pd", "Zs", "Zl", "Zp", "Mn", "Me"})
_NO_NAME_LETTERS = frozenset(".\u2026\u115f\u1160\u3164\uffa0\u2800")


@lru_cache(REMEMBERED)
def normalise(name: str) -> str:
    """A name without what taggers add or drop: case, a trailing parenthesis, "the", punctuation, double spaces.

    A name of punctuation only ("!!!") stays as it is, so that two such names are not equal by accident.
    """
    text = unicodedata.normalize("NFKC", name).casefold().strip()
    text = _TRAILING_PARENTHESIS.sub("", text) or text
    text = _TRAILING_ARTICLE.sub("", _LEADING_ARTICLE.sub("", text))
    if text.isascii():
        bare = text.translate(_ASCII_SIGNS)
    else:
        bare = "".join(letter for letter in text if unicodedata.category(letter)[0] not in "PSC")
    return " ".join(bare.split()) or " ".join(text.split())


def similarity(first: str, second: str) -> float:
    """1 for names that are equal once normalised, else 1 - edit distance / longer length."""
    return _closeness(normalise(first), normalise(second))


def folder_similarity(folder: str, name: str, sort_name: str = "") -> float:
    """How well a folder's name fits an artist: the better of name and sort name."""
    wanted = normalise(folder)
    return max(_closeness(wanted, normalise(each)) for each in (name, sort_name or name))


@lru_cache(REMEMBERED)
def search_key(text: str) -> str:
    """Case-folded, without diacritics and invisible characters, quotes and dashes made plain: for searching."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(
        letter for letter in apart if unicodedata.category(letter) not in {"Mn", "Cf", "Cc"} or letter.isspace()
    )
    return " ".join(unicodedata.normalize("NFC", kept).translate(_PLAIN).split())


def identity_key(name: str) -> str:
    """The key under which namesakes meet; '' for what is no name ('-', '_', a zero-width space)."""
    if any(letter.isalnum() and letter not in _NO_NAME_LETTERS for letter in name):
        return normalise(name)
    visible = [letter for letter in name if unicodedata.category(letter) not in _NO_NAME_CATEGORIES]
    if all(letter in _NO_NAME_LETTERS for letter in visible):
        return ""
    return normalise(name)


def name_score(first: str, second: str) -> int:
    """How well a provider's name answers the one that was asked for: 0 to 100, 100 for equal ones (providers.md 6).

    Stricter than `similarity`: accents count (Bjork and Björk: 80), and a name of punctuation equals itself only.
    """
    if first.casefold() == second.casefold():
        return 100
    one, two = _bare(first), _bare(second)
    if not one or not two:
        return 0
    return 100 - math.floor(100 * Levenshtein.distance(one, two) / max(len(one), len(two)))


def same_name(first: str, second: str, threshold: int = DEFAULT_THRESHOLD) -> bool:
    """Whether a name that a provider answered may be taken for the one that was asked for; threshold 0: any may."""
    return threshold == 0 or name_score(first, second) >= threshold


def without_disambiguation(name: str, plain: str, disambiguation: str) -> str:
    """`plain` where a name is only that with its disambiguation behind it ("Nirvana (UK)"), else the name."""
    together = f"{plain} ({disambiguation})"
    return plain if disambiguation and name.strip().casefold() == together.casefold() else name


def refusable_key(name: str) -> bool:
    """Whether a name is to be refused, because an empty key would make it everybody's namesake."""
    return not identity_key(name)


def _bare(name: str) -> str:
    """Letters, digits and single blanks, without one leading "the" that has more than another "the" behind it."""
    kept = (letter for letter in unicodedata.normalize("NFC", name).lower() if letter.isalnum() or letter.isspace())
    text = " ".join("".join(kept).split())
    rest = text.removeprefix("the ")
    return text if rest in {"", "the"} else rest


def _closeness(first: str, second: str) -> float:
    if first == second:
        return 1.0
    return float(Levenshtein.normalized_similarity(first, second))
