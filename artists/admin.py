"""The admin pages of floor 2: libraries, artists and what is known of them, platform profiles."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from artists import admin_foreign, admin_history, admin_identifying, admin_runs  # noqa: F401 - they register their tables
from artists.admin_tables import OfAnArtist
from artists.fields import BY_KEY
from artists.models import (
    AlbumTags,
    Alias,
    Artist,
    ArtistImage,
    BandMember,
    FieldTrace,
    Library,
    Membership,
    MusicBrainzSnapshot,
    PlatformProfile,
    ProviderRecord,
    ScraperConfig,
)
from artists.queries.filters import is_called
from artists.services.editing import exclude, include, set_fields
from artists.services.libraries import change_library, create_library, delete_library
from artists.services.locks import lock_artist, lock_image, unlock_artist, unlock_image
from artists.services.profiles import activate_profile, update_profile
from artists.services.providers.scraper import change_scraping, reset_scraping
from artists.tasks.bulk_runs import start_bulk
from artists.tasks.scanning import start_scan
from stillwater.admin_base import ByVerb, each
from stillwater.views.access import signed_in


@admin.register(Library)
class LibraryAdmin(ByVerb):
    editable = ("name", "path", "type", "fs_watch", "fs_poll_interval", "nfo_lock_data")
    list_display = ("name", "path", "type", "source", "fs_watch", "last_scanned_at", "scan_problem")
    list_filter = ("type", "source")
    search_fields = ("name", "path")
    actions = ("scan",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def change(self, request: HttpRequest, row: Library | None, values: Mapping[str, Any]) -> Library:
        return create_library(**values) if row is None else change_library(row, values)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        delete_library(obj)

    @admin.action(description="Scan")
    def scan(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, lambda library: start_scan(signed_in(request), library.pk), "Scans asked for")


@admin.register(Artist)
class ArtistAdmin(ByVerb):
    editable = tuple(BY_KEY)
    list_display = ("name", "type", "locked", "is_excluded", "health_score", "nfo_state", "updated_at")
    list_filter = ("locked", "is_excluded", "is_classical", "type", "nfo_state", "libraries")
    search_fields = ("search_text",)
    search_help_text = "Names and aliases; accents and case do not matter."
    actions = ("lock", "unlock", "leave_out", "take_in", "check_rules", "refresh", "fetch_images")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        """Names are stored folded, so what is typed is folded too."""
        named = is_called(search_term)
        return (queryset.filter(named) if named else queryset), False

    def change(self, request: HttpRequest, row: Artist, values: Mapping[str, Any]) -> Artist:
        set_fields(row, values, actor=signed_in(request))
        return row

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Django's own would know of the changes made here alone."""
        return redirect("artists:history", object_id)

    @admin.action(description="Check the rules")
    def check_rules(self, request: HttpRequest, rows: Any) -> None:
        self._run("run_rules", request, rows)

    @admin.action(description="Refresh from the providers")
    def refresh(self, request: HttpRequest, rows: Any) -> None:
        self._run("refresh", request, rows)

    @admin.action(description="Fetch missing pictures")
    def fetch_images(self, request: HttpRequest, rows: Any) -> None:
        self._run("fetch_images", request, rows)

    def _run(self, kind: str, request: HttpRequest, rows: Any) -> None:
        """One run over all of them, in the background."""
        ids = [str(artist.pk) for artist in rows]
        each(self, request, [ids], lambda some: start_bulk(kind, ids=some, asked_by=signed_in(request)), "Runs started")

    @admin.action(description="Lock")
    def lock(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, lambda artist: lock_artist(artist, actor=signed_in(request)), "Locked")

    @admin.action(description="Unlock")
    def unlock(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, lambda artist: unlock_artist(artist, actor=signed_in(request)), "Unlocked")

    @admin.action(description="Leave out of rules and reports")
    def leave_out(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, lambda artist: exclude(artist, actor=signed_in(request)), "Left out")

    @admin.action(description="Take in again")
    def take_in(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, lambda artist: include(artist, actor=signed_in(request)), "Taken in")


@admin.register(AlbumTags)
class AlbumTagsAdmin(OfAnArtist):
    list_display = ("id", "artist", "folder", "album_artist", "album_artist_mbids", "problem")
    list_filter = ("was_read", ("problem", admin.EmptyFieldListFilter))


@admin.register(ArtistImage)
class ArtistImageAdmin(OfAnArtist):
    list_display = ("artist", "kind", "slot", "exists", "file_name", "width", "height", "low_res", "locked", "problem")
    list_filter = ("kind", "exists", "low_res", "locked", "fingerprinted")
    actions = ("lock", "unlock")

    @admin.action(description="Lock")
    def lock(self, request: HttpRequest, rows: Any) -> None:
        actor = signed_in(request)
        each(self, request, rows, lambda image: lock_image(image.artist, image.pk, actor=actor), "Locked")

    @admin.action(description="Unlock")
    def unlock(self, request: HttpRequest, rows: Any) -> None:
        each(
            self,
            request,
            rows,
            lambda image: unlock_image(image.artist, image.pk, actor=signed_in(request)),
            "Unlocked",
        )


@admin.register(Membership)
class MembershipAdmin(OfAnArtist):
    list_display = ("artist", "library", "source", "added_at")
    list_filter = ("library", "source")
    list_select_related = ("artist", "library")


@admin.register(ProviderRecord)
class ProviderRecordAdmin(OfAnArtist):
    list_display = ("artist", "provider", "external_id", "fetched_at")
    list_filter = ("provider",)
    search_fields = ("artist__name", "external_id")


@admin.register(FieldTrace)
class FieldTraceAdmin(OfAnArtist):
    list_display = ("artist", "field", "winner", "why", "asked_at")
    list_filter = ("winner",)
    search_fields = ("artist__name", "field")


@admin.register(MusicBrainzSnapshot)
class MusicBrainzSnapshotAdmin(OfAnArtist):
    list_display = ("artist", "field", "value", "fetched_at")
    search_fields = ("artist__name", "field")


@admin.register(Alias)
class AliasAdmin(OfAnArtist):
    list_display = ("alias", "artist", "source", "created_at")
    search_fields = ("alias", "artist__name")


@admin.register(BandMember)
class BandMemberAdmin(OfAnArtist):
    list_display = ("member_name", "artist", "date_joined", "date_left", "is_original_member")
    list_filter = ("is_original_member",)
    search_fields = ("member_name", "artist__name")


@admin.register(PlatformProfile)
class PlatformProfileAdmin(ByVerb):
    editable = ("name", "nfo_enabled", "nfo_format", "image_naming", "use_symlinks")
    list_display = ("name", "id", "is_active", "is_builtin", "nfo_enabled", "nfo_format")
    list_filter = ("is_active", "is_builtin")
    search_fields = ("name",)
    actions = ("activate",)

    def change(self, request: HttpRequest, row: PlatformProfile, values: Mapping[str, Any]) -> PlatformProfile:
        return update_profile(row, **values)

    @admin.action(description="Make it the one that names files")
    def activate(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, activate_profile, "Activated")


@admin.register(ScraperConfig)
class ScraperConfigAdmin(ByVerb):
    """What is fetched, by scope: "global" or the key of a connection."""

    editable = ("config", "overrides")
    list_display = ("scope", "updated_at")
    search_fields = ("scope",)
    actions = ("reset",)

    def change(self, request: HttpRequest, row: ScraperConfig, values: Mapping[str, Any]) -> ScraperConfig:
        config, overrides = values.get("config", row.config), values.get("overrides", row.overrides)
        change_scraping(config, overrides, scope=row.scope)
        return row

    @admin.action(description="Back to what holds without it")
    def reset(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, lambda config: reset_scraping(config.scope), "Reset")
