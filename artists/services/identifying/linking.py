"""Gives an artist its identity as one operation, and refreshes it afterwards in the same group."""

from collections.abc import Callable
from uuid import UUID

from django.utils import timezone

from artists.models import Artist, FieldTrace, Identification, IdentityState
from artists.services.change import Change
from artists.services.identifiers import give_identifiers
from artists.services.identifying.outcomes import MACHINE
from artists.services.operations import operation
from artists.services.refresh import refresh
from artists.services.sources import Sources
from artists.services.writeback import follow_nfo
from stillwater.errors import Conflict, StillwaterError
from stillwater.models import User

ALREADY = "it has a MusicBrainz ID already"
SourcesOf = Callable[[Artist], Sources]


def link_found(artist: Artist, row: Identification, *, actor: User | None = None) -> Change:
    """What a run decided; into a blank only. Raises Conflict where somebody was quicker, Locked for a locked field."""
    summary = f"Identified by its {row.tier}: {row.reason}" if row.tier != "connection" else f"Identified: {row.reason}"

    def still_unknown(stored: Artist) -> None:
        if stored.musicbrainz_id and stored.musicbrainz_id.lower() != row.mbid.lower():
            raise Conflict(ALREADY)

    with operation(artist, source=MACHINE, summary=summary[:500], actor=actor, group=row.run) as change:
        change.require(still_unknown)
        change.set("musicbrainz_id", row.mbid)
        if row.discogs_id and not artist.discogs_id:
            change.set("discogs_id", row.discogs_id)
        follow_nfo(change)
    if "musicbrainz_id" in change.refused:
        raise Conflict(change.refused["musicbrainz_id"])
    return change


def link_chosen(
    artist: Artist, mbid: str, *, discogs_id: str = "", actor: User | None = None, group: UUID | None = None
) -> Change:
    """What a person chose from the review queue."""
    return give_identifiers(
        artist,
        mbid=mbid,
        discogs_id=discogs_id,
        summary="Identified by a person's choice",
        actor=actor,
        group=group,
    )


def refresh_linked(row: Identification, sources_of: SourcesOf, *, actor: User | None = None) -> None:
    """Once for each linking: a run that was killed after the answers were stored does not ask again."""
    if FieldTrace.objects.filter(artist_id=row.artist_id, asked_at__gte=row.decided_at).exists():
        _refreshed(row, "")
        return
    artist = row.artist
    artist.refresh_from_db()
    try:
        came = refresh(artist, sources=sources_of(artist), actor=actor, group=row.run)
    except StillwaterError as error:
        _refreshed(row, error.message)
        return
    _refreshed(row, came.warning or "; ".join(f"{name} {why}" for name, why in came.down.items()))


def _refreshed(row: Identification, note: str) -> None:
    row.refreshed_at, row.refresh_note = timezone.now(), note[:500]
    row.save(update_fields=["refreshed_at", "refresh_note"])


def mark_linked(row: Identification) -> None:
    row.state = IdentityState.LINKED
    row.save(update_fields=["state"])
