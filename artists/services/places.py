"""Where an artist's files lie: its folder, the library that owns a path, and the root below which we may write."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

from django.conf import settings

from artists.folders.storable import on_disk, storable
from artists.models import Artist, Library
from stillwater.errors import Conflict

NFO_NAME = "artist.nfo"


def folder_of(artist: Artist) -> Path | None:
    """The artist's folder; None for an artist that is known from a server only."""
    return Path(on_disk(artist.path)) if artist.path else None


def require_folder(artist: Artist) -> Path:
    """Raises Conflict for an artist without a folder."""
    folder = folder_of(artist)
    if folder is None:
        raise Conflict("artist has no path")
    return folder


def nfo_path(artist: Artist) -> Path | None:
    """Where its artist.nfo lies or would lie; a file that is spelled Artist.NFO is the one, if there is no other."""
    folder = folder_of(artist)
    if folder is None:
        return None
    path = folder / NFO_NAME
    return path if os.path.lexists(path) else _otherwise_spelled(folder) or path


def require_nfo_path(artist: Artist) -> Path:
    """Raises Conflict for an artist without a folder."""
    require_folder(artist)
    path = nfo_path(artist)
    assert path is not None  # noqa: S101 - it has a folder
    return path


def stored(path: Path) -> str:
    """A path in the spelling of the database."""
    return storable(str(path))


def owning_library(path: str | PurePath) -> Library | None:
    """The library whose path is the longest that holds `path` (storable spelling), by whole path parts."""
    return owning_libraries([str(path)])[str(path)]


def owning_libraries(paths: Iterable[str]) -> dict[str, Library | None]:
    """The same for many paths; one query."""
    libraries = {PurePath(library.path): library for library in Library.objects.exclude(path="")}
    return {path: _nearest(PurePath(path), libraries) for path in paths}


def _nearest(here: PurePath, libraries: Mapping[PurePath, Library]) -> Library | None:
    return next((libraries[place] for place in (here, *here.parents) if place in libraries), None)


def _otherwise_spelled(folder: Path) -> Path | None:
    try:
        names = os.listdir(folder)
    except OSError:
        return None
    found = sorted(name for name in names if name.lower() == NFO_NAME)
    return folder / found[0] if found else None


def root_for(artist: Artist, path: Path) -> Path:
    """The folder below which `path` may be written: its library, our own data folder, or beside the artist's folder.

    Raises Conflict when none of them holds the path.
    """
    library = owning_library(stored(path))
    candidates = [Path(on_disk(library.path))] if library else []
    candidates.append(settings.STILLWATER_DATA)
    folder = folder_of(artist)
    if folder is not None and library is None:
        candidates.append(folder.parent)
    for root in candidates:
        if root in path.parents:
            return root
    raise Conflict("this file does not belong to the artist")
