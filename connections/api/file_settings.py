"""What a server writes beside music by itself, over REST: look, switch one off, and let Stillwater manage all of it."""

from typing import Literal

from django.http import HttpRequest
from ninja import Router, Schema

from connections.clients.base import Json
from connections.models import Connection
from connections.queries import connection_by_id
from connections.services.file_settings import (
    WriterNow,
    conflicts,
    file_settings,
    needs_lock,
    summary,
)
from connections.services.managed import quiet_one, switch
from stillwater.api.auth import require_admin
from stillwater.api.errors import errors
from stillwater.errors import Invalid

router = Router(tags=["Connections"])


class PlatformLibraryOut(Schema):
    """`image_fetchers` is empty and `uses_default_fetchers` true where the server stored no choice."""

    library_id: str
    library_name: str
    image_fetchers: list[str]
    metadata_fetchers: list[str]
    metadata_savers: list[str]
    has_conflicts: bool
    needs_lockdata: bool
    enable_internet_providers: bool
    uses_default_fetchers: bool

    @classmethod
    def of(cls, connection: Connection, writer: WriterNow) -> "PlatformLibraryOut":
        entry = next((each for each in _types(writer.options) if each.get("Type") == "MusicArtist"), None)
        online = writer.options.get("EnableInternetProviders") is not False
        return cls(
            library_id=writer.id,
            library_name=writer.name,
            image_fetchers=_names(entry, "ImageFetchers"),
            metadata_fetchers=_names(entry, "MetadataFetchers"),
            metadata_savers=writer.texts("MetadataSavers"),
            has_conflicts=conflicts(connection, writer),
            needs_lockdata=needs_lock(connection, writer),
            enable_internet_providers=online,
            uses_default_fetchers=online and (entry is None or entry.get("ImageFetchers") is None),
        )


class ConsumerOut(Schema):
    id: int
    consumer_name: str
    metadata_type: str
    enabled: bool


class MediaSettingsOut(Schema):
    connection_type: Literal["emby", "jellyfin"]
    libraries: list[PlatformLibraryOut]
    note: str


class LidarrSettingsOut(Schema):
    connection_type: Literal["lidarr"]
    metadata_consumers: list[ConsumerOut]
    note: str


class DisableIn(Schema):
    """One of them: a library of Emby or Jellyfin, or a consumer of Lidarr."""

    library_id: str | None = None
    consumer_id: int | None = None


class DisabledOut(Schema):
    status: str
    note: str


class ManagedIn(Schema):
    enabled: bool | None = None


class ManagedOut(Schema):
    """`notes`: what was switched off or put back, what somebody chose on the server meanwhile, what is gone."""

    connection_id: str
    feature_manage_server_files: bool
    notes: list[str]


class SummaryOut(Schema):
    """Of Emby and Jellyfin libraries count, of Lidarr consumers. `managed_libraries`: switched off by us, and quiet."""

    total_libraries: int
    managed_libraries: int
    total_consumers: int
    has_conflicts: bool
    needs_lockdata: bool


@router.get(
    "/connections/{id}/platform-settings",
    operation_id="getPlatformSettings",
    url_name="platform_settings",
    summary="What a server writes beside music by itself",
    response={200: MediaSettingsOut | LidarrSettingsOut, **errors(401, 404, 502)},
)
def settings(request: HttpRequest, id: str) -> MediaSettingsOut | LidarrSettingsOut:
    """Asked now."""
    connection = connection_by_id(id)
    found, note = file_settings(connection), _note(connection)
    if connection.type == "lidarr":
        return LidarrSettingsOut(connection_type="lidarr", metadata_consumers=[*map(_consumer, found)], note=note)
    kind: Literal["emby", "jellyfin"] = "emby" if connection.type == "emby" else "jellyfin"
    libraries = [PlatformLibraryOut.of(connection, writer) for writer in found]
    return MediaSettingsOut(connection_type=kind, libraries=libraries, note=note)


@router.post(
    "/connections/{id}/platform-settings/disable",
    operation_id="disablePlatformSettings",
    url_name="disable_platform_settings",
    summary="Switch off what one library writes",
    response={200: DisabledOut, **errors(400, 401, 403, 404, 502)},
)
def disable(request: HttpRequest, id: str, payload: DisableIn) -> DisabledOut:
    """What it was like is kept; the others stay as they are."""
    require_admin(request)
    connection = connection_by_id(id)
    chosen = payload.consumer_id if connection.type == "lidarr" else payload.library_id
    if chosen is None or not str(chosen).strip():
        name = "consumer_id" if connection.type == "lidarr" else "library_id"
        raise Invalid(f"{name} is required", name)
    outcome = quiet_one(connection, str(chosen))
    return DisabledOut(status="disabled", note="; ".join(outcome.lines) or "it was off already")


@router.post(
    "/connections/{id}/stillwater-managed",
    operation_id="setStillwaterManaged",
    url_name="stillwater_managed",
    summary="Let Stillwater manage artwork and NFO files",
    response={200: ManagedOut, **errors(400, 401, 403, 404, 502)},
)
def managed(request: HttpRequest, id: str, payload: ManagedIn, enabled: bool | None = None) -> ManagedOut:
    """On: its own writing is switched off, and seen to be off. Off: it is put back. `enabled` of the address wins."""
    require_admin(request)
    connection = connection_by_id(id)
    on = payload.enabled if enabled is None else enabled
    if on is None:
        raise Invalid("enabled is required", "enabled")
    outcome = switch(connection, on)
    return ManagedOut(
        connection_id=str(connection.pk), feature_manage_server_files=outcome.managed, notes=outcome.lines
    )


@router.get(
    "/connections/{id}/platform-summary",
    operation_id="getPlatformSummary",
    url_name="platform_summary",
    summary="What a server writes beside music, in numbers",
    response={200: SummaryOut, **errors(401, 404, 502)},
)
def in_numbers(request: HttpRequest, id: str) -> SummaryOut:
    """Asked now."""
    found = summary(connection_by_id(id))
    return SummaryOut(
        total_libraries=found.libraries,
        managed_libraries=found.managed,
        total_consumers=found.consumers,
        has_conflicts=found.has_conflicts,
        needs_lockdata=found.needs_lockdata,
    )


def _note(connection: Connection) -> str:
    if connection.feature_manage_server_files:
        return "Stillwater manages artwork and NFO files of this server"
    return ""


def _consumer(writer: WriterNow) -> ConsumerOut:
    return ConsumerOut(
        id=int(writer.id),
        consumer_name=writer.name,
        metadata_type=str(writer.options.get("implementation") or ""),
        enabled=writer.options.get("enable") is True,
    )


def _types(options: Json) -> list[Json]:
    return [each for each in options.get("TypeOptions") or [] if isinstance(each, dict)]


def _names(entry: Json | None, key: str) -> list[str]:
    values = entry.get(key) if entry else None
    return [str(value) for value in values] if isinstance(values, list) else []
