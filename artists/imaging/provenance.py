"""The mark that says a picture is ours and where it came from; written into JPEG and PNG without touching a pixel.

Form of the text: files-and-platforms.md 2.5. Camera data (EXIF with its GPS place) goes; colour profiles, JFIF, Adobe
and XMP segments stay, XMP only where it names no place.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

PREFIX = "stillwater:v1"
KEYWORD = b"ImageDescription"
_EXIF, _XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
_PLACES = (b"exif:GPS", b"photoshop:City", b"Iptc4xmpExt:Location")
_MOST_TEXT = 64 * 1024
_DESCRIPTION_TAG = 0x010E


@dataclass(frozen=True, slots=True)
class Provenance:
    """`fetched` in RFC 3339; `mode`: auto, manual or user; `rule`: the rule whose fix it was, or blank."""

    source: str
    fetched: str
    url: str = ""
    perceptual_hash: str = ""
    rule: str = ""
    mode: str = "user"

    def text(self) -> str:
        parts = (self.source, self.fetched, self.url, self.perceptual_hash, self.rule, self.mode)
        return "|".join((PREFIX, *(quote(part, safe=":/?&=#+,;@!$'()*[]~ ") for part in parts)))


class Segment(NamedTuple):
    """A marker segment of a JPEG, or a chunk of a PNG, whole as it lies in the file."""

    kind: bytes
    body: bytes
    whole: bytes


def marked_jpeg(data: bytes, provenance: Provenance) -> bytes:
    """The same picture with our mark instead of its EXIF. Raises ValueError for a broken structure."""
    segments, rest = _jpeg_segments(data)
    kept = [segment for segment in segments if not _is_private(segment)]
    leading = [segment.whole for segment in kept if segment.kind == b"\xe0"][:1]
    following = [segment.whole for segment in kept if segment.whole not in leading]
    return b"".join((b"\xff\xd8", *leading, _exif_segment(provenance), *following, rest))


def marked_png(data: bytes, provenance: Provenance) -> bytes:
    """The same for a PNG. Raises ValueError."""
    head, *others = _png_chunks(data)
    if head.kind != b"IHDR":
        raise ValueError("the first chunk is not the header")
    body = KEYWORD + b"\0" + provenance.text().encode("latin-1", "replace")
    kept = (chunk.whole for chunk in others if not _is_superseded(chunk))
    return b"".join((data[:8], head.whole, _chunk(b"tEXt", body), *kept))


def is_ours(data: bytes) -> bool:
    """Whether a picture carries our mark, whichever byte order wrote it; what is no picture does not."""
    wanted = PREFIX.encode()
    try:
        if data[:2] == b"\xff\xd8":
            return any(segment.body.startswith(_EXIF) and wanted in segment.body for segment in _jpeg_segments(data)[0])
        if data[:8] == b"\x89PNG\r\n\x1a\n":
            return any(chunk.body.startswith(KEYWORD + b"\0" + wanted) for chunk in _until_pixels(data))
    except ValueError:
        return False
    return False


def _is_private(segment: Segment) -> bool:
    if segment.kind != b"\xe1":
        return False
    return not segment.body.startswith(_XMP) or any(place in segment.body for place in _PLACES)


def _is_superseded(chunk: Segment) -> bool:
    if chunk.kind == b"eXIf" or (chunk.kind in (b"tEXt", b"iTXt") and chunk.body.startswith(KEYWORD + b"\0")):
        return True
    names_place = chunk.kind == b"iTXt" and any(place in chunk.body for place in _PLACES)
    return names_place or (chunk.kind in (b"zTXt", b"tEXt", b"iTXt") and len(chunk.body) > _MOST_TEXT)


def _exif_segment(provenance: Provenance) -> bytes:
    """A TIFF block of one directory with one entry, little-endian."""
    text = provenance.text().encode("ascii", "replace") + b"\0"
    entry = struct.pack("<HHII", _DESCRIPTION_TAG, 2, len(text), 26)
    tiff = b"II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0) + text
    body = _EXIF + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _jpeg_segments(data: bytes) -> tuple[list[Segment], bytes]:
    """The segments before the first scan, and everything from there on."""
    segments, at = list[Segment](), 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise ValueError("the picture's segments are broken")
        marker = data[at + 1 : at + 2]
        if marker == b"\xff":
            at += 1
            continue
        if marker == b"\xda":
            return segments, data[at:]
        length = int.from_bytes(data[at + 2 : at + 4])
        if length < 2 or at + 2 + length > len(data):
            raise ValueError("the picture's segments are broken")
        segments.append(Segment(marker, data[at + 4 : at + 2 + length], data[at : at + 2 + length]))
        at += 2 + length
    raise ValueError("the picture has no pixels")


def _png_chunks(data: bytes) -> Iterator[Segment]:
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4])
        end = at + 12 + length
        if end > len(data) or int.from_bytes(data[end - 4 : end]) != zlib.crc32(data[at + 4 : end - 4]):
            raise ValueError("the picture's chunks are broken")
        yield Segment(data[at + 4 : at + 8], data[at + 8 : end - 4], data[at:end])
        if data[at + 4 : at + 8] == b"IEND":
            return
        at = end
    raise ValueError("the picture ends before its last chunk")


def _until_pixels(data: bytes) -> Iterator[Segment]:
    for chunk in _png_chunks(data):
        if chunk.kind == b"IDAT":
            return
        yield chunk


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
