"""Artists that may be one and the same, and why: an MBID, a name, a folder's name or an alias that they share.

Two different MusicBrainz IDs mean two artists, whatever their names: such a pair is never grouped (users-and-risks.md
2, 20). Every group is what shares one key; groups are not chained to each other (12).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from django.db.models import Count, F
from django.db.models.functions import Lower

from artists.matching.near_names import near_names
from artists.matching.similarity import identity_key
from artists.models import Alias, Artist, IgnoredDuplicates
from artists.queries.listing import with_rows

MBID, NAME, ALIAS, NEAR = "mbid", "name", "alias", "near"
SURE = (MBID, NAME, ALIAS)
"""What is looked for unasked; near names take seconds in a large library."""


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Two or more artists, by name, and what they share."""

    artists: tuple[Artist, ...]
    reasons: tuple[str, ...]
    kinds: tuple[str, ...]
    warnings: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        return "; ".join(self.reasons)

    @property
    def ids(self) -> list[int]:
        return sorted(artist.pk for artist in self.artists)

    @property
    def key(self) -> str:
        """The same for the same artists and reasons: what the ignore list remembers."""
        return sha256(f"{self.ids}{self.reason}".encode()).hexdigest()

    @property
    def survivor(self) -> Artist:
        return suggested_survivor(self.artists)


@dataclass(slots=True)
class _Found:
    keys: frozenset[int]
    reasons: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Member:
    pk: int
    mbid: str


def duplicate_groups(kinds: Iterable[str] = (MBID, ALIAS), *, together: bool = False) -> list[DuplicateGroup]:
    """All groups among artists that are not excluded: those of one MusicBrainz ID first.

    `together`: the same artists for several reasons are one group. A handful of queries in all.
    """
    wanted = set(kinds)
    found = [each for kind, find in _FINDERS.items() if kind in wanted for each in find()]
    if together:
        found = _together(found)
    rows = with_rows(Artist.objects.filter(pk__in={key for each in found for key in each.keys}))
    rows = rows.prefetch_related("memberships__library")
    artists = {artist.pk: artist for artist in rows}
    return [_group(each, artists) for each in found]


def open_groups(*, near: bool = False) -> list[DuplicateGroup]:
    """Every group that nobody ignored, each set of artists once."""
    ignored = set(IgnoredDuplicates.objects.values_list("key", flat=True))
    groups = duplicate_groups((*SURE, NEAR) if near else SURE, together=True)
    return [group for group in groups if group.key not in ignored]


def suggested_survivor(artists: Iterable[Artist]) -> Artist:
    """Who has a folder, an MBID, a folder named as the artist, the most albums; then who came first."""
    return min(artists, key=_rank)


def _rank(one: Artist) -> tuple[bool, bool, bool, int, int, int]:
    albums = -one.folder_album_count
    return not one.path, not one.musicbrainz_id, not one.folder_fits, albums, -one.album_count, one.pk


def _group(found: _Found, artists: dict[int, Artist]) -> DuplicateGroup:
    members = sorted((artists[key] for key in found.keys), key=lambda artist: (artist.name, artist.pk))
    return DuplicateGroup(tuple(members), tuple(found.reasons), tuple(found.kinds), tuple(_warnings(members)))


def _warnings(members: Iterable[Artist]) -> Iterator[str]:
    told = sorted({artist.disambiguation.strip().casefold() for artist in members if artist.disambiguation.strip()})
    if len(told) > 1:
        yield f"they are told apart by: {', '.join(told)}"


def _by_mbid() -> list[_Found]:
    included = Artist.objects.filter(is_excluded=False).exclude(musicbrainz_id="").order_by()
    doubled = included.values("musicbrainz_id").annotate(many=Count("pk")).filter(many__gt=1).values("musicbrainz_id")
    rows = included.filter(musicbrainz_id__in=doubled).values_list("musicbrainz_id", "pk")
    by_mbid = _gathered((mbid, _Member(pk, mbid)) for mbid, pk in rows)
    return [_found(members, f"same MusicBrainz ID: {mbid}", MBID) for mbid, members in by_mbid]


def _by_name() -> list[_Found]:
    """By the key of the name or of the folder, whichever they share; one query for the keys of all artists."""
    included = Artist.objects.filter(is_excluded=False).order_by()
    doubled = {
        column: included.exclude(**{column: ""}).values(column).annotate(many=Count("pk")).filter(many__gt=1)
        for column in ("name_key", "folder_key")
    }
    crossed = included.exclude(folder_key="").exclude(folder_key=F("name_key"))
    keys = {key for column, rows in doubled.items() for key in rows.values_list(column, flat=True)}
    keys |= set(crossed.filter(folder_key__in=included.values("name_key")).values_list("folder_key", flat=True))
    named = _sharing("name_key", keys)
    folders = _sharing("folder_key", keys)
    groups = []
    for key in sorted(keys):
        by_name, by_folder = named.get(key, set()), folders.get(key, set())
        members = _without_namesakes(by_name | by_folder)
        if len(members) > 1:
            groups.append(_found(members, _name_reason(key, members & by_name, members & by_folder), NAME))
    return groups


def _name_reason(key: str, named: set[_Member], folders: set[_Member]) -> str:
    what = [f"{len(named)} by name"] if named else []
    what += [f"{len(folders)} by folder"] if folders else []
    return f"same name: {key} ({', '.join(what)})"


def _sharing(column: str, keys: set[str]) -> dict[str, set[_Member]]:
    found: dict[str, set[_Member]] = defaultdict(set)
    some = sorted(keys)
    for start in range(0, len(some), 500):
        rows = Artist.objects.filter(is_excluded=False, **{f"{column}__in": some[start : start + 500]}).order_by()
        for key, pk, mbid in rows.values_list(column, "pk", "musicbrainz_id"):
            found[key].add(_Member(pk, mbid))
    return found


def _by_alias() -> list[_Found]:
    included = Alias.objects.filter(artist__is_excluded=False).annotate(folded=Lower("alias")).order_by()
    doubled = included.values("folded").annotate(many=Count("artist", distinct=True)).filter(many__gt=1)
    rows = included.filter(folded__in=doubled.values("folded")).values_list(
        "folded", "artist", "artist__musicbrainz_id"
    )
    groups = []
    for alias, members in _gathered((alias, _Member(pk, mbid)) for alias, pk, mbid in rows):
        alike = _without_namesakes(members)
        if len(alike) > 1 and identity_key(alias):
            groups.append(_found(alike, f"same alias: {alias}", ALIAS))
    return groups


def _by_near_name() -> list[_Found]:
    """Pairs of different keys: equal ones are found without measuring."""
    rows = list(
        Artist.objects.filter(is_excluded=False).order_by().values_list("pk", "name", "name_key", "musicbrainz_id")
    )
    keys = {pk: key for pk, _name, key, _mbid in rows}
    members = {pk: _Member(pk, mbid) for pk, _name, _key, mbid in rows}
    names = {pk: name for pk, name, _key, _mbid in rows}
    groups = []
    for near in near_names(names, names):
        pair = {members[near.first], members[near.second]}
        if keys[near.first] != keys[near.second] and len(_without_namesakes(pair)) > 1:
            groups.append(_found(pair, f"similar names: {near.score:.0%} alike", NEAR))
    return groups


_FINDERS = {MBID: _by_mbid, NAME: _by_name, ALIAS: _by_alias, NEAR: _by_near_name}


def _without_namesakes(members: set[_Member]) -> set[_Member]:
    """All of them, unless they have different MBIDs: then only those without, who may be one another but whose?"""
    if len({member.mbid for member in members if member.mbid}) < 2:
        return members
    return {member for member in members if not member.mbid}


def _found(members: Iterable[_Member], reason: str, kind: str) -> _Found:
    return _Found(frozenset(member.pk for member in members), [reason], [kind])


def _together(found: Iterable[_Found]) -> list[_Found]:
    merged: dict[frozenset[int], _Found] = {}
    for each in found:
        known = merged.setdefault(each.keys, _Found(each.keys))
        known.reasons += each.reasons
        known.kinds += [kind for kind in each.kinds if kind not in known.kinds]
    return list(merged.values())


def _gathered(rows: Iterable[tuple[str, _Member]]) -> list[tuple[str, set[_Member]]]:
    found: dict[str, set[_Member]] = defaultdict(set)
    for key, member in rows:
        found[key].add(member)
    return sorted(found.items())
