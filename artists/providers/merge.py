"""Makes one truth of what several providers said, field by field, and keeps why: pure, no row and no request.

For every field the first provider of its order that has something to say wins, for tags and members as for text; this
is the one place that decides so. A provider that does not answer leaves everything as it is (behaviour.md 4).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from artists.fields import GROUP_TYPES, INDIVIDUAL_TYPES, LIST_FIELDS
from artists.matching.biographies import is_junk
from artists.matching.dates import parse_date
from artists.matching.tags import spelt
from artists.providers.answers import ArtistRecord, MemberRecord
from artists.providers.outcomes import Kind, Outcome

Value = str | tuple[str, ...] | tuple[MemberRecord, ...]

MEMBERS = "members"
MERGED_FIELDS: tuple[str, ...] = (
    "type", "gender", "origin", "disambiguation", "biography", "genres", "styles", "moods", "years_active",
    "born", "formed", "died", "disbanded", MEMBERS,
)  # fmt: skip
"""What a refresh takes by order of providers; names and identifiers follow rules of their own (identity.py)."""

NOT_FOR: Mapping[str, frozenset[str]] = {
    "gender": GROUP_TYPES,
    "born": GROUP_TYPES,
    "died": GROUP_TYPES,
    "formed": INDIVIDUAL_TYPES,
    "disbanded": INDIVIDUAL_TYPES,
}
"""Fields that artists of these types do not have."""

SUMMARY_LENGTH = 160
CUT = "…"
"""What a summary ends with that is only the start of its value."""


@dataclass(frozen=True, slots=True)
class Said:
    """One provider's part in the decision about a field; `summary` is the start of its value, as plain text."""

    provider: str
    kind: Kind
    summary: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FieldResult:
    """What came of one field.

    `attempted`: somebody was able to answer, so that nothing found means that there is nothing; `populated`: there is
    a value; `authoritative`: an empty list of members is a statement. `why` tells the winner's reason in a sentence.
    """

    field: str
    value: Value
    winner: str = ""
    attempted: bool = False
    authoritative: bool = False
    said: tuple[Said, ...] = ()
    why: str = ""

    @property
    def populated(self) -> bool:
        return bool(self.value)


def merge(
    outcomes: Mapping[str, Outcome],
    order: Mapping[str, Sequence[str]],
    languages: Sequence[str] = ("en",),
    *,
    kept_type: str = "",
) -> dict[str, FieldResult]:
    """The result of every field in `order` (field to its providers, first choice first).

    `kept_type`: the artist's own type where a lock keeps it, whatever providers say.
    """
    found = {key: _field(key, order[key], outcomes, languages) for key in MERGED_FIELDS if key in order}
    kind = kept_type or (str(found["type"].value) if "type" in found else "")
    return {key: _without(result, kind) if kind in NOT_FOR.get(key, ()) else result for key, result in found.items()}


def value_of(record: ArtistRecord, key: str, languages: Sequence[str] = ("en",)) -> Value:
    """What a record says of one field, ready to be stored; blank where it says nothing worth keeping."""
    value: Value = getattr(record, key)
    if key in LIST_FIELDS:
        return spelt((str(tag) for tag in value), languages)
    if key == "biography":
        return "" if is_junk(record.biography) else record.biography
    return value


def years_from_dates(record: ArtistRecord) -> str:
    """Years of activity as the dates suggest them; only for comparing, since nobody stated them (providers.md 2.1)."""
    formed, disbanded = _year(record.formed), _year(record.disbanded)
    if record.type in GROUP_TYPES:
        return f"{formed}-{disbanded or 'present'}" if formed else ""
    begin, end = formed or _year(record.born), disbanded or _year(record.died)
    return f"{begin}-{end}" if begin and end else ""


def plain(value: Value, length: int = SUMMARY_LENGTH) -> str:
    """A value in one short line, for people."""
    text = value if isinstance(value, str) else ", ".join(_name(each) for each in value)
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}{CUT}"


def _field(
    key: str, providers: Sequence[str], outcomes: Mapping[str, Outcome], languages: Sequence[str]
) -> FieldResult:
    result = FieldResult(key, () if key in LIST_FIELDS or key == MEMBERS else "")
    said: list[Said] = []
    for provider in providers:
        outcome = outcomes.get(provider)
        if outcome is None:
            continue
        result = _heard(result, outcome, languages)
        said.append(_said(key, outcome, languages))
    return replace(result, said=tuple(said), why=_why(result, said))


def _heard(result: FieldResult, outcome: Outcome, languages: Sequence[str]) -> FieldResult:
    """The result once this provider, too, has been heard: what is found already stays."""
    record = outcome.record
    value = value_of(record, result.field, languages) if record else ""
    asserts = bool(record and result.field == MEMBERS and not value and record.members_authoritative)
    if result.populated or result.authoritative:
        return result
    if value or asserts:
        return replace(result, value=value, winner=outcome.provider, attempted=True, authoritative=asserts)
    return replace(result, attempted=result.attempted or outcome.was_asked)


def _said(key: str, outcome: Outcome, languages: Sequence[str]) -> Said:
    if outcome.record is None:
        return Said(outcome.provider, outcome.kind, reason=outcome.reason)
    value = value_of(outcome.record, key, languages)
    junk = is_junk(outcome.record.biography) if key == "biography" and outcome.record.biography else ""
    reason = f"its biography is {junk}" if junk else "" if value else "says nothing of it"
    return Said(outcome.provider, outcome.kind, plain(value), reason)


def _why(result: FieldResult, said: Sequence[Said]) -> str:
    if result.authoritative and not result.populated:
        return "a person has no members"
    if result.winner:
        first = said[0].provider == result.winner
        return "the first choice for this field" if first else "the first of the order that has a value"
    return "nobody has a value" if result.attempted else "nobody could be asked"


def _without(result: FieldResult, kind: str) -> FieldResult:
    """A group has no birthday, whatever somebody says."""
    empty: Value = () if isinstance(result.value, tuple) else ""
    return replace(result, value=empty, winner="", authoritative=False, why=f"an artist of type {kind} has none")


def _name(each: str | MemberRecord) -> str:
    return each if isinstance(each, str) else each.name


def _year(text: str) -> str:
    date = parse_date(text)
    return str(date.year) if date else ""
