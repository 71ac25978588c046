"""Whom a run is about, and the numbers that a person sees before it starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from artists.models import Artist, IdentityState
from artists.services.permission import ARTIST_LOCKED

EXCLUDED = "artist is excluded"
HAS_ONE = "it has a MusicBrainz ID"


def unidentified(library_id: int | None = None) -> QuerySet[Artist]:
    """Everybody without an MBID who is not excluded."""
    artists = Artist.objects.filter(musicbrainz_id="", is_excluded=False)
    return artists if library_id is None else artists.filter(memberships__library=library_id)


def reason_to_skip(artist: Artist) -> str:
    """Why a run leaves the artist alone; '' when it does not."""
    if artist.locked:
        return ARTIST_LOCKED
    if artist.is_excluded:
        return EXCLUDED
    if "musicbrainz_id" in artist.locked_fields:
        return "field is locked"
    return HAS_ONE if artist.musicbrainz_id else ""


def waiting(artists: QuerySet[Artist], run: UUID) -> list[int]:
    """Those without an outcome in this run, and those whose outcome is not carried out yet."""
    half = Q(identification__state=IdentityState.LINKING) | Q(
        identification__state=IdentityState.LINKED, identification__refreshed_at=None
    )
    begun = Artist.objects.filter(half, identification__run=run).order_by("pk").values_list("pk", flat=True)
    rest = artists.exclude(identification__run=run).order_by("pk").values_list("pk", flat=True)
    return list(dict.fromkeys([*begun, *rest]))


@dataclass(frozen=True, slots=True)
class DryNumbers:
    """Before anything is asked: how many, and how many of them need no request to be identified."""

    total: int
    with_tags: int
    locked: int

    @property
    def to_ask(self) -> int:
        return self.total - self.with_tags - self.locked


def dry_numbers(artists: QuerySet[Artist]) -> DryNumbers:
    openly = artists.filter(locked=False)
    return DryNumbers(artists.count(), openly.exclude(tag_mbid="").count(), artists.filter(locked=True).count())


def by_ids(ids: Sequence[int]) -> QuerySet[Artist]:
    return Artist.objects.filter(pk__in=ids)
