"""What a refresh changes of an artist: which results it takes, and the guards around each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from artists.fields import IDENTIFIER_FIELDS
from artists.models import Artist
from artists.providers.answers import MemberRecord
from artists.providers.identity import called, field_of, identifiers, other_names, readable_members
from artists.providers.merge import MEMBERS, NOT_FOR, FieldResult, Said, plain
from artists.providers.outcomes import Kind, Outcome
from artists.services.asking import MUSICBRAINZ
from artists.services.change import Change
from artists.services.collections import COLLECTIONS, Row
from artists.services.editing import clean_member
from artists.services.values import Value, blank, clean
from stillwater.errors import Invalid

Policy = Literal["refresh", "fill_empty"]

NAMES = ("name", "sort_name")
KEPT_WHEN_FILLING = frozenset({*NAMES, "disambiguation"})
"""What a bulk run that only fills gaps never touches (behaviour.md 4)."""

CHANGED_MEANWHILE = "it was changed while the providers were asked"


def named_results(
    outcomes: Mapping[str, Outcome], languages: Sequence[str], *, romanise: bool = True
) -> list[FieldResult]:
    """The names, which are MusicBrainz' to give, and the identifiers, which anybody may name."""
    musicbrainz = outcomes.get(MUSICBRAINZ)
    found = []
    if musicbrainz is not None and musicbrainz.record is not None:
        name, sort_name = called(musicbrainz.record, languages, romanise=romanise)
        native = name == musicbrainz.record.name
        why = "MusicBrainz names the artist" if native else "the name in the first of your languages"
        found += [_single(key, value, MUSICBRAINZ, why) for key, value in zip(NAMES, (name, sort_name), strict=True)]
    for provider, identifier in identifiers(outcomes).items():
        if key := field_of(provider):
            why = "it names itself" if identifier.origin == provider else "another provider links to it"
            found.append(_single(key, identifier.value, identifier.origin, why))
    return found


def readable(result: FieldResult, languages: Sequence[str], *, romanise: bool = True) -> FieldResult:
    """Members under the names that the person reads; any other result as it is."""
    if result.field != MEMBERS:
        return result
    members = [each for each in result.value if isinstance(each, MemberRecord)]
    return replace(result, value=readable_members(members, languages, romanise=romanise))


def intend(
    change: Change,
    outcomes: Mapping[str, Outcome],
    results: Sequence[FieldResult],
    policy: Policy = "refresh",
    *,
    names: bool = True,
) -> None:
    """Put into the change what the policy takes of the results. Identifiers go into blanks alone, whatever it is.

    `names`: other names are added too.
    """
    for result in results:
        if result.field == MEMBERS:
            _intend_members(change, result, policy)
        elif result.field == "musicbrainz_id":
            _follow_merge(change, outcomes.get(MUSICBRAINZ))
        elif result.populated and not (policy == "fill_empty" and result.field in KEPT_WHEN_FILLING):
            only_blank = policy == "fill_empty" or result.field in IDENTIFIER_FIELDS
            _intend_field(change, result, only_blank=only_blank)
    if policy == "refresh":
        _clear_what_does_not_apply(change, results)
    if names:
        _intend_aliases(change, outcomes, results, policy)


def _intend_field(change: Change, result: FieldResult, *, only_blank: bool) -> None:
    value = result.value if isinstance(result.value, str) else [str(each) for each in result.value]
    try:
        cleaned = clean(result.field, value)
    except Invalid as error:
        change.refused[result.field] = error.message
        return
    if cleaned:
        _revise(change, result.field, cleaned, result.winner, only_blank=only_blank)


def _revise(change: Change, key: str, value: Value, origin: str, *, only_blank: bool = False) -> None:
    """Unless somebody gave the field another value since the providers were asked."""
    seen = getattr(change.artist, key)
    if only_blank and seen:
        return

    def with_value(stored: Artist) -> Value:
        now: Value = getattr(stored, key)
        if now != seen:
            change.refused[key] = CHANGED_MEANWHILE
            return now
        return value

    change.origins[key] = f"provider:{origin}"
    change.revise(key, with_value)


def _follow_merge(change: Change, musicbrainz: Outcome | None) -> None:
    """MusicBrainz has merged the artist into another entry and answers with that: the history says so."""
    record = musicbrainz.record if musicbrainz else None
    if record is None or not record.asked_id or record.provider_id.lower() == change.artist.musicbrainz_id.lower():
        return
    old = change.artist.musicbrainz_id
    change.summary = f"Refreshed; MusicBrainz has merged {old} into {record.provider_id}"
    _revise(change, "musicbrainz_id", clean("musicbrainz_id", record.provider_id), MUSICBRAINZ)


def _clear_what_does_not_apply(change: Change, results: Sequence[FieldResult]) -> None:
    """A provider has just said that it is a group, so it has no birthday. Silence about the type clears nothing."""
    kind = next((result for result in results if result.field == "type" and result.populated), None)
    if kind is None:
        return
    decided = change.artist.type if "type" in change.artist.locked_fields else str(kind.value)
    for key, types in NOT_FOR.items():
        if decided in types and getattr(change.artist, key):
            _revise(change, key, blank(key), kind.winner)


def _intend_members(change: Change, result: FieldResult, policy: Policy) -> None:
    """Replaced as a whole, and only by somebody who answered with members or knows that there are none."""
    if not result.attempted or not (result.populated or result.authoritative):
        return
    rows = [clean_member(_member_values(each)) for each in result.value if isinstance(each, MemberRecord) and each.name]
    seen = COLLECTIONS[MEMBERS].read(change.artist)
    if policy == "fill_empty" and seen:
        return

    def with_members(stored: Artist) -> list[Row]:
        now = COLLECTIONS[MEMBERS].read(stored)
        return rows if now == seen else now

    change.origins[MEMBERS] = f"provider:{result.winner}"
    change.revise(MEMBERS, with_members)


def _member_values(member: MemberRecord) -> dict[str, Any]:
    return {
        "member_name": member.name[:500],
        "member_mbid": member.mbid,
        "instruments": list(member.instruments),
        "date_joined": member.date_joined,
        "date_left": member.date_left,
        "is_original_member": member.is_original,
    }


def _intend_aliases(
    change: Change, outcomes: Mapping[str, Outcome], results: Sequence[FieldResult], policy: Policy
) -> None:
    """Other names are added to those that are there; whichever of two names gives way stays findable."""
    by_field = {result.field: str(result.value) for result in results if result.field in NAMES}

    def with_names(stored: Artist) -> list[Row]:
        rows = COLLECTIONS["aliases"].read(stored)
        theirs, ours = by_field.get("name", stored.name), stored.name
        stays = policy == "fill_empty" or "name" in stored.locked_fields or "name" in change.refused
        name, other = (ours, theirs) if stays else (theirs, "" if _is_split(ours, by_field, results) else ours)
        sort_name = stored.sort_name if stays else by_field.get("sort_name", stored.sort_name)
        known = [sort_name, *(str(row["alias"]) for row in rows)]
        new = other_names(outcomes, name, known, other)
        return [*rows, *({"alias": each.name[:500], "source": each.origin[:40]} for each in new)]

    change.origins["aliases"] = f"provider:{MUSICBRAINZ}"
    change.revise("aliases", with_names)


def _is_split(name: str, by_field: Mapping[str, str], results: Sequence[FieldResult]) -> bool:
    """`Nirvana (UK psych band)` was never another name: it falls apart into name and disambiguation."""
    told_apart = next((str(each.value) for each in results if each.field == "disambiguation"), "")
    return name.casefold() == f"{by_field.get('name', '')} ({told_apart})".casefold()


def _single(key: str, value: str, origin: str, why: str) -> FieldResult:
    said = (Said(origin, Kind.ANSWERED, plain(value)),)
    return FieldResult(key, value, winner=origin, attempted=True, said=said, why=why)
