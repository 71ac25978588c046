"""Artists that may be one and the same: they share a MusicBrainz ID, or an alias.

Two different MusicBrainz IDs mean two artists, whatever their names: such a pair is never grouped by alias
(users-and-risks.md 2, 20).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count
from django.db.models.functions import Lower

from artists.models import Alias, Artist
from artists.queries.listing import with_rows

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Two or more artists, by name, and what they share."""

    artists: tuple[Artist, ...]
    reason: str


def duplicate_groups() -> list[DuplicateGroup]:
    """All groups among artists that are not excluded: those of one MusicBrainz ID first. Four queries in all."""
    keyed = [*_by_mbid(), *_by_alias()]
    rows = with_rows(Artist.objects.filter(pk__in={key for keys, _ in keyed for key in keys}))
    artists = {artist.pk: artist for artist in rows}
    return [
        DuplicateGroup(
            tuple(sorted((artists[key] for key in keys), key=lambda artist: (artist.name, artist.pk))), reason
        )
        for keys, reason in keyed
    ]


def _by_mbid() -> list[tuple[set[int], str]]:
    included = Artist.objects.filter(is_excluded=False).exclude(musicbrainz_id="").order_by()
    doubled = included.values("musicbrainz_id").annotate(many=Count("pk")).filter(many__gt=1).values("musicbrainz_id")
    rows = included.filter(musicbrainz_id__in=doubled).values_list("musicbrainz_id", "pk")
    return [(keys, f"same MusicBrainz ID: {mbid}") for mbid, keys in _gathered(rows)]


def _by_alias() -> list[tuple[set[int], str]]:
    included = Alias.objects.filter(artist__is_excluded=False).annotate(folded=Lower("alias")).order_by()
    doubled = included.values("folded").annotate(many=Count("artist", distinct=True)).filter(many__gt=1)
    rows = included.filter(folded__in=doubled.values("folded")).values_list(
        "folded", "artist", "artist__musicbrainz_id"
    )
    groups = []
    for alias, found in _gathered((alias, (key, mbid)) for alias, key, mbid in rows):
        mbids = {mbid for _, mbid in found if mbid}
        if len(mbids) < 2:
            groups.append(({key for key, _ in found}, f"same alias: {alias}"))
    return groups


def _gathered(rows: Iterable[tuple[str, Found]]) -> list[tuple[str, set[Found]]]:
    found: dict[str, set[Found]] = defaultdict(set)
    for key, value in rows:
        found[key].add(value)
    return sorted(found.items())
