"""The admin pages of what was done: operations, the values and files that they changed, merges."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from artists.admin_tables import OfAnArtist
from artists.models import FileSnapshot, IgnoredDuplicates, Merge, MetadataChange, NfoSnapshot, Operation
from artists.services.undo import undo
from stillwater.admin_base import LookOnly, each
from stillwater.views.access import signed_in


@admin.register(Operation)
class OperationAdmin(LookOnly):
    list_display = ("id", "artist_name", "summary", "source", "actor", "created_at", "undone_at", "warning")
    list_filter = ("created_at", ("undone_at", admin.EmptyFieldListFilter))
    search_fields = ("artist_name", "summary", "source")
    list_select_related = ("actor",)
    actions = ("take_back",)

    @admin.action(description="Undo")
    def take_back(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, lambda operation: undo(operation.pk, signed_in(request)), "Undone")


@admin.register(MetadataChange)
class MetadataChangeAdmin(OfAnArtist):
    list_display = ("id", "artist", "field", "source", "created_at")
    list_filter = ("field",)
    search_fields = ("artist__name", "source")


@admin.register(FileSnapshot, NfoSnapshot)
class FileSnapshotAdmin(LookOnly):
    list_display = ("id", "path", "existed", "size", "operation")
    list_filter = ("existed",)
    search_fields = ("path",)
    list_select_related = ("operation",)
    ordering = ("-pk",)


@admin.register(IgnoredDuplicates)
class IgnoredDuplicatesAdmin(LookOnly):
    list_display = ("id", "reason", "names", "created_at")


@admin.register(Merge)
class MergeAdmin(LookOnly):
    list_display = ("id", "loser_name", "loser_number", "survivor_number", "created_at", "finished_at")
