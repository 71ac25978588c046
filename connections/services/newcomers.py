"""Artists of a server that we have not met become rows of ours: many at once, with what the server says of them."""

from collections.abc import Sequence
from typing import Any

from artists.models import Library
from artists.services.facts import derived_columns
from artists.services.scanner.conditions import Conditions
from artists.services.values import clean
from connections.clients.base import ServerArtist
from stillwater.errors import Invalid


def new_artists(
    library: Library, conditions: Conditions, found: Sequence[tuple[ServerArtist, str]]
) -> list[dict[str, Any]]:
    """The columns of artists that a server has, with their folders ('' without one). Bad values are left out."""
    return [_columns(library, conditions, artist, path) for artist, path in found]


def is_name(text: str) -> bool:
    """Whether an artist can be called this."""
    try:
        return bool(clean("name", text))
    except Invalid:
        return False


def _columns(library: Library, conditions: Conditions, found: ServerArtist, path: str) -> dict[str, Any]:
    values = _values(found)
    name = str(values["name"])
    sort_name = str(values.setdefault("sort_name", name))
    reason = conditions.why_excluded(name, name, str(values.get("musicbrainz_id", "")))
    return {
        **values,
        **derived_columns(name, sort_name, path, str(values.get("biography", ""))),
        "path": path,
        "metadata_sources": dict.fromkeys(values, library.source),
        "is_excluded": bool(reason),
        "exclusion_reason": reason,
        "is_classical": library.type == "classical",
    }


def _values(found: ServerArtist) -> dict[str, object]:
    """The server's words under our fields (files-and-platforms 3.2)."""
    values: dict[str, object] = {"name": clean("name", found.name)}
    said = {
        "sort_name": found.sort_name,
        "musicbrainz_id": found.mbid,
        "biography": found.biography,
        "genres": list(found.genres),
        "styles": list(found.tags),
        "formed": found.began,
        "disbanded": found.ended,
    }
    for key, value in said.items():
        try:
            cleaned = clean(key, value) if value else ""
        except Invalid:
            continue
        if cleaned:
            values[key] = cleaned
    return values
