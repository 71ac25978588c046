"""Which of an artist's names a reader of the preferred languages gets to see.

Facts: providers.md 6, Rank to Scripts. `languages` are BCP 47 tags, the dearest first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from artists.matching.scripts import dominant_script, script_fits
from artists.providers.answers import AliasRecord
from stillwater.language_tags import base, canonical

_LATIN = "Latn"
# Misspellings that help a search, and what stands in a passport: neither is what an artist is called.
_NEVER_SHOWN = frozenset({"legal name", "search hint"})


@dataclass(frozen=True, slots=True)
class Naming:
    """How an artist is to be called; `aliases` hold every other name, the native one first."""

    name: str
    sort_name: str
    aliases: tuple[str, ...] = ()


def rank(locale: str, languages: Sequence[str]) -> int | None:
    """How near a locale is to what is preferred, low is near: 2i for the i-th tag itself, 2i+1 for its language.

    None when it is in none of them, or is no locale at all.
    """
    tag = canonical(locale)
    exact = {canonical(each): 2 * place for place, each in reversed(list(enumerate(languages)))}
    related = {base(each): 2 * place + 1 for place, each in reversed(list(enumerate(languages)))}
    ranks = [table[key] for table, key in ((exact, tag), (related, base(tag))) if key and key in table]
    return min(ranks, default=None)


def preferred_name(
    name: str, sort_name: str, aliases: Sequence[AliasRecord], languages: Sequence[str], *, romanise: bool = True
) -> Naming:
    """The name for readers of these languages: the best primary alias, else a romanised name, else the name itself.

    An alias without a locale never wins, whatever it is marked as; nor does a legal name. `romanise` is the
    preference metadata_name_romanization_fallback.
    """
    if _reads_well(name, languages):
        chosen, sorted_as = name, sort_name
    elif best := _best([alias for alias in aliases if alias.primary], languages):
        chosen, sorted_as = best.name, best.sort_name or best.name
    else:
        chosen, sorted_as = (romanised(name, sort_name, languages) if romanise else name), sort_name
    others = [name, *(alias.name for alias in _by_rank(aliases, languages))]
    return Naming(chosen, sorted_as, tuple(other for other in dict.fromkeys(others) if other and other != chosen))


def member_name(
    name: str, sort_name: str, aliases: Sequence[AliasRecord], languages: Sequence[str], *, romanise: bool = True
) -> str:
    """The same for a member of a group, where an alias that is not marked as primary will do when none is."""
    if _reads_well(name, languages):
        return name
    if best := _best(aliases, languages):
        return best.name
    return romanised(name, sort_name, languages) if romanise else name


def romanised(name: str, sort_name: str, languages: Sequence[str]) -> str:
    """A name that the first language's readers cannot read, by its Latin sort name: 'Shiina, Ringo' reads Ringo Shiina.

    The name itself where it is in Latin letters, where they read it, or where the sort name is no help.
    """
    if not languages or not script_fits("a", languages[:1]) or script_fits(name, languages[:1]):
        return name
    family, *given = (part.strip() for part in sort_name.split(","))
    if dominant_script(sort_name) != _LATIN or len(given) > 1 or not family:
        return name
    return f"{given[0]} {family}" if given and given[0] else family


def _reads_well(name: str, languages: Sequence[str]) -> bool:
    """Whether the first language is never written in Latin letters and the name is in its script already."""
    first = languages[:1]
    return bool(first and dominant_script(name)) and not script_fits("a", first) and script_fits(name, first)


def _best(aliases: Iterable[AliasRecord], languages: Sequence[str]) -> AliasRecord | None:
    ranked = [(place, alias) for alias in aliases if (place := _place(alias, languages)) is not None]
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _place(alias: AliasRecord, languages: Sequence[str]) -> int | None:
    if alias.kind.casefold() in _NEVER_SHOWN or not alias.name.strip():
        return None
    near = rank(alias.locale, languages)
    return None if near is None else near * 2 + (not alias.primary)


def _by_rank(aliases: Iterable[AliasRecord], languages: Sequence[str]) -> list[AliasRecord]:
    last = 4 * len(languages)

    def place(alias: AliasRecord) -> int:
        found = _place(alias, languages)
        return last if found is None else found

    return sorted(aliases, key=place)
