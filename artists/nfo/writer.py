"""From values to the bytes of an artist.nfo, merged into what others wrote there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from lxml import etree

from artists.fields import GROUP_TYPES, LIST_FIELDS
from artists.nfo.document import (
    ALBUM_ELEMENT,
    ELEMENT_OF,
    FIELD_OF,
    FOREIGN_FIELDS,
    LOCK_ELEMENT,
    MBID_ELEMENT,
    RELEASE_GROUP_ELEMENT,
    ROOT,
    STAMP_ELEMENT,
    STAMP_VERSION,
    WRITTEN_FIELDS,
    NfoAlbum,
)
from artists.nfo.elements import own_elements
from artists.nfo.outline import MAX_BYTES, MAX_ELEMENTS
from artists.nfo.repair import legal
from artists.nfo.source import NfoSource, open_carefully
from stillwater.errors import Unprocessable

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_INDENTED = frozenset({"album", "thumb", "fanart"})
"""Foreign elements whose inner white space means nothing, so that it may follow our indent."""
_WRITTEN_AT = re.compile(rb'(<stillwater\b[^<>]*?\bwritten=)"[^"<>]*"')


class NfoNotMergeable(Unprocessable):
    """The file at hand holds something that writing over it would lose; take a snapshot, then write without it."""


def write_nfo(
    values: Mapping[str, object],
    *,
    existing: bytes | None,
    lock_data: bool | None,
    written: datetime,
    more_albums: Sequence[NfoAlbum] = (),
) -> bytes:
    """The new file: UTF-8 without a mark, LF, two spaces, one element a line, in the order of `WRITTEN_FIELDS`.

    `values` holds text, or a sequence of text for the list fields, by field key; blank values are left out, and a key
    that is missing leaves what `existing` says. Of `existing` every element, comment and attribute that is not ours
    stays, in its order, after ours; so does the address after the root. Loose text between the elements does not.
    `lock_data`: True locks the artist for players, False does not; None leaves a lock that somebody else has written.
    `more_albums` are listed after the albums that the file lists.
    Raises NfoNotMergeable for an existing file that is neither empty nor readable without loss, Unprocessable for a new
    one that nobody would read any more.
    """
    source = _mergeable(existing or b"")
    root = etree.Element(ROOT) if source.root is None else source.root
    root.tag = _in_space_of(root, ROOT)
    _add_albums(root, more_albums)
    ours = list(_ours(root, values)) + list(_marks(root, lock_data=lock_data is True, written=written))
    _replace(root, ours, kept=_locks_of_others(root) if lock_data is None else [])
    body = etree.tostring(root, encoding="unicode", with_tail=False)
    parts = (_DECLARATION, source.head, body, source.tail)
    text = "\n".join(part for part in parts if part).replace("\r\n", "\n") + "\n"
    return _readable(root, text.encode("utf-8"))


def _readable(root: etree._Element, data: bytes) -> bytes:
    """Our own file, too large for ourselves, could never be brought up to date again."""
    if len(data) > MAX_BYTES:
        raise Unprocessable(f"it would be larger than {MAX_BYTES // 1024} KiB")
    if sum(1 for _ in root.iter("*")) > MAX_ELEMENTS:
        raise Unprocessable(f"it would have more than {MAX_ELEMENTS} elements")
    return data


def same_but_for_stamp(a: bytes, b: bytes) -> bool:
    """Whether two files differ in nothing but the moment of our last write."""
    return _WRITTEN_AT.sub(rb"\1", a) == _WRITTEN_AT.sub(rb"\1", b)


def clean(value: object) -> str:
    """One value as it can stand in a file: trimmed, LF line ends, without the characters that XML forbids."""
    text = "" if value is None else str(value)
    return legal(text).replace("\r\n", "\n").replace("\r", "\n").strip()


def _mergeable(existing: bytes) -> NfoSource:
    source = open_carefully(existing)
    if source.state not in ("ok", "empty"):
        raise NfoNotMergeable(source.error)
    if not source.lossless:
        raise NfoNotMergeable("the file is damaged and cannot be kept as it is")
    return source


def _ours(root: etree._Element, values: Mapping[str, object]) -> Iterator[etree._Element]:
    """Our elements in their order: from `values` by key, from the file where `values` has no such key."""
    found: dict[str, list[etree._Element]] = {}
    for name, element in own_elements(root):
        if name in FIELD_OF:
            found.setdefault(FIELD_OF[name], []).append(element)
    for key in WRITTEN_FIELDS:
        before = found.get(key, [])
        if key not in values:
            yield from before
        elif (before or key not in FOREIGN_FIELDS) and not _is_out_of_place(key, values):
            for text in _texts(key, values[key]):
                yield from (_element(root, name, text) for name in _names(key, before))


def _is_out_of_place(key: str, values: Mapping[str, object]) -> bool:
    """A group has no gender."""
    return key == "gender" and clean(values.get("type")).lower() in GROUP_TYPES


def _texts(key: str, value: object) -> list[str]:
    several = value if key in LIST_FIELDS and isinstance(value, list | tuple) else [value]
    return [text for text in map(clean, several) if text]


def _names(key: str, before: list[etree._Element]) -> list[str]:
    """Our name for the element, and Kodi's spelling of the MusicBrainz tag where the file has it already."""
    name = ELEMENT_OF[key]
    if name != MBID_ELEMENT:
        return [name]
    return [name, *dict.fromkeys(local for local in map(_local_name, before) if local != name)]


def _marks(root: etree._Element, *, lock_data: bool, written: datetime) -> Iterator[etree._Element]:
    if lock_data:
        yield _element(root, LOCK_ELEMENT, "true")
    moment = written.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
    stamp = _element(root, STAMP_ELEMENT, None)
    stamp.set("version", STAMP_VERSION)
    stamp.set("written", moment)
    yield stamp


def _locks_of_others(root: etree._Element) -> list[etree._Element]:
    """Our own lock is the one right before our stamp; any other is somebody's decision."""
    locks = [element for name, element in own_elements(root) if name == LOCK_ELEMENT]
    return [lock for lock in locks if lock.getnext() is None or _local_name(lock.getnext()) != STAMP_ELEMENT]


def _add_albums(root: etree._Element, albums: Sequence[NfoAlbum]) -> None:
    listed = [element for name, element in own_elements(root) if name == ALBUM_ELEMENT]
    place = root.index(listed[-1]) + 1 if listed else len(root)
    for number, album in enumerate(albums):
        root.insert(place + number, _album(root, album))


def _album(root: etree._Element, album: NfoAlbum) -> etree._Element:
    element = _element(root, ALBUM_ELEMENT, None)
    parts = {"title": album.title, "year": album.year, RELEASE_GROUP_ELEMENT: album.release_group_id}
    element.extend(_element(root, name, text) for name, value in parts.items() if (text := clean(value)))
    return element


def _replace(root: etree._Element, ours: list[etree._Element], kept: list[etree._Element]) -> None:
    """Put `ours` where our elements were and before all others, one child a line."""
    for name, element in list(own_elements(root)):
        if (name in FIELD_OF or name in (LOCK_ELEMENT, STAMP_ELEMENT)) and element not in kept:
            root.remove(element)
    for name, element in own_elements(root):
        if name in _INDENTED:
            etree.indent(element, level=1)
    root[:0] = ours
    root.text = "\n  "
    for child in root:
        child.tail = "\n  "
    root[-1].tail = "\n"


def _element(root: etree._Element, name: str, text: str | None) -> etree._Element:
    """An element of our own, in the namespace of the root and with its prefix."""
    element = root.makeelement(_in_space_of(root, name), nsmap=root.nsmap)
    element.text = text
    return element


def _in_space_of(root: etree._Element, name: str) -> str:
    space = etree.QName(root).namespace
    return f"{{{space}}}{name}" if space else name


def _local_name(element: etree._Element) -> str:
    """Blank for a comment or an instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
