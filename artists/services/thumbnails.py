"""Small WebP copies of an artist's pictures, made at the first request and kept in the data folder by content."""

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from artists.imaging.decoding import UnreadableImage
from artists.imaging.thumbnails import make_thumbnail
from artists.models import ArtistImage
from artists.services.pictures.places import picture_path
from stillwater.errors import Invalid, NotFound, StillwaterError
from stillwater.files import FileMissing, NameTaken, create_file, make_folder, note_use, read_bytes_limited

logger = logging.getLogger(__name__)

WIDTHS = (64, 256, 512)
"""Pixels; the only widths that are made."""

LARGEST = 4 * 1024 * 1024
"""Bytes of a kept thumbnail; far beyond any of 512 pixels."""


def version_of(image: ArtistImage) -> str:
    """16 hex digits that change with the file: from its content, or, before it was read, from name, size and time."""
    known = image.content_hash or _digest(f"{image.file_name}/{image.bytes}/{image.mtime_ns}")
    return known[:16]


def thumbnail(image: ArtistImage, width: int) -> bytes:
    """WebP bytes at most `width` pixels wide. Raises Invalid for another width, NotFound without a picture."""
    if width not in WIDTHS:
        raise Invalid(f"w must be one of {', '.join(map(str, WIDTHS))}", "w")
    return _kept_or_made(_key(image), width, lambda: _path(image))


def thumbnail_of_file(path: Path, content_hash: str, width: int) -> bytes:
    """The same for a file that is in no slot."""
    return _kept_or_made(content_hash, width, lambda: path)


def _kept_or_made(key: str, width: int, path: Callable[[], Path]) -> bytes:
    folder: Path = settings.STILLWATER_DATA / "thumbs" / key[:2]
    place = folder / f"{key}-{width}.webp"
    try:
        data = read_bytes_limited(place, LARGEST)
    except FileMissing:
        return _made(path(), width, place)
    note_use(place)  # the longest unused ones are swept first
    return data


def _path(image: ArtistImage) -> Path:
    if not image.exists:
        raise NotFound("image not found")
    return picture_path(image)


def _made(path: Path, width: int, place: Path) -> bytes:
    try:
        data = make_thumbnail(path, width)
    except (OSError, UnreadableImage) as error:
        raise NotFound("image cannot be shown") from error
    keep_thumbnail(place, data)
    return data


def keep_thumbnail(place: Path, data: bytes) -> None:
    """A full disk costs the next request the same work again, and nobody the picture."""
    try:
        make_folder(place.parent, root=settings.STILLWATER_DATA)
        create_file(place, data, root=settings.STILLWATER_DATA)
    except NameTaken:
        return  # another request made the same one at the same moment
    except StillwaterError as error:
        logger.warning("a thumbnail could not be kept: %s", error.message)


def _key(image: ArtistImage) -> str:
    """Pictures of the same content share a thumbnail; what was not read yet is named by its artist too."""
    return image.content_hash or _digest(f"{image.artist_id}/{version_of(image)}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
