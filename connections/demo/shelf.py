"""What a fake Emby or Jellyfin holds: items, their pictures, its users and its virtual folders."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import md5
from typing import Any

Item = dict[str, Any]


@dataclass(frozen=True)
class HeldPicture:
    """A picture of an item; `draw` makes its bytes when somebody looks."""

    tag: str
    draw: Callable[[], bytes] = field(repr=False)
    media_type: str = "image/jpeg"

    @classmethod
    def of(cls, data: bytes, media_type: str) -> "HeldPicture":
        return cls(md5(data, usedforsecurity=False).hexdigest(), lambda: data, media_type)


@dataclass
class Shelf:
    """`items` by identifier; `pictures` by identifier and type, in order; `members`: which folder holds which items.

    `refreshed`, `scans` and `cascades` record what was asked: a refresh that did something, a look at all folders,
    and an artist whose albums and tracks were locked or unlocked along with it.
    """

    name: str
    version: str
    key: str
    server_id: str
    users: list[Item] = field(default_factory=list)
    folders: list[Item] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    pictures: dict[tuple[str, str], list[HeldPicture]] = field(default_factory=dict)
    refreshed: list[str] = field(default_factory=list)
    scans: int = 0
    cascades: list[str] = field(default_factory=list)

    def held(self, item_id: str, kind: str) -> list[HeldPicture]:
        return self.pictures.setdefault((item_id, kind), [])

    def image_tags(self, item_id: str) -> Item:
        """As an item lists them: a tag for each kind that has one picture, and a list of those of its backdrops."""
        kinds = ("Primary", "Logo", "Banner")
        tags = {kind: held[0].tag for kind in kinds if (held := self.pictures.get((item_id, kind)))}
        backdrops = [picture.tag for picture in self.pictures.get((item_id, "Backdrop"), ())]
        return {"ImageTags": tags, "BackdropImageTags": backdrops}

    def folder(self, item_id: str) -> Item | None:
        return next((folder for folder in self.folders if folder["ItemId"] == item_id), None)

    def listed(self, folder_id: str) -> list[str]:
        """A blank or unknown parent lists the whole server."""
        return self.members.get(folder_id) or list(self.items)
