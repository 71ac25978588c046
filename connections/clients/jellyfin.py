"""Jellyfin: its own header, its strict list of locks, and the read-only parts that it does not want back."""

from connections.clients import items
from connections.clients.base import ArtistValues, Json, ServerSpec
from connections.clients.mediabrowser import CAPABILITIES, MediaBrowser
from connections.clients.session import Parameters, segment

_NOT_SENT_BACK = frozenset(
    {
        "ServerId", "ImageBlurHashes", "ImageTags", "BackdropImageTags", "LocationType", "MediaType", "ChannelId",
    }
)  # fmt: skip


class Jellyfin(MediaBrowser):
    spec = ServerSpec(
        name="jellyfin",
        label="Jellyfin",
        capabilities=CAPABILITIES,
        key_help="In Jellyfin: Dashboard, Advanced, API Keys.",
        usual_port=8096,
        features=frozenset({"library_import", "nfo_write", "image_write"}),
    )
    list_fields = ("Path", "ProviderIds", "Overview", "Genres", "Tags", "SortName")
    """Pictures and dates come without being asked for; a field that it does not know is ignored or refused."""

    def credentials(self, key: str) -> dict[str, str]:
        """The header of Emby works only where an option for old programs is on."""
        return {"Authorization": f'MediaBrowser Token="{key}"'}

    def is_mine(self, product: str, version: str) -> bool:
        return "jellyfin" in product.lower() if product else not version.startswith("4.")

    def item_path(self, item_id: str) -> str:
        """The single item alone brings its lock along; /Users/…/Items is on its way out."""
        return f"/Items/{segment(item_id)}"

    def item_params(self) -> Parameters:
        return {"UserId": self.access.user_id} if self.access.user_id else {}

    def lockable(self) -> frozenset[str]:
        """No SortName: one unknown name has the whole item refused."""
        return frozenset({"Name", "Overview", "Genres", "Tags"})

    def overlay(self, raw: Json, values: ArtistValues) -> Json:
        wanted = items.overlaid(raw, values)
        if values.tags and values.tags != items.tags_of(raw):
            wanted["Tags"] = list(values.tags)
        return wanted

    def postable(self, item: Json) -> Json:
        return {key: value for key, value in item.items() if key not in _NOT_SENT_BACK}
