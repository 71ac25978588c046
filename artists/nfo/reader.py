"""From the bytes of an artist.nfo to what it says, whoever wrote it and however."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from artists.fields import LIST_FIELDS
from artists.nfo.document import (
    ALBUM_ELEMENT,
    FIELD_OF,
    LOCK_ELEMENT,
    RELEASE_GROUP_ELEMENT,
    STAMP_ELEMENT,
    NfoAlbum,
    NfoDocument,
    NfoStamp,
)
from artists.nfo.elements import own_elements, text_of
from artists.nfo.mbid import first_mbid
from artists.nfo.source import NfoState, open_source

_ALBUM_PARTS = {"title": "title", "year": "year", RELEASE_GROUP_ELEMENT: "release_group_id"}


@dataclass(frozen=True, slots=True)
class NfoReading:
    """What came of reading a file: `document` when the state is "ok", else `error`, lower-case and plain.

    `notes` are warnings about what had to be guessed or mended on the way.
    """

    state: NfoState
    document: NfoDocument | None = None
    error: str = ""
    notes: tuple[str, ...] = ()


def read_nfo(raw: bytes) -> NfoReading:
    """Read the bytes of a file of any kind, size and intention; never raises, reaches for nothing outside `raw`."""
    source = open_source(raw)
    if source.root is None:
        return NfoReading(source.state, None, source.error, source.notes)
    contents = _Contents()
    for name, element in own_elements(source.root):
        contents.take(name, element)
    return NfoReading("ok", contents.document(), "", (*source.notes, *contents.notes))


@dataclass(slots=True)
class _Contents:
    """The values met so far, in the order of the file."""

    texts: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    albums: list[NfoAlbum] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def take(self, name: str, element: etree._Element) -> None:
        key = FIELD_OF.get(name)
        if key in LIST_FIELDS:
            self._take_list(key, element)
        elif key == "musicbrainz_id":
            self._take_mbid(text_of(element))
        elif key or name == LOCK_ELEMENT:
            text = text_of(element)
            if text:
                self.texts[key or "lock_data"] = text
        elif name == ALBUM_ELEMENT:
            self._take_album(element)
        elif name == STAMP_ELEMENT:
            self.texts["stamp"] = NfoStamp(element.get("version", ""), _moment(element.get("written", "")))

    def _take_list(self, key: str, element: etree._Element) -> None:
        """Kodi splits on the spaced slash alone; `clear="true"` empties what came before."""
        values = self.lists.setdefault(key, [])
        if element.get("clear") == "true":
            values.clear()
        text = text_of(element)
        values += filter(None, map(str.strip, text.split(" / "))) if " / " in text else [text] if text else []

    def _take_mbid(self, text: str) -> None:
        mbid = first_mbid(text)
        if mbid:
            self.texts["musicbrainz_id"] = mbid
        elif text:
            self.notes.append("dropped an invalid musicbrainz id")

    def _take_album(self, element: etree._Element) -> None:
        parts = {_ALBUM_PARTS[name]: text_of(part) for name, part in own_elements(element) if name in _ALBUM_PARTS}
        if any(parts.values()):
            self.albums.append(NfoAlbum(**parts))

    def document(self) -> NfoDocument:
        lists: dict[str, Any] = {key: tuple(values) for key, values in self.lists.items() if values}
        present = frozenset(lists) | (self.texts.keys() - {"lock_data", "stamp"})
        locked = self.texts.pop("lock_data", "").lower() in ("true", "1", "yes")
        return NfoDocument(**self.texts, **lists, lock_data=locked, albums=tuple(self.albums), present=present)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
