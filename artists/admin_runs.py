"""The admin pages of runs over many artists."""

from django.contrib import admin

from artists.models import BulkItem, BulkJob
from stillwater.admin_base import LookOnly


@admin.register(BulkJob)
class BulkJobAdmin(LookOnly):
    list_display = ("id", "type", "mode", "job", "planned", "retry_of")
    list_filter = ("type", "mode")
    search_fields = ("type",)
    list_select_related = ("job", "retry_of")


@admin.register(BulkItem)
class BulkItemAdmin(LookOnly):
    list_display = ("id", "artist_name", "bulk", "status", "message", "linked", "finished_at")
    list_filter = ("status", "linked")
    search_fields = ("artist_name", "message")
    list_select_related = ("bulk",)
    ordering = ("-pk",)
