"""What the relations of an artist say: who plays in it, whom it is the stage name of, where else it is on the web."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from artists.providers.answers import AliasRecord, MemberRecord
from artists.providers.links import Links, read_links
from artists.providers.musicbrainz.words import as_mbid, plain
from artists.providers.reading import line, lines, mapping, mappings

_ORIGINAL = "original"


def links_of(data: Any) -> Links:
    """Of an address that was given up ("ended") nothing is known any more."""
    return read_links(
        (line(relation, "type"), line(relation, "url", "resource"))
        for relation in mappings(data, "relations")
        if relation.get("ended") is not True
    )


def persons_behind(data: Any) -> Iterator[AliasRecord]:
    """The same human being under another name."""
    for relation in _of_type(data, "is person"):
        if name := plain(relation, "artist", "name"):
            yield AliasRecord(name, plain(relation, "artist", "sort-name"))


def members_of(data: Any) -> tuple[MemberRecord, ...]:
    """Everybody once, with all their instruments; a second stay widens the first."""
    members: dict[str, MemberRecord] = {}
    for relation in _of_type(data, "member of band"):
        if relation.get("direction") != "backward" or not plain(relation, "artist", "name"):
            continue
        member = _member(relation)
        key = member.mbid or member.name
        members[key] = _merged(members[key], member) if key in members else member
    return tuple(members.values())


def _member(relation: dict[str, Any]) -> MemberRecord:
    person = mapping(relation, "artist")
    attributes = lines(relation, "attributes")
    return MemberRecord(
        name=plain(person, "name"),
        mbid=as_mbid(line(person, "id")),
        sort_name=plain(person, "sort-name"),
        instruments=tuple(attribute for attribute in attributes if attribute != _ORIGINAL),
        date_joined=line(relation, "begin"),
        date_left=line(relation, "end"),
        is_active=relation.get("ended") is not True,
        is_original=_ORIGINAL in attributes,
    )


def _merged(first: MemberRecord, second: MemberRecord) -> MemberRecord:
    """From the earliest beginning to the latest end; who is there still has not left."""
    stays = [first, second]
    is_active = any(stay.is_active for stay in stays)
    return replace(
        first,
        instruments=tuple(dict.fromkeys(first.instruments + second.instruments)),
        date_joined=min((stay.date_joined for stay in stays if stay.date_joined), default=""),
        date_left="" if is_active else max(stay.date_left for stay in stays),
        is_active=is_active,
        is_original=first.is_original or second.is_original,
    )


def _of_type(data: Any, kind: str) -> Iterator[dict[str, Any]]:
    return (relation for relation in mappings(data, "relations") if line(relation, "type") == kind)
