"""Who an artist is at the providers: its identifiers are given together, or forgotten together."""

from uuid import UUID

from artists.fields import IDENTIFIER_FIELDS
from artists.models import Artist, ProviderRecord
from artists.services.change import Change
from artists.services.operations import operation
from artists.services.values import blank
from artists.services.writeback import follow_nfo
from stillwater.models import User


def give_identifiers(
    artist: Artist, *, mbid: str, discogs_id: str, summary: str, actor: User | None = None, group: UUID | None = None
) -> Change:
    """What a person chose; a blank one stays as it is. Another MBID than before means another artist: the identifiers
    elsewhere belong to the former one and go. Raises Invalid, Locked."""
    is_another = bool(mbid and artist.musicbrainz_id) and artist.musicbrainz_id.casefold() != mbid.casefold()
    with operation(artist, summary=summary, actor=actor, group=group) as change:
        if is_another:
            _drop_identifiers(change, artist)
        for key, value in (("musicbrainz_id", mbid), ("discogs_id", discogs_id)):
            if value:
                change.set(key, value)
        follow_nfo(change)
    if is_another and "musicbrainz_id" in change.changed:
        _forget_records(artist)
    return change


def clear_identifiers(artist: Artist, *, actor: User | None = None) -> Change:
    """Forget who the artist is at every provider; it can be taken back. Raises Locked for a locked field."""
    with operation(artist, summary="Cleared all identifiers", actor=actor) as change:
        _drop_identifiers(change, artist)
        follow_nfo(change)
    _forget_records(artist)
    return change


def _drop_identifiers(change: Change, artist: Artist) -> None:
    """Those that are not locked."""
    for key in sorted(IDENTIFIER_FIELDS - set(artist.locked_fields)):
        change.set(key, blank(key))


def _forget_records(artist: Artist) -> None:
    ProviderRecord.objects.filter(artist_id=artist.pk).exclude(external_id="").update(external_id="")
