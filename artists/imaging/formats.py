"""Finds width, height and orientation in the first bytes of JPEG, PNG and WebP files, without decoding."""

from collections.abc import Callable
from typing import NamedTuple

from artists.imaging.orientation import UPRIGHT, orientation_in
from artists.imaging.source import EndOfDataError, Source

# A hostile file may be all tiny segments; a real one has a few dozen before its pixels.
MAX_SEGMENTS = 400
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD9)})
_EXIF_PREFIX = b"Exif\0\0"


class Geometry(NamedTuple):
    """Stored size in pixels, before the orientation is applied."""

    width: int
    height: int
    orientation: int = UPRIGHT


class OddStructureError(ValueError):
    """The magic bytes are right, but the structure is not one that these short parsers follow."""


def sniff(start: bytes) -> str:
    """'jpeg', 'png', 'webp' or '' by magic bytes; the file name is no evidence."""
    if start[:3] == b"\xff\xd8\xff":
        return "jpeg"
    if start[:8] == b"\x89PNG\r\n\x1a\n":
        return "png"
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "webp"
    return ""


def jpeg_geometry(source: Source) -> Geometry:
    offset, orientation = 2, UPRIGHT
    for _ in range(MAX_SEGMENTS):
        lead, marker, high, low = source.take(offset, 4)
        if lead != 0xFF:
            break
        length = high << 8 | low
        if marker in _FRAMES:
            frame = source.take(offset + 5, 4)
            return Geometry(frame[2] << 8 | frame[3], frame[0] << 8 | frame[1], orientation)
        if marker == 0xFF:
            offset += 1
        elif marker in _BARE_MARKERS:
            offset += 2
        elif marker in {0xD9, 0xDA} or length < 2:
            break
        else:
            if marker == 0xE1 and length > 14 and orientation == UPRIGHT:
                orientation = _jpeg_orientation(source, offset + 4, length - 2)
            offset += 2 + length
    raise OddStructureError("no frame header")


def png_geometry(source: Source) -> Geometry:
    head = source.take(8, 21)
    if head[4:8] != b"IHDR":
        raise OddStructureError("the first chunk is not the header")
    width, height = int.from_bytes(head[8:12]), int.from_bytes(head[12:16])
    return Geometry(width, height, _png_orientation(source))


def webp_geometry(source: Source) -> Geometry:
    head = source.take(12, 18)
    kind = head[:4]
    if kind == b"VP8X":
        size = Geometry(int.from_bytes(head[12:15], "little") + 1, int.from_bytes(head[15:18], "little") + 1)
        return size._replace(orientation=_webp_orientation(source)) if head[8] & 0x08 else size
    if kind == b"VP8L" and head[8] == 0x2F:
        bits = int.from_bytes(head[9:13], "little")
        return Geometry((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 " and head[11:14] == b"\x9d\x01\x2a":
        return Geometry(int.from_bytes(head[14:16], "little") & 0x3FFF, int.from_bytes(head[16:18], "little") & 0x3FFF)
    raise OddStructureError("no known first chunk")


PARSERS: dict[str, Callable[[Source], Geometry]] = {
    "jpeg": jpeg_geometry,
    "png": png_geometry,
    "webp": webp_geometry,
}


def _jpeg_orientation(source: Source, offset: int, length: int) -> int:
    if source.take(offset, 6) != _EXIF_PREFIX:
        return UPRIGHT
    return orientation_in(source.take(offset + 6, length - 6))


def _png_orientation(source: Source) -> int:
    offset = 33
    try:
        for _ in range(MAX_SEGMENTS):
            head = source.take(offset, 8)
            length = int.from_bytes(head[:4])
            if head[4:] == b"eXIf":
                return orientation_in(source.take(offset + 8, min(length, 0x10000)))
            if head[4:] in {b"IDAT", b"IEND"}:
                break
            offset += 12 + length
    except EndOfDataError:
        return UPRIGHT
    return UPRIGHT


def _webp_orientation(source: Source) -> int:
    offset = 12
    try:
        for _ in range(MAX_SEGMENTS):
            head = source.take(offset, 8)
            length = int.from_bytes(head[4:], "little")
            if head[:4] == b"EXIF":
                # Some writers keep JPEG's prefix in front of the TIFF block.
                return orientation_in(source.take(offset + 8, min(length, 0x10000)).removeprefix(_EXIF_PREFIX))
            offset += 8 + length + length % 2
    except EndOfDataError:
        return UPRIGHT
    return UPRIGHT
