"""Reads the items of Emby and Jellyfin and lays ours over them; everything else in an item stays as it is. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from artists.providers import reading
from connections.clients.base import ArtistValues, Json, LockWish, ServerArtist
from connections.clients.days import day_read, day_sent
from connections.clients.errors import WrongServer

MUSICBRAINZ, AUDIODB = "MusicBrainzArtist", "AudioDbArtist"
PROVIDERS = {"musicbrainz": MUSICBRAINZ, "audiodb": AUDIODB}

_LOCKS = {
    "name": "Name", "biography": "Overview", "overview": "Overview", "genres": "Genres", "styles": "Tags",
    "moods": "Tags", "tags": "Tags", "sort_name": "SortName",
}  # fmt: skip
OUR_LOCKS = frozenset(_LOCKS.values())
"""The locks that follow from ours; others that somebody set on the server stay."""

_IMAGE_KINDS = {"Primary": "thumb", "Logo": "logo", "Banner": "banner"}
_MOST_IDS = 10


def artist_of(raw: Any) -> ServerArtist | None:
    """None for a row that is no artist with a name and an identifier (weirdness 54)."""
    item_id, name = reading.line(raw, "Id"), reading.line(raw, "Name")
    if not item_id or not name:
        return None
    ids = {ours: value for ours, theirs in PROVIDERS.items() if (value := reading.line(raw, "ProviderIds", theirs))}
    tags = reading.mapping(raw, "ImageTags")
    return ServerArtist(
        id=item_id,
        name=name,
        sort_name=_sort_name(raw),
        mbid=mbid_in(ids.get("musicbrainz", "")),
        ids=ids,
        path=reading.text(raw, "Path"),
        biography=reading.text(raw, "Overview"),
        genres=_lines(raw, "Genres"),
        tags=tags_of(raw),
        began=day_read(reading.line(raw, "PremiereDate")),
        ended=day_read(reading.line(raw, "EndDate")),
        images={ours: str(tags[theirs]) for theirs, ours in _IMAGE_KINDS.items() if tags.get(theirs)},
        backdrops=_lines(raw, "BackdropImageTags"),
        locked=raw["LockData"] if isinstance(raw.get("LockData"), bool) else None,
        locked_fields=_lines(raw, "LockedFields"),
    )


def tags_of(raw: Any) -> tuple[str, ...]:
    """Jellyfin lists texts, Emby objects with a name."""
    return _lines(raw, "Tags") or _names(raw, "TagItems")


def mbid_in(text: str) -> str:
    """The first of several joined by a slash or semicolon; '' for what is no identifier (weirdness 10)."""
    for part in text.replace(";", "/").split("/"):
        try:
            return str(UUID(part.strip()))
        except ValueError:
            continue
    return ""


def overlaid(raw: Json, values: ArtistValues) -> Json:
    """The item with our values over it. What says the same already is left alone, also where it is spelled otherwise:
    a day without its hours, an identifier in capitals."""
    wanted: dict[str, Any] = {}
    for key, value in (("Name", values.name), ("Overview", values.biography)):
        if value and value != reading.text(raw, key):
            wanted[key] = value
    if values.sort_name and values.sort_name != _sort_name(raw):
        wanted["ForcedSortName"] = values.sort_name
    if values.genres and values.genres != _lines(raw, "Genres"):
        wanted["Genres"] = list(values.genres)
    for key, text in (("PremiereDate", values.began), ("EndDate", values.ended)):
        moment = day_sent(text)
        if moment and day_read(moment) != day_read(reading.line(raw, key)):
            wanted[key] = moment
    if values.mbid and values.mbid != mbid_in(reading.line(raw, "ProviderIds", MUSICBRAINZ)):
        wanted["ProviderIds"] = {**reading.mapping(raw, "ProviderIds"), MUSICBRAINZ: values.mbid}
    return {**raw, **wanted}


def locked(raw: Json, wish: LockWish, known: frozenset[str]) -> Json:
    """The item locked like that; the order of its locks is no difference, and those that we do not know stay."""
    there = raw.get("LockedFields") or []
    names = [*(name for name in there if name not in OUR_LOCKS), *lock_names(wish.fields, known)]
    return {**raw, "LockData": wish.locked, "LockedFields": there if set(names) == set(there) else names}


def lock_names(fields: Iterable[str], known: frozenset[str]) -> list[str]:
    """Our fields in the server's names, without those that it does not know: Jellyfin would refuse all of them."""
    names = dict.fromkeys(_LOCKS[field] for field in fields if field in _LOCKS)
    return [name for name in names if name in known]


def require_lock_state(raw: Mapping[str, Any]) -> None:
    """An item that is posted back without it comes out unlocked. Raises WrongServer; nothing is changed then."""
    if not isinstance(raw.get("LockData"), bool):
        raise WrongServer("the server did not say whether the artist is locked; nothing was changed")


def same_id(item_id: str) -> str:
    """Both write the same identifier with and without hyphens."""
    return item_id.replace("-", "").lower()


def _sort_name(raw: Any) -> str:
    """The one that somebody chose, else the one that the server made."""
    return reading.line(raw, "ForcedSortName") or reading.line(raw, "SortName")


def _lines(raw: Any, key: str) -> tuple[str, ...]:
    return tuple(text for value in reading.items(raw, key) if (text := reading.line(value)))


def _names(raw: Any, key: str) -> tuple[str, ...]:
    return tuple(text for value in reading.items(raw, key) if (text := reading.line(value, "Name")))
