"""Builders of rows for tests: sensible defaults, name what matters."""

from pathlib import Path
from typing import Any

from artists.matching.similarity import identity_key
from artists.models import Artist, ArtistImage, Library, Membership
from artists.services.facts import search_text


def make_library(name: str = "Music", path: Path | str = "", **values: Any) -> Library:
    return Library.objects.create(name=name, path=str(path), **values)


def make_artist(name: str = "Mara Field", *, library: Library | None = None, **values: Any) -> Artist:
    values.setdefault("sort_name", name)
    values.setdefault("name_key", identity_key(name))
    values.setdefault("search_text", search_text((name, values["sort_name"])))
    values.setdefault("folder_key", identity_key(Path(values.get("path", "")).name))
    artist = Artist.objects.create(name=name, **values)
    if library is not None:
        Membership.objects.create(artist=artist, library=library)
    return artist


def make_image(artist: Artist, kind: str = "thumb", slot: int = 0, **values: Any) -> ArtistImage:
    defaults: dict[str, Any] = {
        "width": 1000,
        "height": 1000,
        "format": "jpeg",
        "file_name": "folder.jpg",
        "bytes": 5000,
    }
    return ArtistImage.objects.create(artist=artist, kind=kind, slot=slot, **{**defaults, **values})
