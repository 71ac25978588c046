"""Makes the backdrops of an item the wanted ones: both servers append what is uploaded, so ours never multiply."""

from collections.abc import Sequence
from typing import Protocol

from artists.imaging.pixels import same_picture
from connections.clients.base import ImageKind, Picture, ServerArtist


class HasBackdrops(Protocol):
    def artist(self, item_id: str) -> ServerArtist: ...

    def image(self, item_id: str, kind: ImageKind, index: int = 0) -> Picture: ...

    def upload(self, item_id: str, kind: ImageKind, picture: Picture) -> None: ...

    def delete_image(self, item_id: str, kind: ImageKind, index: int | None = None) -> None: ...


def replace(server: HasBackdrops, item_id: str, pictures: Sequence[Picture]) -> bool:
    """What it shows already stays; from the first difference on the rest goes, the last first, and ours follow.

    Stopped in the middle it leaves a beginning of the wanted row, from which a second run goes on.
    """
    shown = len(server.artist(item_id).backdrops)
    same = _alike(server, item_id, shown, pictures)
    for place in reversed(range(same, shown)):
        server.delete_image(item_id, "fanart", place)
    for picture in pictures[same:]:
        server.upload(item_id, "fanart", picture)
    return same < max(shown, len(pictures))


def _alike(server: HasBackdrops, item_id: str, shown: int, pictures: Sequence[Picture]) -> int:
    """How many of its first backdrops are ours, by content."""
    for place, picture in enumerate(pictures[:shown]):
        if not same_picture(server.image(item_id, "fanart", place).data, picture.data):
            return place
    return min(shown, len(pictures))
