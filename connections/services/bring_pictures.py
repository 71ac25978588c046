"""Gives artists without a folder the pictures that a server shows of them, where they have none: after an import.

What an import has taken once it takes no more: who deletes a picture here keeps it deleted. Whoever has a folder gets
pictures by the rules instead, which look at more than one source.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID, uuid4

from django.db.models import QuerySet, prefetch_related_objects

from artists.models import ArtistImage, Library
from artists.services.pictures.saving import Origin, save_picture
from connections.clients.base import ServerArtist
from connections.clients.errors import NotReachable
from connections.models import ArtistLink, Connection
from connections.services.access import client_of
from connections.services.picture_sync import shows_the_same
from connections.services.populate import connection_of, library_there
from connections.services.server_pictures import SHOWERS, ServerPicture, fetched, known_kind
from stillwater.errors import StillwaterError
from stillwater.progress import Progress, no_progress

AT_ONCE = 100
MOST_BACKDROPS = 20
"""Different ones of one artist; servers have been seen with the same picture under 41 tags."""
MOST_TOLD = 50


@dataclass
class Brought:
    """How many pictures came, for how many artists, and what did not with the reason."""

    pictures: int = 0
    artists: int = 0
    problems: list[str] = field(default_factory=list)
    failed: int = 0

    def words(self) -> str:
        said = f"{self.pictures} pictures for {self.artists} artists"
        return f"{said}, {self.failed} did not come" if self.failed else said


def wants_pictures(connection: Connection) -> bool:
    """Its switch for pictures is on, and it has any."""
    return connection.type in SHOWERS and connection.enabled and connection.feature_image_write


def bring_pictures(library: Library, *, progress: Progress = no_progress) -> Brought:
    """One after the other; stopped anywhere, a second run goes on. A picture that fails leaves the others alone.

    Raises Conflict, or ClientError where the server cannot be asked any more.
    """
    connection, result = connection_of(library), Brought()
    if not wants_pictures(connection):
        return result
    client, group = client_of(connection), uuid4()
    done = 0
    for some in _batches(client.artists(library_there(client.libraries(), library))):
        for there, link in _with_links(connection, some):
            progress(done, None, result.words())
            _bring(there, link, group, result)
        done += len(some)
    return result


def _bring(there: ServerArtist, link: ArtistLink, group: UUID, result: Brought) -> None:
    before = result.pictures
    waiting = _missing(there, link)
    for place, picture in enumerate(waiting):
        if picture.kind == "fanart" and _backdrops_here(link).count() >= MOST_BACKDROPS:
            _note(link, waiting[place:])
            break
        try:
            if _save(link, picture, group):
                result.pictures += 1
        except NotReachable:
            raise
        except StillwaterError as error:
            result.failed += 1
            if len(result.problems) < MOST_TOLD:
                result.problems.append(f"{link.artist.name}, {picture.kind}: {error.message}")
            continue
        _note(link, [picture])
    result.artists += result.pictures > before


def _missing(there: ServerArtist, link: ArtistLink) -> list[ServerPicture]:
    """Backdrops where we have none, or only such as this server gave before it was cut off."""
    here = [image for image in link.artist.images.all() if image.exists]
    taken, kinds = set(link.brought), {image.kind for image in here}
    single = [ServerPicture(known_kind(kind), 0, tag) for kind, tag in there.images.items() if kind not in kinds]
    own = [image for image in here if image.kind == "fanart" and image.source != link.connection.type]
    shown = [ServerPicture("fanart", place, tag) for place, tag in enumerate(there.backdrops)]
    return [each for each in (*single, *(() if own else shown)) if _name(each) not in taken]


def _note(link: ArtistLink, pictures: Iterable[ServerPicture]) -> None:
    """These have had their turn, also those that are too many: they do not come in place of one that is deleted."""
    link.brought = [*link.brought, *map(_name, pictures)]
    ArtistLink.objects.filter(pk=link.pk).update(brought=link.brought)


def _save(link: ArtistLink, picture: ServerPicture, group: UUID) -> bool:
    """False for a backdrop that we have by now under another tag."""
    data, seen = fetched(link, picture)
    if picture.kind == "fanart" and any(shows_the_same(image, seen) for image in _backdrops_here(link)):
        return False
    origin = Origin(link.connection.type, mode="auto")
    save_picture(link.artist, picture.kind, data, origin, source="import", group=group)
    return True


def _backdrops_here(link: ArtistLink) -> QuerySet[ArtistImage]:
    return ArtistImage.objects.filter(artist=link.artist_id, kind="fanart", exists=True).select_related("artist")


def _with_links(connection: Connection, found: list[ServerArtist]) -> Iterator[tuple[ServerArtist, ArtistLink]]:
    """Those that are ours and have neither a folder nor a lock."""
    links = ArtistLink.objects.filter(
        connection=connection,
        platform_artist_id__in=[each.id for each in found],
        artist__path="",
        artist__locked=False,
        artist__is_excluded=False,
    ).select_related("artist", "connection")
    by_item = {link.platform_artist_id: link for link in links}
    prefetch_related_objects(list(by_item.values()), "artist__images")
    return ((each, by_item[each.id]) for each in found if each.id in by_item)


def _name(picture: ServerPicture) -> str:
    return f"{picture.kind} {picture.tag}"


def _batches(found: Iterable[ServerArtist]) -> Iterator[list[ServerArtist]]:
    walk = iter(found)
    while some := list(islice(walk, AT_ONCE)):
        yield some
