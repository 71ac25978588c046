"""The admin pages of pictures of other programs, and of those that several artists have."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from artists.admin_tables import OfAnArtist
from artists.models import AlikePicture, AllowedFile, ForeignFile, SharedPictures
from artists.services.alike_pictures import suggest_again
from artists.services.foreign import deciding
from stillwater.admin_base import LookOnly, each
from stillwater.views.access import signed_in


@admin.register(ForeignFile)
class ForeignFileAdmin(OfAnArtist):
    list_display = ("file_name", "artist", "size_bytes", "replaced", "unreadable", "detected_at")
    list_filter = ("replaced", "unreadable")
    search_fields = ("file_name", "artist__name")
    actions = ("keep", "keep_everywhere", "remove")

    @admin.action(description="Keep with its artist")
    def keep(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, deciding.allow, "Kept")

    @admin.action(description="Keep everywhere")
    def keep_everywhere(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, lambda file: deciding.allow(file, everywhere=True), "Kept everywhere")

    @admin.action(description="Delete from the folder")
    def remove(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, lambda file: deciding.delete(file, actor=signed_in(request)), "Deleted")


@admin.register(AllowedFile)
class AllowedFileAdmin(OfAnArtist):
    list_display = ("file_name", "artist", "content_hash", "note", "created_at")
    search_fields = ("file_name", "artist__name", "content_hash")
    actions = ("forbid",)

    @admin.action(description="Report again")
    def forbid(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, deciding.forbid, "Reported again")


@admin.register(AlikePicture)
class AlikePictureAdmin(LookOnly):
    list_display = ("key", "image", "content_hash")
    search_fields = ("key", "content_hash")
    list_select_related = ("image",)


@admin.register(SharedPictures)
class SharedPicturesAdmin(LookOnly):
    list_display = ("names", "kept_by", "created_at")
    list_select_related = ("kept_by",)
    search_fields = ("key",)
    actions = ("suggest",)

    @admin.action(description="Suggest again")
    def suggest(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, lambda row: suggest_again(row.key), "Suggested again")
