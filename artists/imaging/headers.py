"""Reads what a picture says about itself: format, size and orientation; never decodes, never raises."""

import io
import os
from dataclasses import dataclass

from PIL import Image

from artists.imaging.formats import PARSERS, Geometry, OddStructureError, sniff
from artists.imaging.orientation import ORIENTATION_TAG, SIDEWAYS, UPRIGHT
from artists.imaging.source import EndOfDataError, Failure, Source, failure_of, open_source

# Enough for every application segment that a real camera or editor writes before the frame header.
_ODD_FILE_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ImageHeader:
    """A picture's own statement: `width` and `height` in pixels as a viewer shows it, `bytes` on disk.

    `format` is 'jpeg', 'png', 'webp' or ''. When `failure` is set, `error` says in a plain sentence why.
    """

    format: str = ""
    width: int = 0
    height: int = 0
    bytes: int = 0
    orientation: int = UPRIGHT
    failure: Failure = Failure.NONE
    error: str = ""

    @property
    def readable(self) -> bool:
        return not self.failure

    @property
    def pixels(self) -> int:
        return self.width * self.height


def read_header(path: str | os.PathLike[str]) -> ImageHeader:
    """The header of a file; links are followed, anything but a regular file is refused."""
    try:
        with open_source(path) as source:
            return _header(source)
    except OSError as error:
        failure, sentence = failure_of(error)
        return ImageHeader(failure=failure, error=sentence)


def read_header_bytes(data: bytes) -> ImageHeader:
    """The header of a picture in memory."""
    return _header(Source(data, len(data)))


def _header(source: Source) -> ImageHeader:
    if not source.size:
        return _damaged("", source, "the file is empty")
    start = source.start(64)
    kind = sniff(start)
    if not kind:
        return ImageHeader(bytes=source.size, failure=Failure.UNSUPPORTED, error=_what_it_is(start))
    try:
        geometry = PARSERS[kind](source)
    except EndOfDataError as error:
        return _damaged(kind, source, str(error))
    except OddStructureError:
        geometry = _geometry_by_pillow(kind, source)
    if not geometry.width or not geometry.height:
        return _damaged(kind, source, "the header names no width or height")
    width, height, orientation = geometry
    if orientation in SIDEWAYS:
        width, height = height, width
    return ImageHeader(kind, width, height, source.size, orientation)


def _damaged(kind: str, source: Source, sentence: str) -> ImageHeader:
    return ImageHeader(kind, bytes=source.size, failure=Failure.DAMAGED, error=sentence)


def _geometry_by_pillow(kind: str, source: Source) -> Geometry:
    try:
        with Image.open(io.BytesIO(source.start(_ODD_FILE_BYTES)), formats=(kind.upper(),)) as image:
            return Geometry(*image.size, int(image.getexif().get(ORIENTATION_TAG, UPRIGHT)))
    except Exception:  # Pillow's readers raise nearly anything on broken input
        return Geometry(0, 0)


def _what_it_is(start: bytes) -> str:
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<svg", b"<?xml")):
        return "this is an SVG or XML document; only JPEG, PNG and WebP pictures are supported"
    if text.startswith((b"<!doctype", b"<html", b"<head", b"<!--", b"<body")):
        return "this is a web page, not a picture"
    if text.startswith((b"{", b"[")):
        return "this is text (JSON), not a picture"
    name = _foreign_format(start)
    return f"this is {name}; only JPEG, PNG and WebP pictures are supported" if name else "this is not a picture"


def _foreign_format(start: bytes) -> str:
    if start[:4] == b"GIF8":
        return "a GIF"
    if start[:4] == b"8BPS":
        return "a Photoshop file"
    if start[:4] in {b"II*\0", b"MM\0*"}:
        return "a TIFF"
    if start[:2] == b"BM":
        return "a BMP"
    if start[4:8] == b"ftyp":
        return {b"avif": "an AVIF", b"avis": "an AVIF"}.get(start[8:12], "a HEIC picture or a video")
    return ""
