"""What is read of connections."""

from collections.abc import Iterable

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from artists.models import Artist, Library
from connections.models import ArtistLink, Connection
from stillwater.errors import NotFound


def connection_by_id(connection_id: str | int) -> Connection:
    """Raises NotFound, also for what is no number."""
    text = str(connection_id)
    is_key = text.isascii() and text.isdigit() and len(text) <= 18
    found = Connection.objects.filter(pk=int(text)).first() if is_key else None
    if found is None:
        raise NotFound("connection not found")
    return found


def connections_with_counts() -> QuerySet[Connection]:
    """All by name, with how many of our libraries and artists are theirs."""
    libraries = Library.objects.filter(connection_id=OuterRef("pk")).order_by().values("connection_id")
    links = ArtistLink.objects.filter(connection=OuterRef("pk")).order_by().values("connection")
    return Connection.objects.annotate(
        library_count=Coalesce(Subquery(libraries.annotate(count=Count("pk")).values("count")), 0),
        artist_count=Coalesce(Subquery(links.annotate(count=Count("pk")).values("count")), 0),
    )


def links_of(artist: Artist) -> QuerySet[ArtistLink]:
    return artist.links.select_related("connection").order_by("connection__name")


def linked_elsewhere(artist_ids: Iterable[int]) -> set[int]:
    """Those that a server has whose libraries are ours too: they stay when they leave their last library."""
    with_library = Library.objects.exclude(connection_id=None).values("connection_id")
    links = ArtistLink.objects.filter(artist_id__in=list(artist_ids), connection__in=with_library)
    return set(links.values_list("artist_id", flat=True))


def link_by_key(artist: Artist, link_pk: int) -> ArtistLink:
    """Raises NotFound, also for a link of another artist."""
    link = links_of(artist).select_related("artist").filter(pk=link_pk).first()
    if link is None:
        raise NotFound("the artist is not linked to this server")
    return link


def link_between(artist: Artist, connection_id: str | int) -> ArtistLink:
    """Raises NotFound."""
    connection = connection_by_id(connection_id)
    link = links_of(artist).select_related("artist").filter(connection=connection).first()
    if link is None:
        raise NotFound("the artist is not linked to this server")
    return link
