"""Sorts the tags of providers into genres, styles and moods, and spells them alike.

Facts: providers.md 6, Classifier, Spelling and Locale. The words are in the three tag_*.py beside this one.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from artists.matching.tag_locales import LOCAL
from artists.matching.tag_spellings import FORMS
from artists.matching.tag_words import IGNORED, MOODS, STYLES
from stillwater.language_tags import base

_HYPHENS = str.maketrans(dict.fromkeys("_-‐‑‒–", " "))


@dataclass(frozen=True, slots=True)
class TagSplit:
    """Tags by what they name, each in the order and the spelling in which they came, every concept once."""

    genres: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()


def classify(names: Iterable[str]) -> TagSplit:
    """Split tags three ways; opinions ("seen live") fall away, and what no list knows is a genre."""
    genres: list[str] = []
    styles: list[str] = []
    moods: list[str] = []
    for name in unique(names):
        key = concept(name)
        if key in MOODS:
            moods.append(name)
        elif key in STYLES:
            styles.append(name)
        elif key not in IGNORED:
            genres.append(name)
    return TagSplit(tuple(genres), tuple(styles), tuple(moods))


def concept(tag: str) -> str:
    """What a tag means, whoever spelt it: equal for 'synthpop', 'Synth-Pop' and 'シンセポップ'. '' for a blank one."""
    key = _key(tag)
    form = _FORM_OF.get(key)
    return _key(form) if form else key


def canonical(tag: str) -> str:
    """The usual spelling of a known tag; an unknown one stays as it is, without spaces around it."""
    return _FORM_OF.get(_key(tag)) or tag.strip()


def localised(tag: str, languages: Sequence[str]) -> str:
    """The canonical spelling as readers of the first language (a BCP 47 tag) write it; English where we know none."""
    form = canonical(tag)
    return LOCAL.get(base(languages[0]), {}).get(form, form) if languages else form


def spelt(tags: Iterable[str], languages: Sequence[str]) -> tuple[str, ...]:
    """Tags ready to be stored: localised, each concept once, the first one seen stays in its place."""
    return tuple(localised(tag, languages) for tag in unique(tags))


def unique(tags: Iterable[str]) -> tuple[str, ...]:
    """The tags without blanks and without later spellings of a concept that came before."""
    first: dict[str, str] = {}
    for tag in tags:
        if key := concept(tag):
            first.setdefault(key, tag.strip())
    return tuple(first.values())


def _key(tag: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", tag).casefold().replace("’", "'").translate(_HYPHENS).split())


_FORM_OF = {_key(spelling): form for form, variants in FORMS.items() for spelling in (form, *variants)} | {
    _key(name): form for names in LOCAL.values() for form, name in names.items()
}
