"""What a person edits of an artist: a field, the members, whether it takes part at all."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from artists.models import Artist
from artists.services.change import Change
from artists.services.gates import require_write
from artists.services.operations import operation
from artists.services.permission import NAME_KEPT
from artists.services.values import blank, known_field, one_line, without_doubles
from artists.services.writeback import follow_nfo
from stillwater.errors import Conflict, Invalid
from stillwater.models import User


def set_field(
    artist: Artist, key: str, value: object, *, actor: User | None = None, group: UUID | None = None
) -> Change:
    """Give one field the value that a person typed; an existing artist.nfo follows.

    Lists may come as text with commas. Raises Invalid, Locked, WriteBlocked.
    """
    field = known_field(key)
    _require_gate(artist)
    with operation(artist, summary=f"Changed {field.label.lower()}", actor=actor, group=group) as change:
        change.set(key, value)
        follow_nfo(change)
    return change


def set_fields(artist: Artist, values: Mapping[str, object], *, actor: User | None = None) -> Change:
    """Several fields at once, as one operation: all of them, or none when one is refused. Raises as set_field."""
    _require_gate(artist)
    labels = ", ".join(known_field(key).label.lower() for key in values)
    with operation(artist, summary=f"Changed {labels}"[:300], actor=actor) as change:
        for key, value in values.items():
            change.set(key, value)
        follow_nfo(change)
    return change


def clear_field(artist: Artist, key: str, *, actor: User | None = None, group: UUID | None = None) -> Change:
    """Empty one field. Raises Invalid for the name, Locked, WriteBlocked."""
    field = known_field(key)
    if not field.clearable:
        raise Invalid(NAME_KEPT, key)
    _require_gate(artist)
    with operation(artist, summary=f"Cleared {field.label.lower()}", actor=actor, group=group) as change:
        change.set(key, blank(key))
        follow_nfo(change)
    return change


def set_members(
    artist: Artist, members: Sequence[Mapping[str, Any]], *, actor: User | None = None, source: str = "manual"
) -> Change:
    """Replace all members by these, in this order. Raises Invalid for one without a name, Locked."""
    with operation(artist, source=source, summary="Changed members", actor=actor) as change:
        change.set("members", [clean_member(member) for member in members])
    return change


def clear_members(artist: Artist, *, actor: User | None = None) -> Change:
    """Raises Locked."""
    with operation(artist, summary="Cleared members", actor=actor) as change:
        change.set("members", [])
    return change


def exclude(artist: Artist, *, reason: str = "", actor: User | None = None, group: UUID | None = None) -> Change:
    """Leave the artist out of rules and reports, whatever later scans think. Raises Conflict when it is out already."""
    if artist.is_excluded and artist.exclusion_by_hand:
        raise Conflict("artist is already excluded")
    return _include_or_exclude(artist, excluded=True, reason=reason or "excluded by hand", actor=actor, group=group)


def include(artist: Artist, *, actor: User | None = None, group: UUID | None = None) -> Change:
    """Take the artist in again, whatever later scans think. Raises Conflict when it is in already."""
    if not artist.is_excluded:
        raise Conflict("artist is not excluded")
    return _include_or_exclude(artist, excluded=False, reason="", actor=actor, group=group)


def clean_member(member: Mapping[str, Any]) -> dict[str, Any]:
    """One member with every column. Raises Invalid."""
    name = one_line(str(member.get("member_name") or ""))
    if not name or len(name) > 500:
        raise Invalid("member_name must have 1 to 500 characters", "member_name")
    return {
        "member_name": name,
        "member_mbid": str(member.get("member_mbid") or "")[:36].lower(),
        "instruments": without_doubles(one_line(str(each)) for each in member.get("instruments") or ()),
        "vocal_type": one_line(str(member.get("vocal_type") or ""))[:100],
        "date_joined": one_line(str(member.get("date_joined") or ""))[:60],
        "date_left": one_line(str(member.get("date_left") or ""))[:60],
        "is_original_member": bool(member.get("is_original_member")),
    }


def _include_or_exclude(
    artist: Artist, *, excluded: bool, reason: str, actor: User | None, group: UUID | None
) -> Change:
    summary = "Excluded" if excluded else "Included again"
    with operation(artist, summary=summary, actor=actor, group=group) as change:
        change.set_facts(is_excluded=excluded, exclusion_reason=one_line(reason)[:200], exclusion_by_hand=True)
    return change


def _require_gate(artist: Artist) -> None:
    """An artist without a folder has no file that anybody could overwrite."""
    if artist.path:
        require_write("nfo", artist)
