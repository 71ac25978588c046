"""The admin pages of floor 3."""

from django.contrib import admin

from connections import admin_webhooks  # noqa: F401 - it registers its tables
from connections.models import ArtistLink, Connection
from stillwater.admin_base import LookOnly


@admin.register(Connection)
class ConnectionAdmin(LookOnly):
    hidden = ("sealed_key",)
    list_display = ("name", "type", "url", "enabled", "has_key", "status", "last_checked_at")
    list_filter = ("type", "enabled", "status")
    search_fields = ("name", "url")

    @admin.display(boolean=True, description="key stored")
    def has_key(self, row: Connection) -> bool:
        return bool(row.sealed_key)


@admin.register(ArtistLink)
class ArtistLinkAdmin(LookOnly):
    list_display = ("artist", "connection", "platform_artist_id", "created_at")
    list_filter = ("connection",)
    search_fields = ("artist__name", "platform_artist_id")
    list_select_related = ("artist", "connection")
    ordering = ("-pk",)
