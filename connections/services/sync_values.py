"""What an artist of ours says in the words of a server, and the other way round."""

from collections.abc import Collection

from artists.fields import GROUP_TYPES, INDIVIDUAL_TYPES
from artists.models import Artist
from artists.services.values import Value
from connections.clients.base import ArtistValues, ServerArtist


def life_fields(artist: Artist) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which of our fields are the two dates of a server, those of the likelier kind first."""
    if artist.type in INDIVIDUAL_TYPES:
        return ("born",), ("died",)
    return (("formed",), ("disbanded",)) if artist.type in GROUP_TYPES else (("born", "formed"), ("died", "disbanded"))


def values_of(artist: Artist) -> ArtistValues:
    """Styles and moods are a server's tags (files-and-platforms 3.2)."""
    began, ended = life_fields(artist)
    return ArtistValues(
        name=artist.name,
        sort_name=artist.sort_name,
        biography=artist.biography,
        genres=tuple(artist.genres),
        tags=tuple(dict.fromkeys((*artist.styles, *artist.moods))),
        mbid=artist.musicbrainz_id,
        began=_first(artist, began),
        ended=_first(artist, ended),
    )


PULLED = ("biography", "genres", "began", "ended")
"""What a pull takes unless something is named (files-and-platforms 3.2)."""
PULLABLE = ("sort_name", "biography", "genres", "tags", "began", "ended")
"""Name and MBID say who an artist is; whoever is another is identified, not pulled."""


def values_from(artist: Artist, there: ServerArtist, parts: Collection[str] = PULLED) -> dict[str, Value]:
    """What a pull takes, in our fields, where the server says something: never a blank over a value."""
    said: dict[str, Value] = {}
    for part in parts:
        value = _said(artist, there, part)
        key = field_of(artist, part)
        if value and not _says_already(artist, key, value):
            said[key] = value
    return said


def field_of(artist: Artist, part: str) -> str:
    """Our field for a part of what a server says; a server's tags are our styles."""
    began, ended = life_fields(artist)
    named = {
        "began": _chosen(artist, began),
        "ended": _chosen(artist, ended),
        "tags": "styles",
        "mbid": "musicbrainz_id",
    }
    return named.get(part, part)


def _said(artist: Artist, there: ServerArtist, part: str) -> Value:
    if part == "tags":
        return [tag for tag in there.tags if tag not in artist.moods]
    value = getattr(there, part)
    return list(value) if isinstance(value, tuple) else str(value)


def _first(artist: Artist, fields: tuple[str, ...]) -> str:
    return next((value for field in fields if (value := str(getattr(artist, field)))), "")


def _chosen(artist: Artist, fields: tuple[str, ...]) -> str:
    """The field that has a value, else the one of a group: most artists of unknown type are."""
    return next((field for field in fields if getattr(artist, field)), fields[-1])


def _says_already(artist: Artist, key: str, value: Value) -> bool:
    """A server knows days only: 1965 is told as 1965-01-01, which is no news."""
    ours = getattr(artist, key)
    if isinstance(value, str) and key in ("born", "formed", "died", "disbanded"):
        return bool(ours) and (value == ours or (value.startswith(ours) and value[len(ours) :].strip("-01") == ""))
    return bool(ours == value)
