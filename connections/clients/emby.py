"""Emby: what it leaves out of a list unless it is asked for, and the names under which it takes what we push."""

from typing import Any

from connections.clients import items
from connections.clients.base import ArtistValues, Json, ServerSpec
from connections.clients.errors import KeyRefused
from connections.clients.mediabrowser import CAPABILITIES, MediaBrowser
from connections.clients.session import Parameters, segment


class Emby(MediaBrowser):
    spec = ServerSpec(
        name="emby",
        label="Emby",
        capabilities=CAPABILITIES,
        key_help="In Emby: Settings, Advanced, API keys.",
        usual_port=8096,
        features=frozenset({"library_import", "nfo_write", "image_write"}),
    )
    list_fields = (
        "Path", "ProviderIds", "ImageTags", "BackdropImageTags", "Overview", "Genres", "Tags", "SortName",
        "PremiereDate", "EndDate",
    )  # fmt: skip

    def credentials(self, key: str) -> dict[str, str]:
        return {"X-Emby-Token": key}

    def is_mine(self, product: str, version: str) -> bool:
        """Jellyfin understands Emby's questions too, but destroys otherwise."""
        return "jellyfin" not in product.lower()

    def item_path(self, item_id: str) -> str:
        """Whole items are shown to a user only."""
        if not self.access.user_id:
            raise KeyRefused("no user of Emby is known; test the connection")
        return f"/Users/{segment(self.access.user_id)}/Items/{segment(item_id)}"

    def list_params(self) -> Parameters:
        return {"Recursive": "true"}

    def lockable(self) -> frozenset[str]:
        return frozenset({"Name", "Overview", "Genres", "Tags", "SortName"})

    def overlay(self, raw: Json, values: ArtistValues) -> Json:
        """Tags are taken as objects, and genres are too where the item carries them so."""
        wanted = items.overlaid(raw, values)
        if values.tags and values.tags != items.tags_of(raw):
            wanted |= {"TagItems": _named(values.tags), "Tags": list(values.tags)}
        if "GenreItems" in raw and wanted.get("Genres") != raw.get("Genres"):
            wanted["GenreItems"] = _named(values.genres)
        return wanted

    def postable(self, item: Json) -> Json:
        """Without the map of identifiers it answers 400."""
        return {**item, "ProviderIds": item.get("ProviderIds") or {}}


def _named(names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{"Name": name} for name in names]
