"""A fake Emby: an update clears whatever it does not name, tags are objects, lists bring only what is asked for."""

from typing import Any

from artists.demo.replies import Question, Reply, json_reply
from connections.demo.mediabrowser import NO_CONTENT, FakeMediaBrowser, pick
from connections.demo.shelf import Item

_ALWAYS = ("Name", "Id", "ServerId", "Type")
_CLEARED = (
    "Overview", "PremiereDate", "EndDate", "OfficialRating", "CustomRating", "ForcedSortName",
    "PreferredMetadataLanguage",
)  # fmt: skip
_CLEARED_LISTS = ("Genres", "TagItems", "LockedFields", "ProductionLocations", "Taglines", "Studios")


class FakeEmby(FakeMediaBrowser):
    def admits(self, question: Question) -> bool:
        return question.headers.get("X-Emby-Token") == self.shelf.key

    def system(self) -> Item:
        return {
            "ServerName": self.shelf.name, "Version": self.shelf.version, "Id": self.shelf.server_id,
            "SystemUpdateLevel": "Release", "OperatingSystemDisplayName": "Linux",
        }  # fmt: skip

    def row(self, item_id: str, fields: frozenset[str]) -> Item:
        item = {**self.shelf.items[item_id], **self.shelf.image_tags(item_id)}
        tags = ("TagItems",) if "Tags" in fields else ()
        return pick(item, (*_ALWAYS, *(fields - {"Tags"}), *tags))

    def single(self, item_id: str) -> Reply:
        """Without a user there is no such page."""
        return self.missing()

    def elsewhere(self, question: Question, parts: list[str]) -> Reply:
        match question.method, parts:
            case "GET", ["Users", user_id, "Items", item_id] if self._knows(user_id) and item_id in self.shelf.items:
                return json_reply({**self.shelf.items[item_id], **self.shelf.image_tags(item_id)})
            case _:
                return self.missing()

    def update(self, item_id: str, body: Item) -> Reply:
        if not isinstance(body.get("ProviderIds"), dict):
            return Reply(400, b"Value cannot be null.", {}, "text/plain")
        item = self.shelf.items[item_id]
        item.update({key: body.get(key) or "" for key in _CLEARED})
        item.update({key: body.get(key) or [] for key in _CLEARED_LISTS})
        item.update({"Name": body.get("Name") or item["Name"], "ProviderIds": body["ProviderIds"]})
        item["LockData"] = body.get("LockData") is True
        item["GenreItems"] = _named(item["Genres"])
        if "SortName" not in item["LockedFields"]:
            item["SortName"] = item["ForcedSortName"] or item["Name"]
        return NO_CONTENT

    def _knows(self, user_id: str) -> bool:
        return any(user["Id"] == user_id for user in self.shelf.users)


def _named(names: list[Any]) -> list[Item]:
    return [{"Name": name, "Id": number} for number, name in enumerate(names, start=1)]
