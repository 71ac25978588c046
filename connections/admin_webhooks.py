"""The admin pages of webhooks: change them, try them, send again what failed; and what others told us."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from connections.models import Caller, Delivery, Notice, SeenLibrary, SeenPicture, Webhook
from connections.services.deliveries import send_again, try_webhook
from connections.services.webhooks import change_webhook, delete_webhook
from connections.tasks.webhooks import start_deliveries
from stillwater.admin_base import ByVerb, LookOnly, each


@admin.register(Webhook)
class WebhookAdmin(ByVerb):
    """Added on the settings page: only there the secret can be shown."""

    editable = ("name", "type", "events", "enabled", "allow_private")
    hidden = ("sealed_url", "sealed_secret")
    list_display = ("name", "type", "target", "enabled", "allow_private", "updated_at")
    list_filter = ("type", "enabled")
    search_fields = ("name", "target")
    actions = ("send_test",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def change(self, request: HttpRequest, row: Webhook, values: Mapping[str, Any]) -> Webhook:
        return change_webhook(row, values)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        delete_webhook(obj)

    @admin.action(description="Send a test")
    def send_test(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, try_webhook, "Delivered")


@admin.register(Delivery)
class DeliveryAdmin(LookOnly):
    list_display = ("id", "event", "webhook", "state", "attempts", "status_code", "note", "happened_at")
    list_filter = ("state", "event")
    search_fields = ("event", "note")
    list_select_related = ("webhook",)
    actions = ("once_more",)

    @admin.action(description="Send again")
    def once_more(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows.select_related("webhook"), send_again, "Sent again")
        start_deliveries()


@admin.register(Notice)
class NoticeAdmin(LookOnly):
    list_display = ("id", "program", "subject", "name", "deed", "times", "first_at", "last_at")
    list_filter = ("program",)
    search_fields = ("subject", "name")


@admin.register(Caller)
class CallerAdmin(LookOnly):
    list_display = ("program", "said", "times", "last_at")


@admin.register(SeenLibrary)
class SeenLibraryAdmin(LookOnly):
    list_display = ("name", "connection", "writes_nfo", "writes_images", "fetchers", "seen_at")
    list_filter = ("connection",)
    search_fields = ("name",)
    list_select_related = ("connection",)


@admin.register(SeenPicture)
class SeenPictureAdmin(LookOnly):
    list_display = ("item", "connection", "kind", "tag", "width", "height", "seen_at")
    list_filter = ("connection", "kind")
    search_fields = ("item", "content_hash")
    list_select_related = ("connection",)
