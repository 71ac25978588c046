"""A fake Jellyfin: a POST without LockData unlocks, one unknown lock has the item refused, the rest it replaces."""

import re

from artists.demo.replies import Question, Reply, json_reply
from connections.demo.mediabrowser import NO_CONTENT, FakeMediaBrowser, pick
from connections.demo.shelf import Item

_TOKEN = re.compile(r'MediaBrowser .*?Token="([^"]*)"')
_LOCKS = frozenset(
    {"Cast", "Genres", "ProductionLocations", "Studios", "Tags", "Name", "Overview", "Runtime", "OfficialRating"}
)
_ALWAYS = ("Name", "Id", "ServerId", "Type", "MediaType", "LocationType", "PremiereDate", "EndDate", "IsFolder")
_REPLACED = ("Name", "Overview", "PremiereDate", "EndDate", "OfficialRating", "CustomRating", "ForcedSortName")
_TAKEN_IF_GIVEN = ("Genres", "Tags", "ProviderIds", "ProductionLocations", "Taglines", "Studios", "LockedFields")


class FakeJellyfin(FakeMediaBrowser):
    def admits(self, question: Question) -> bool:
        found = _TOKEN.match(question.headers.get("Authorization", ""))
        return found is not None and found[1] == self.shelf.key

    def system(self) -> Item:
        return {
            "ServerName": self.shelf.name, "Version": self.shelf.version, "Id": self.shelf.server_id,
            "ProductName": "Jellyfin Server", "StartupWizardCompleted": True, "HasPendingRestart": False,
        }  # fmt: skip

    def row(self, item_id: str, fields: frozenset[str]) -> Item:
        """Locks are shown where Settings is asked for; pictures always."""
        settings = ("LockData", "LockedFields", "ForcedSortName") if "Settings" in fields else ()
        item = self.shelf.items[item_id]
        return {**pick(item, (*_ALWAYS, *fields, *settings)), **self.shelf.image_tags(item_id)}

    def single(self, item_id: str) -> Reply:
        return json_reply({**self.shelf.items[item_id], **self.shelf.image_tags(item_id)})

    def update(self, item_id: str, body: Item) -> Reply:
        if not _LOCKS.issuperset(body.get("LockedFields") or ()):
            return json_reply({"title": "One or more validation errors occurred.", "status": 400}, 400)
        item = self.shelf.items[item_id]
        item.update({key: body.get(key) or None for key in _REPLACED})
        item.update({key: body[key] for key in _TAKEN_IF_GIVEN if body.get(key) is not None})
        locked = body.get("LockData") is True
        if locked != item["LockData"]:
            self.shelf.cascades.append(item_id)
        item["LockData"] = locked
        item["SortName"] = item["ForcedSortName"] or item["Name"]
        return NO_CONTENT
