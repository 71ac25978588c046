"""Lets a server follow a change of pictures here by itself, with as little as it takes.

Unlike a push that a person asks for it removes nothing but what was ours: backdrops that the server has from
elsewhere stay where they are, and a picture that is gone here goes there only where it is the same one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from artists.models import Artist, MetadataChange
from connections.clients.base import ImageKind, Server, ServerArtist
from connections.clients.errors import NotReachable
from connections.models import ArtistLink
from connections.services.access import client_of
from connections.services.guards import require_quiet
from connections.services.picture_sync import shows_the_same
from connections.services.push_images import Own, PushedImages, own_pictures, put_back, require_picture_taker
from connections.services.server_pictures import ServerPicture, sights_of
from stillwater.errors import Conflict, StillwaterError, Unavailable


@dataclass
class Followed:
    """The kinds that had to be changed there, and why others could not be."""

    changed: list[ImageKind] = field(default_factory=list)
    failed: dict[ImageKind, StillwaterError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Standing:
    """How the server's pictures of a kind stand to ours: so many of ours lead it in order, and `rest` is to go."""

    same: int
    rest: Sequence[ServerPicture]


def follow(link: ArtistLink, kinds: Sequence[ImageKind]) -> Followed:
    """Make the server show what is here of these kinds.

    One look at the item; one at each of its pictures of these kinds that was never seen before; then one call for
    each that differs. Raises as push_images, NotReachable too where it falls silent on the way.
    """
    require_picture_taker(link.connection)
    require_quiet(link)
    client, result = client_of(link.connection), Followed()
    there = client.artist(link.platform_artist_id)
    for kind in kinds:
        try:
            if _follow_kind(link, client, there, kind):
                result.changed.append(kind)
        except NotReachable:
            raise
        except StillwaterError as error:
            result.failed[kind] = error
    return result


def _follow_kind(link: ArtistLink, client: Server, there: ServerArtist, kind: ImageKind) -> bool:
    own = _whole(link, kind)
    standing = _standing(link, _shown(there, kind), own, _former(link.artist, kind))
    missing = own[standing.same :]
    if not missing and not standing.rest:
        return False
    try:
        _send(client, there.id, kind, standing.rest, missing)
    finally:
        harm = PushedImages()
        put_back(link, own, harm)
    if harm.errors:
        raise Conflict(harm.errors[0])
    return True


def _send(client: Server, item_id: str, kind: ImageKind, rest: Sequence[ServerPicture], missing: Sequence[Own]) -> None:
    """A server appends backdrops, so the others go first, the last of them before those that would move up.

    Stopped in the middle it leaves a beginning of our row, from which a second run goes on.
    """
    if kind == "fanart" or not missing:
        for picture in reversed(rest):
            client.delete_image(item_id, kind, picture.index)
    for each in missing:
        client.upload(item_id, kind, each.picture)


def _standing(
    link: ArtistLink, shown: Sequence[ServerPicture], own: Sequence[Own], former: Collection[str]
) -> _Standing:
    """Raises ClientError."""
    sights = sights_of(link, shown)
    same = 0
    rest: list[ServerPicture] = []
    for picture in shown:
        seen = sights[picture.kind, picture.tag]
        if not rest and same < len(own) and shows_the_same(own[same].image, seen):
            same += 1
        elif seen.content_hash in former or any(shows_the_same(each.image, seen) for each in own):
            rest.append(picture)
    return _Standing(same, rest)


def _whole(link: ArtistLink, kind: ImageKind) -> list[Own]:
    """What cannot be read is not taken for gone. Raises Unavailable."""
    broken = link.artist.images.filter(kind=kind, exists=True).exclude(problem="").first()
    if broken is not None:
        raise Unavailable(f"{broken.file_name} cannot be read: {broken.problem}")
    return own_pictures(link, kind)


def _shown(there: ServerArtist, kind: ImageKind) -> list[ServerPicture]:
    if kind == "fanart":
        return [ServerPicture("fanart", place, tag) for place, tag in enumerate(there.backdrops)]
    return [ServerPicture(kind, 0, there.images[kind])] if kind in there.images else []


def _former(artist: Artist, kind: ImageKind) -> set[str]:
    """The contents of all pictures of this kind that gave way to others here, as far as the history goes back."""
    rows = MetadataChange.objects.filter(artist=artist, field=f"images.{kind}").values_list("old_value", flat=True)
    return {row.get("content_hash", "") for old in rows for row in old or ()} - {""}
