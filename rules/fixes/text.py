"""Fixes that take a value from the providers: biography, origin, names in a preferred language, identifiers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from artists.fields import BY_KEY
from artists.matching.biographies import is_junk
from artists.matching.scripts import script_fits
from artists.providers.merge import FieldResult
from artists.services.gates import Axis
from artists.services.permission import FIELD_LOCKED
from artists.services.refresh import Part, Refreshed, refresh
from rules.fixes.base import Aid, Case, Fix, Mended, Stage
from stillwater.errors import Locked, Unprocessable, Upstream


@dataclass(frozen=True, slots=True)
class Want:
    """What a rule wants of providers: which fields of the artist, and why a value that is said would not do."""

    fields: Callable[[Case], tuple[str, ...]]
    refusal: Callable[[FieldResult, Case], str] = lambda _result, _case: ""


def _poor_biography(result: FieldResult, case: Case) -> str:
    text = str(result.value)
    if why := is_junk(text):
        return f"what is said is {why}"
    least = case.config.integer("min_length") if "min_length" in case.config.values else 0
    return f"what is said has {len(text)} characters, wanted at least {least}" if len(text) < least else ""


def _foreign_names(case: Case) -> tuple[str, ...]:
    """Those that are not written in a preferred script."""
    spelled = {"name": case.artist.name, "sort_name": case.artist.sort_name}
    return tuple(key for key, text in spelled.items() if not script_fits(text, case.config.languages))


def _foreign_script(result: FieldResult, case: Case) -> str:
    fits = script_fits(str(result.value), case.config.languages)
    return "" if fits else f"MusicBrainz has no name in a script of {', '.join(case.config.languages)}"


def _missing_identifiers(case: Case) -> tuple[str, ...]:
    providers = (name for name in ("discogs", "deezer", "spotify") if case.config.flag(name))
    return tuple(f"{name}_id" for name in providers if not getattr(case.artist, f"{name}_id"))


WANTS: Mapping[str, Want] = {
    "bio_exists": Want(lambda _case: ("biography",), _poor_biography),
    "metadata_quality": Want(lambda _case: ("biography",), _poor_biography),
    "origin_missing": Want(lambda _case: ("origin",)),
    "genres_missing": Want(lambda _case: ("genres",)),
    "name_language_pref": Want(_foreign_names, _foreign_script),
    "provider_id_missing": Want(_missing_identifiers),
}


class TextFix(Fix):
    """Asks the providers for what the rule misses; a value that is no better than the present one is not taken."""

    touches: ClassVar[str] = (
        "The field that the rule misses, and artist.nfo where there is one. Asks the providers of that field."
    )
    stage: ClassVar[Stage] = "text"
    axis: ClassVar[Axis] = "nfo"
    asks: ClassVar[bool] = True
    needs_id: ClassVar[bool] = True
    avoids_shared: ClassVar[bool] = False

    def fields(self, case: Case) -> tuple[str, ...]:
        return WANTS[case.rule.id].fields(case)

    def would(self, case: Case) -> str:
        return f"Ask the providers for {_labels(self.fields(case))}, and take what they say"

    def mend(self, case: Case, aid: Aid) -> Mended:
        """One question for all of the artist's findings of this kind, one operation for all that it answers."""
        cases = (case, *(each for each in aid.beside if each.rule.id != case.rule.id))
        wanted = {each.rule.id: self.fields(each) for each in cases}
        fields = frozenset(key for keys in wanted.values() for key in keys)
        summary = f"Asked providers for {_labels(sorted(fields))}"[:300]
        part = Part(fields, case.source, summary, _refusals(cases), aid.nfo_later)
        sources = aid.asking.sources(case.artist, aid.actor)
        done = refresh(case.artist, sources=sources, actor=aid.actor, group=aid.group, part=part)
        return _mended(case, wanted[case.rule.id], done)


def _refusals(cases: Sequence[Case]) -> Callable[[FieldResult], str]:
    def refusal(result: FieldResult) -> str:
        found = (WANTS[case.rule.id].refusal(result, case) for case in cases if result.field in _fields(case))
        return next((why for why in found if why), "")

    return refusal


def _fields(case: Case) -> tuple[str, ...]:
    return WANTS[case.rule.id].fields(case)


def _mended(case: Case, wanted: Sequence[str], done: Refreshed) -> Mended:
    """Raises where nothing of what this rule wants was stored, with the reason that helps most."""
    change = done.change
    if change is None or any(key in change.changed for key in wanted):
        return Mended(change.operation if change else None)
    refused = [change.refused[key] for key in wanted if key in change.refused]
    if FIELD_LOCKED in refused:
        raise Locked(FIELD_LOCKED)
    if refused:
        raise Unprocessable(refused[0])
    if done.down:
        raise Upstream("; ".join(f"{name} {why}" for name, why in done.down.items()))
    raise Unprocessable(f"no provider knows {_labels(wanted)}")


def _labels(fields: Sequence[str]) -> str:
    return ", ".join(BY_KEY[key].label if key.endswith("_id") else BY_KEY[key].label.lower() for key in fields)
