"""The pictures that servers show of an artist: which there are, what each of them is, small copies to look at.

No browser asks a server: we fetch a picture under the server's key, and keep what we saw of it by its tag.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from artists.imaging.decoding import UnreadableImage
from artists.imaging.pixels import Sight, sight_of
from artists.imaging.preparing import checked
from artists.imaging.thumbnails import thumbnail_bytes
from artists.models import Artist
from artists.services.thumbnails import LARGEST, keep_thumbnail
from connections.clients.base import ImageKind, ServerArtist
from connections.clients.errors import ClientError, WrongServer
from connections.clients.registry import KINDS
from connections.models import ArtistLink, Connection, SeenPicture
from connections.queries import links_of
from connections.services.access import client_of
from connections.services.side_by_side import side_by_side
from connections.services.testing import OK
from stillwater.errors import Invalid, NotFound
from stillwater.files import FileMissing, note_use, read_bytes_limited

WIDTH = 512
"""Pixels of a small copy."""
IMAGE_KINDS: tuple[ImageKind, ...] = ("thumb", "fanart", "logo", "banner")
SHOWERS = tuple(name for name, kind in KINDS.items() if "images" in kind.spec.capabilities)
"""Kinds of servers that show pictures of artists, and take them."""


@dataclass(frozen=True, slots=True)
class ServerPicture:
    """`tag` changes with the picture; `index` is its place among the backdrops, 0 for other kinds."""

    kind: ImageKind
    index: int
    tag: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What one server shows of an artist; `problem` says why that is not known."""

    link: ArtistLink
    pictures: tuple[ServerPicture, ...] = ()
    problem: str = ""

    @property
    def backdrops(self) -> tuple[ServerPicture, ...]:
        return tuple(each for each in self.pictures if each.kind == "fanart")


def known_kind(kind: str) -> ImageKind:
    """Raises Invalid."""
    for known in IMAGE_KINDS:
        if kind == known:
            return known
    raise Invalid(f"image type must be one of {', '.join(IMAGE_KINDS)}", "image_types")


def shown_by_all(artist: Artist) -> list[Shown]:
    """Of every server that is on and passed its last test; asked now."""
    links = links_of(artist).select_related("artist").filter(connection__type__in=SHOWERS)
    asked = {link.pk: link for link in links.filter(connection__enabled=True, connection__status=OK)}
    found = dict(side_by_side({pk: partial(_there, link) for pk, link in asked.items()}))
    return [_shown(link, found[pk]) for pk, link in asked.items()]


def shown_by(link: ArtistLink, *, insist: bool = False) -> Shown:
    """Asks the server now, and forgets what it no longer shows; `insist`: also one that has not been answering.

    Raises Invalid for one that shows none, ClientError.
    """
    require_shower(link.connection)
    return _shown(link, _there(link, insist=insist))


def _there(link: ArtistLink, *, insist: bool = False) -> ServerArtist:
    """No database in here. Raises ClientError."""
    return client_of(link.connection, insist=insist).artist(link.platform_artist_id)


def _shown(link: ArtistLink, there: ServerArtist | ClientError) -> Shown:
    if isinstance(there, ClientError):
        return Shown(link, problem=there.message)
    single = (ServerPicture(known_kind(kind), 0, tag) for kind, tag in there.images.items())
    backdrops = (ServerPicture("fanart", place, tag) for place, tag in enumerate(there.backdrops))
    pictures = (*single, *backdrops)
    _seen(link).exclude(tag__in={each.tag for each in pictures}).delete()
    return Shown(link, pictures)


def require_shower(connection: Connection) -> None:
    if connection.type not in SHOWERS:
        raise Invalid(f"{connection.get_type_display()} has no pictures of artists", "connection_id")
    if not connection.enabled:
        raise Invalid(f"{connection.name} is switched off", "connection_id")


def picture_at(link: ArtistLink, kind: str, index: int = 0, tag: str = "") -> ServerPicture:
    """By its tag, wherever it has moved, else by its place. Raises NotFound, Invalid, ClientError."""
    for picture in shown_by(link).pictures:
        if picture.kind == kind and (picture.tag == tag if tag else picture.index == index):
            return picture
    raise NotFound("this server has no such picture")


def fetched(link: ArtistLink, picture: ServerPicture) -> tuple[bytes, SeenPicture]:
    """The picture itself and what it is, which stays known. Raises ClientError, also for what is no picture."""
    data = client_of(link.connection).image(link.platform_artist_id, picture.kind, picture.index).data
    seen = _keep(link, picture, sight_of(data))
    if not seen.pixel_hash:
        raise WrongServer(f"what {link.connection.name} has there is no picture that can be used")
    return data, seen


def sights_of(link: ArtistLink, pictures: Sequence[ServerPicture]) -> dict[tuple[str, str], SeenPicture]:
    """What these pictures are, by kind and tag; each is fetched the first time only. Raises ClientError."""
    known = {(seen.kind, seen.tag): seen for seen in _seen(link)}
    for picture in pictures:
        if (picture.kind, picture.tag) not in known:
            data = client_of(link.connection).image(link.platform_artist_id, picture.kind, picture.index).data
            known[picture.kind, picture.tag] = _keep(link, picture, sight_of(data))
    return known


def small_copy(link: ArtistLink, kind: str, index: int = 0, tag: str = "") -> bytes:
    """WebP bytes; with a tag it costs the server nothing once it was made. Raises NotFound, Invalid, ClientError."""
    require_shower(link.connection)
    if tag:
        try:
            data = read_bytes_limited(_place(link, known_kind(kind), tag), LARGEST)
        except FileMissing:
            pass
        else:
            note_use(_place(link, known_kind(kind), tag))
            return data
    picture = picture_at(link, kind, index, tag)
    small = _small(fetched(link, picture)[0])
    keep_thumbnail(_place(link, picture.kind, picture.tag), small)
    return small


def _seen(link: ArtistLink) -> QuerySet[SeenPicture]:
    return SeenPicture.objects.filter(connection=link.connection, item=link.platform_artist_id)


def _keep(link: ArtistLink, picture: ServerPicture, sight: Sight) -> SeenPicture:
    values = {
        "content_hash": sight.content_hash, "pixel_hash": sight.pixel_hash, "width": sight.width,
        "height": sight.height,
    }  # fmt: skip
    seen, _ = SeenPicture.objects.update_or_create(
        connection=link.connection,
        item=link.platform_artist_id,
        kind=picture.kind,
        tag=picture.tag[:200],
        defaults=values,
    )
    return seen


def _small(data: bytes) -> bytes:
    try:
        checked(data)
        return thumbnail_bytes(data, WIDTH)
    except UnreadableImage as error:
        raise WrongServer("what the server has there is no picture that can be shown") from error


def _place(link: ArtistLink, kind: ImageKind, tag: str) -> Path:
    """Among the other thumbnails, which are kept within a limit and swept."""
    named = f"{link.connection_id} {link.connection.url} {link.platform_artist_id} {kind} {tag}"
    key = hashlib.sha256(named.encode(errors="replace")).hexdigest()
    folder: Path = settings.STILLWATER_DATA / "thumbs" / key[:2]
    return folder / f"server-{key}.webp"
