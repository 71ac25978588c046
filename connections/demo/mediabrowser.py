"""What the fakes of Emby and Jellyfin share: routes, pages, pictures; each kind says how it reads and takes an item."""

import json
from abc import ABC, abstractmethod
from base64 import b64decode
from typing import Any

from artists.demo.replies import Misbehave, Question, Reply, json_reply
from artists.demo.world import World
from connections.demo.shelf import HeldPicture, Item, Shelf

NO_CONTENT = Reply(204, b"", {}, "text/plain")
_TYPES = frozenset({"Primary", "Backdrop", "Logo", "Banner"})


class FakeMediaBrowser(ABC):
    """One server. `fault`: how everything that it is asked fails now; blank: it is well."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.fault = ""

    def answer(self, _world: World, question: Question) -> Reply:
        if self.fault:
            raise Misbehave(self.fault)
        if not self.admits(question):
            return Reply(401, b"", {}, "text/plain")
        parts = question.path.strip("/").split("/")
        match question.method, parts:
            case "GET", ["System", "Info"]:
                return json_reply(self.system())
            case "GET", ["Users"]:
                return json_reply(self.shelf.users)
            case "GET", ["Library", "VirtualFolders"]:
                return json_reply(self.shelf.folders)
            case "POST", ["Library", "VirtualFolders", "LibraryOptions"]:
                return self._options(json.loads(question.body))
            case "POST", ["Library", "Refresh"]:
                self.shelf.scans += 1
                return NO_CONTENT
            case "GET", ["Artists", "AlbumArtists"]:
                return self._page(self.shelf.listed(self.asked(question, "ParentId")), question)
            case "GET", ["Items"]:
                ids = [item_id for item_id in self.asked(question, "Ids").split(",") if item_id]
                return self._page(
                    [each for each in ids if each in self.shelf.items] if ids else list(self.shelf.items), question
                )
            case _, ["Items", item_id, *rest] if item_id in self.shelf.items:
                return self._item(question, item_id, rest)
            case _:
                return self.elsewhere(question, parts)

    def _item(self, question: Question, item_id: str, rest: list[str]) -> Reply:
        match question.method, rest:
            case "GET", []:
                return self.single(item_id)
            case "POST", []:
                return self.update(item_id, json.loads(question.body))
            case "POST", ["Refresh"]:
                return self._refresh(item_id, question)
            case _, ["Images", kind, *index] if kind in _TYPES:
                return self._picture(question, item_id, kind, int(index[0]) if index else None)
            case _:
                return self.missing()

    def _page(self, ids: list[str], question: Question) -> Reply:
        start = int(self.asked(question, "StartIndex") or 0)
        limit = int(self.asked(question, "Limit") or len(ids))
        fields = frozenset(self.asked(question, "Fields").split(","))
        rows = [self.row(item_id, fields) for item_id in ids[start : start + limit]]
        return json_reply({"Items": rows, "TotalRecordCount": len(ids), "StartIndex": start})

    def _options(self, body: Item) -> Reply:
        """The whole object is replaced: what the client left out is gone."""
        folder = self.shelf.folder(str(body.get("Id", "")))
        if folder is None:
            return self.missing()
        folder["LibraryOptions"] = body.get("LibraryOptions")
        return NO_CONTENT

    def _refresh(self, item_id: str, question: Question) -> Reply:
        if self.asked(question, "MetadataRefreshMode") in ("FullRefresh", "Default"):
            self.shelf.refreshed.append(item_id)
        return NO_CONTENT

    def _picture(self, question: Question, item_id: str, kind: str, index: int | None) -> Reply:
        held = self.shelf.held(item_id, kind)
        if question.method == "POST":
            return self._take(question, held, kind)
        if len(held) <= (index or 0):
            return self.missing()
        if question.method == "DELETE":
            del held[index or 0]
            return NO_CONTENT
        picture = held[index or 0]
        return Reply(200, picture.draw(), {}, picture.media_type)

    def _take(self, question: Question, held: list[HeldPicture], kind: str) -> Reply:
        """Whatever index is asked for, a backdrop is added to those that are there."""
        media_type = question.headers.get("Content-Type", "")
        try:
            data = b64decode(question.body, validate=True)
        except ValueError:
            return Reply(500, b"Error processing request.", {}, "text/plain")
        if not media_type.startswith("image/") or not data:
            return Reply(400, b"Incorrect ContentType.", {}, "text/plain")
        if kind != "Backdrop":
            held.clear()
        held.append(HeldPicture.of(data, media_type))
        return NO_CONTENT

    def asked(self, question: Question, name: str) -> str:
        """A parameter, in whatever case it is written."""
        return next((value for key, value in question.query.items() if key.lower() == name.lower()), "")

    def missing(self) -> Reply:
        return Reply(404, b"", {}, "text/plain")

    def elsewhere(self, _question: Question, _parts: list[str]) -> Reply:
        return self.missing()

    @abstractmethod
    def admits(self, question: Question) -> bool:
        """Whether the key is there, where this kind looks for it."""

    @abstractmethod
    def system(self) -> Item: ...

    @abstractmethod
    def row(self, item_id: str, fields: frozenset[str]) -> Item:
        """An item as a list shows it: in part."""

    @abstractmethod
    def single(self, item_id: str) -> Reply:
        """The whole item, at /Items/{id}."""

    @abstractmethod
    def update(self, item_id: str, body: Item) -> Reply:
        """Take what a client posts, and clear what it does not name."""


def pick(item: Item, names: Any) -> Item:
    return {name: item[name] for name in names if name in item}
