"""Which albums of an artist lie here: what speaks for one candidate against its namesakes."""

import os

from artists.models import Artist
from artists.nfo.reader import read_nfo
from artists.services.album_tags import is_compilation
from artists.services.nfo_disk import present_nfo
from artists.services.places import folder_of, nfo_path
from stillwater.errors import StillwaterError


def album_titles(artist: Artist) -> list[str]:
    """Titles from the files' tags where they were read, else the album folders' names, else what artist.nfo lists."""
    read = [album for album in artist.album_tags.all() if not is_compilation(album)]
    return [album.album or album.folder for album in read] or _folders(artist) or _albums_of_nfo(artist)


def _folders(artist: Artist) -> list[str]:
    folder = folder_of(artist)
    if folder is None:
        return []
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir() and not entry.name.startswith("."))
    except OSError:
        return []


def _albums_of_nfo(artist: Artist) -> list[str]:
    path = nfo_path(artist)
    try:
        data = present_nfo(path) if path else None
    except StillwaterError:
        return []
    document = read_nfo(data).document if data else None
    return [album.title for album in document.albums] if document else []
