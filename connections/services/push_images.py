"""Sends an artist's pictures to a server: what it shows already is not sent, and our own files survive what it does."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from artists.imaging.pixels import same_picture
from artists.models import ArtistImage
from artists.services.operations import operation
from artists.services.pictures.places import picture_path
from artists.services.pictures.serving import picture_bytes
from connections.clients.base import ImageKind, Picture, Server, ServerArtist
from connections.models import ArtistLink, Connection, PicturePush
from connections.services.access import client_of
from connections.services.guards import require_quiet
from connections.services.server_pictures import IMAGE_KINDS, SHOWERS, known_kind, picture_at
from stillwater.errors import Invalid, StillwaterError, WriteBlocked
from stillwater.files import FileMissing, FileTooLarge, read_bytes_limited


@dataclass
class PushedImages:
    """Names as the contract has them: thumb, fanart[2]; errors begin with the name of what failed."""

    uploaded: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Own:
    """One picture of ours as it lay on disk before anything was sent."""

    image: ArtistImage
    path: Path
    picture: Picture


def push_images(link: ArtistLink, kinds: Sequence[str] = IMAGE_KINDS) -> PushedImages:
    """Without pictures of a kind here, those of the server stay. One kind that fails leaves the others alone.

    Raises Invalid for an unknown kind and for a server that is off or may get no pictures, WriteBlocked for one that
    would write them into our folder, ClientError where it cannot be asked at all.
    """
    wanted = [known_kind(kind) for kind in kinds]
    require_picture_taker(link.connection)
    require_quiet(link)
    client, result = client_of(link.connection), PushedImages()
    there = client.artist(link.platform_artist_id)
    for kind in wanted:
        own: list[Own] = []
        try:
            own = own_pictures(link, kind)
            send = _send_backdrops if kind == "fanart" else _send_one
            result.uploaded += send(client, there, kind, own) if own else []
        except StillwaterError as error:
            result.errors.append(f"{kind}: {error.message}")
        put_back(link, own, result)
    _forget_failures(link, wanted, result)
    return result


def delete_image(link: ArtistLink, kind: str, tag: str = "") -> None:
    """Take a picture off the server; ours stay. Of backdrops the one with this tag, else all of them.

    Raises Invalid, NotFound where it shows another picture by now, WriteBlocked as push_images, ClientError.
    """
    checked = known_kind(kind)
    require_picture_taker(link.connection)
    require_quiet(link)
    picture = picture_at(link, checked, tag=tag) if tag else None
    place = picture.index if picture and checked == "fanart" else None
    client_of(link.connection).delete_image(link.platform_artist_id, checked, place)


def require_picture_taker(connection: Connection) -> None:
    if connection.type not in SHOWERS:
        raise Invalid(f"{connection.get_type_display()} takes no pictures", "connection_id")
    if not connection.enabled:
        raise Invalid(f"{connection.name} is switched off", "connection_id")
    if not connection.feature_image_write:
        raise Invalid(f"writing pictures is switched off for {connection.name}", "connection_id")


def _send_one(client: Server, there: ServerArtist, kind: ImageKind, own: Sequence[Own]) -> list[str]:
    picture = own[0].picture
    if kind in there.images and same_picture(client.image(there.id, kind).data, picture.data):
        return []
    client.upload(there.id, kind, picture)
    return [kind]


def _send_backdrops(client: Server, there: ServerArtist, kind: ImageKind, own: Sequence[Own]) -> list[str]:
    changed = client.replace_backdrops(there.id, [each.picture for each in own])
    return [f"fanart[{place}]" for place in range(len(own))] if changed else []


def own_pictures(link: ArtistLink, kind: ImageKind) -> list[Own]:
    """All of a kind or an error: a row of backdrops that is short of one would take that one off the server."""
    images = link.artist.images.filter(kind=kind, exists=True, problem="").order_by("slot").select_related("artist")
    return [Own(image, picture_path(image), Picture(*picture_bytes(image))) for image in images]


def put_back(link: ArtistLink, own: Sequence[Own], result: PushedImages) -> None:
    """A server that sees the same folder may have removed or replaced our file after the upload (bug 35)."""
    harmed = [each for each in own if not _lies_there(each)]
    if not harmed:
        return
    names = ", ".join(each.path.name for each in harmed)
    told = f"{own[0].image.kind}: the server removed or replaced {names}"
    try:
        with operation(link.artist, summary=f"Put back what {link.connection.name} did to pictures") as change:
            for each in harmed:
                change.write_file(each.path, each.picture.data)
    except WriteBlocked as block:
        result.errors.append(f"{told}; it is not put back: {block.message}")
    else:
        result.errors.append(f"{told}; it is put back")


def _forget_failures(link: ArtistLink, kinds: Sequence[ImageKind], result: PushedImages) -> None:
    """What a push by itself did not manage is done; what changed meanwhile still waits for its turn."""
    failed = {error.partition(":")[0] for error in result.errors}
    done = [kind for kind in kinds if kind not in failed]
    PicturePush.objects.filter(link=link.pk, kind__in=done, attempts__gt=0).delete()


def _lies_there(own: Own) -> bool:
    """What cannot be read now is not taken for gone."""
    try:
        return read_bytes_limited(own.path, len(own.picture.data) + 1) == own.picture.data
    except (FileMissing, FileTooLarge):
        return False
    except StillwaterError:
        return True
