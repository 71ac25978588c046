"""The admin pages of floor 3."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from connections import admin_webhooks  # noqa: F401 - it registers its tables
from connections.models import ArtistLink, Connection, KeptSettings, Ledger, Look, PathMapping, PicturePush
from connections.services.managed import manage, release
from connections.services.testing import try_connection
from stillwater.admin_base import LookOnly, each


@admin.register(Connection)
class ConnectionAdmin(LookOnly):
    hidden = ("sealed_key",)
    list_display = (
        "name", "type", "url", "enabled", "has_key", "status", "feature_manage_server_files", "last_checked_at",
    )  # fmt: skip
    list_filter = ("type", "enabled", "status", "feature_manage_server_files")
    search_fields = ("name", "url")
    actions = ("test", "manage", "release")

    @admin.action(description="Test")
    def test(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, try_connection, "Tested")

    @admin.action(description="Let Stillwater manage artwork and NFO files")
    def manage(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, manage, "Managed")

    @admin.action(description="Put back the server's own settings")
    def release(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, release, "Put back")

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


@admin.register(PathMapping)
class PathMappingAdmin(LookOnly):
    list_display = ("connection", "server_path", "local_path", "inferred")
    list_filter = ("connection",)
    list_select_related = ("connection",)


@admin.register(PicturePush)
class PicturePushAdmin(LookOnly):
    list_display = ("link", "kind", "due_at", "attempts", "held", "problem")
    list_filter = ("kind", "held")
    list_select_related = ("link__artist", "link__connection")


@admin.register(KeptSettings)
class KeptSettingsAdmin(LookOnly):
    list_display = ("server_name", "name", "alone", "taken_at", "checked_at", "drift", "problem")
    list_filter = ("type", "alone")
    search_fields = ("server_name", "name")
    list_select_related = ("connection",)


@admin.register(Look)
class LookAdmin(LookOnly):
    list_display = ("connection", "looked_at", "problem")
    list_select_related = ("connection",)
    ordering = ("-looked_at",)


@admin.register(Ledger)
class LedgerAdmin(LookOnly):
    list_display = ("generated_at", "foreign_files", "fingerprint", "dismissed")
