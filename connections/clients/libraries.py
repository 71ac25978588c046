"""Reads the virtual folders of Emby and Jellyfin: which are music, and what the server writes into them. Pure."""

from collections.abc import Iterable
from typing import Any

from artists.providers import reading
from connections.clients.base import FileHabits, FileWriter, ServerLibrary
from connections.clients.file_settings import understood

_MUSIC = frozenset({"music", "mixed", ""})
"""Jellyfin's mixed libraries have no type, or say so."""
_ARTIST = "MusicArtist"


def music_libraries(folders: Iterable[Any]) -> list[ServerLibrary]:
    """Those without an identifier are left out: they would mean the whole server."""
    return [
        ServerLibrary(
            external_id=reading.line(raw, "ItemId"),
            name=reading.line(raw, "Name") or "Music",
            locations=_texts(reading.dig(raw, "Locations")),
            habits=habits_of(reading.dig(raw, "LibraryOptions")),
        )
        for raw in _music(folders)
    ]


def music_writers(folders: Iterable[Any]) -> list[FileWriter]:
    """The same libraries with all their options as they came: unknown keys, nulls, whatever there is."""
    return [
        FileWriter(
            reading.line(raw, "ItemId"),
            reading.line(raw, "Name") or "Music",
            understood(raw.get("LibraryOptions"), "TypeOptions"),
            is_mixed=reading.line(raw, "CollectionType").lower() != "music",
        )
        for raw in _music(folders)
    ]


def habits_of(options: Any) -> FileHabits:
    """Options that are missing say nothing (weirdness 56); savers that are missing mean all that are installed."""
    if not isinstance(options, dict):
        return FileHabits()
    savers = options.get("MetadataSavers")
    keeps_files = options.get("SaveLocalMetadata") is True
    has_nfo = keeps_files if savers is None else any("nfo" in name.lower() for name in _texts(savers))
    return FileHabits(writes_nfo=has_nfo, writes_images=keeps_files, fetchers=_fetchers(options))


def _music(folders: Iterable[Any]) -> list[Any]:
    return [
        raw for raw in folders if reading.line(raw, "ItemId") and reading.line(raw, "CollectionType").lower() in _MUSIC
    ]


def _fetchers(options: dict[str, Any]) -> tuple[str, ...] | None:
    if options.get("EnableInternetProviders") is False:
        return ()
    for entry in reading.items(options, "TypeOptions"):
        if reading.line(entry, "Type") == _ARTIST:
            chosen = reading.dig(entry, "ImageFetchers")
            return None if chosen is None else _texts(chosen)
    return None


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(text for value in values if (text := reading.text(value))) if isinstance(values, list) else ()
