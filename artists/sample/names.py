"""Invented names of persons, groups, orchestras and choirs."""

import unicodedata
from dataclasses import dataclass
from random import Random

from artists.sample import words
from artists.sample.chance import weighted
from artists.sample.scripts import SCRIPT_SHARES, SCRIPTS, Script

KIND_SHARES = {"person": 0.42, "group": 0.48, "orchestra": 0.04, "choir": 0.03, "solo": 0.03}
PERSONS = ("person", "solo")


@dataclass(frozen=True, slots=True)
class ArtistName:
    """A name with what follows from it; `place` is an invented town, `country` a real land of that script."""

    name: str
    sort_name: str
    kind: str
    gender: str
    script: str
    place: str
    country: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What a recipe asks of a name; empty fields are left to chance. `style`: article, numeric, slash or plain."""

    script: str = ""
    kind: str = ""
    style: str = ""


def same_name_key(name: str) -> str:
    """What two names must differ in to be told apart on any file system: composed and case-folded."""
    return unicodedata.normalize("NFC", name).casefold()


class NameBook:
    """Hands out names and never the same one twice."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def draw(self, chance: Random, wish: Wish) -> ArtistName:
        """A fresh name that follows the wish; after many collisions a Roman-numbered one."""
        for _ in range(12):
            drawn = _draw(chance, wish)
            if same_name_key(drawn.name) not in self._taken:
                break
        else:
            drawn = self._numbered(chance, wish)
        self._taken.add(same_name_key(drawn.name))
        return drawn

    def _numbered(self, chance: Random, wish: Wish) -> ArtistName:
        while True:
            drawn = _draw(chance, wish)
            name = f"{drawn.name} {chance.randrange(1900, 10_000)}"
            if same_name_key(name) not in self._taken:
                return ArtistName(name, name, drawn.kind, drawn.gender, drawn.script, drawn.place, drawn.country)


def _draw(chance: Random, wish: Wish) -> ArtistName:
    code = wish.script or ("latin" if wish.style else weighted(chance, SCRIPT_SHARES))
    script = SCRIPTS[code]
    kind = wish.kind or ("group" if wish.style else weighted(chance, KIND_SHARES))
    place = words.place(chance)
    country = chance.choice(script.countries)
    if kind in PERSONS:
        gender = chance.choice(("female", "male"))
        name, sort_name = _person(chance, script, gender)
        return ArtistName(name, sort_name, kind, gender, code, place, country)
    name = _ensemble(chance, kind, place) if kind in ("orchestra", "choir") else _group(chance, script, wish.style)
    return ArtistName(name, _sorted_by_noun(name), kind, "", code, place, country)


def _person(chance: Random, script: Script, gender: str) -> tuple[str, str]:
    given = chance.choice(script.women if gender == "female" else script.men)
    tails = script.tails_of_women if gender == "female" else script.tails_of_men
    family = chance.choice(script.heads) + chance.choice(tails)
    if script.family_first:
        name = f"{family}{script.space}{given}"
        return name, name
    return f"{given} {family}", f"{family}, {given}"


def _group(chance: Random, script: Script, style: str) -> str:
    if script.firsts:
        return f"{chance.choice(script.firsts)}{script.space}{chance.choice(script.seconds)}"
    style = style or weighted(chance, {"plain": 0.66, "article": 0.28, "numeric": 0.03, "slash": 0.03})
    if style == "numeric":
        return str(chance.randrange(12, 9999))
    if style == "slash":
        return "/".join(chance.sample(words.NOUNS, 2))
    name = words.band(chance)
    return f"The {name}" if style == "article" else name


def _ensemble(chance: Random, kind: str, place: str) -> str:
    return chance.choice(words.ENSEMBLES[kind]).format(place=place, noun=chance.choice(words.NOUNS))


def _sorted_by_noun(name: str) -> str:
    return f"{name[4:]}, The" if name.startswith("The ") else name
