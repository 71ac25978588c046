"""Which item of a server is which artist."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from artists.models import Artist
from connections.models import ArtistLink, Connection
from stillwater.errors import Conflict, Invalid, NotFound

LONGEST_ID = 200


def set_link(artist: Artist, connection: Connection, item_id: str) -> ArtistLink:
    """Say by hand which item it is. Raises Invalid, or Conflict where the item is another artist's."""
    text = item_id.strip()
    if not text:
        raise Invalid("platform_artist_id is required", "platform_artist_id")
    if len(text) > LONGEST_ID or not text.isprintable():
        raise Invalid("platform_artist_id is no identifier", "platform_artist_id")
    try:
        with transaction.atomic():
            link, _ = ArtistLink.objects.update_or_create(
                artist=artist,
                connection=connection,
                defaults={"platform_artist_id": text, "updated_at": timezone.now()},
            )
    except IntegrityError as error:
        raise Conflict("this item belongs to another artist") from error
    return link


def remove_link(artist: Artist, connection: Connection) -> None:
    """Raises NotFound where there is none."""
    if not ArtistLink.objects.filter(artist=artist, connection=connection).delete()[0]:
        raise NotFound("the artist is not linked to this server")


def forget_links(connection: Connection) -> int:
    """The server was installed anew: every identifier is dead. Returns how many were dropped; the next import links."""
    count: int = ArtistLink.objects.filter(connection=connection).delete()[0]
    Connection.objects.filter(pk=connection.pk).update(platform_server_id="", platform_user_id="", drift=[])
    return count
