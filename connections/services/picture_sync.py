"""Which of our backdrops the servers have too, by what they show: as many pictures there are not the same pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.core.cache import cache

from artists.imaging.pixels import sight_of
from artists.models import Artist, ArtistImage
from artists.services.pictures.serving import picture_bytes
from connections.clients.errors import ClientError
from connections.models import Connection, SeenPicture
from connections.services.server_pictures import Shown, shown_by_all, sights_of
from stillwater.errors import StillwaterError

State = Literal["synced", "partial", "unsynced"]


@dataclass(frozen=True, slots=True)
class OnServer:
    connection: Connection
    synced: bool


@dataclass(frozen=True, slots=True)
class SlotSync:
    """One backdrop of ours, and each server that answered."""

    index: int
    servers: tuple[OnServer, ...]

    @property
    def state(self) -> State:
        return _state([server.synced for server in self.servers])


@dataclass(frozen=True, slots=True)
class FanartSync:
    """`silent`: servers that did not answer; nothing is said of what they have."""

    slots: tuple[SlotSync, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """Over all slots; no_connections where no server knows the artist, unknown where none of them answers."""
        states = {slot.state for slot in self.slots if slot.servers}
        if states:
            return states.pop() if len(states) == 1 else "partial"
        return "unknown" if self.silent else "no_connections"


def fanart_sync(artist: Artist) -> FanartSync:
    """Every server that is on and passed its test is asked now; each of its pictures is fetched the first time only."""
    ours = list(artist.images.filter(kind="fanart", exists=True).order_by("slot").select_related("artist"))
    there: list[tuple[Connection, set[int]]] = []
    silent: list[str] = []
    for shown in shown_by_all(artist):
        try:
            there.append((shown.link.connection, _shared(shown, ours)))
        except ClientError:
            silent.append(shown.link.connection.name)
    slots = (
        SlotSync(image.slot, tuple(OnServer(connection, image.slot in slots) for connection, slots in there))
        for image in ours
    )
    return FanartSync(tuple(slots), tuple(silent))


def _shared(shown: Shown, ours: list[ArtistImage]) -> set[int]:
    """The slots of ours whose picture this server has among its backdrops. Raises ClientError."""
    if shown.problem:
        raise ClientError(shown.problem)
    sights = sights_of(shown.link, shown.backdrops)
    return {image.slot for image in ours if any(shows_the_same(image, seen) for seen in _backdrops(sights))}


def shows_the_same(image: ArtistImage, seen: SeenPicture) -> bool:
    """The same bytes, or the same pixels: what we take from a server gets our mark, which no viewer sees."""
    if image.content_hash and image.content_hash == seen.content_hash:
        return True
    if not seen.pixel_hash or (image.width, image.height) != (seen.width, seen.height):
        return False
    return pixel_hash_of(image) == seen.pixel_hash


def _backdrops(sights: Mapping[tuple[str, str], SeenPicture]) -> list[SeenPicture]:
    return [seen for (kind, _tag), seen in sights.items() if kind == "fanart"]


def pixel_hash_of(image: ArtistImage) -> str:
    """Looked up by content; what cannot be read now is the same as nothing."""
    key = f"pixels:{image.content_hash}"
    known = cache.get(key) if image.content_hash else None
    if known is not None:
        return str(known)
    try:
        found = sight_of(picture_bytes(image)[0])
    except StillwaterError:
        return "unknown"
    cache.set(f"pixels:{found.content_hash}", found.pixel_hash, None)
    return found.pixel_hash


def _state(synced: list[bool]) -> State:
    if not any(synced):
        return "unsynced"
    return "synced" if all(synced) else "partial"
