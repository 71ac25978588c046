"""Takes over what a server says of an artist: never over a lock, never a blank over a value."""

from collections.abc import Collection

from artists.services.gates import require_write
from artists.services.operations import operation
from artists.services.writeback import follow_nfo
from connections.models import ArtistLink
from connections.services.access import client_of
from connections.services.push import require_parts, require_taker
from connections.services.sync_values import PULLABLE, PULLED, values_from
from stillwater.models import User


def pull_artist(link: ArtistLink, parts: Collection[str] = PULLED, *, actor: User | None = None) -> list[str]:
    """Biography, genres and dates, or the named parts; returns the fields that changed. It can be taken back.

    Raises Invalid for a server that is off or says nothing of artists and for an unknown part, ClientError,
    WriteBlocked.
    """
    require_taker(link.connection)
    require_parts(parts, PULLABLE)
    values = values_from(link.artist, client_of(link.connection).artist(link.platform_artist_id), parts)
    if not values:
        return []
    if link.artist.path:
        require_write("nfo", link.artist)
    source, summary = f"provider:{link.connection.type}", f"Pulled from {link.connection.name}"
    with operation(link.artist, source=source, summary=summary, actor=actor) as change:
        for key, value in values.items():
            change.set(key, value)
        follow_nfo(change)
    return sorted(change.changed.keys() & values.keys())
