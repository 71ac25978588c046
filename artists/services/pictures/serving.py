"""Hands out an artist's pictures as they lie on disk, and what is known of each."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from artists.imaging.decoding import MAX_BYTES
from artists.imaging.formats import sniff
from artists.models import Artist, ArtistImage
from artists.services.pictures.places import picture_path
from artists.services.pictures.saving import known_kind
from stillwater.errors import NotFound
from stillwater.files import read_bytes_limited

MISSING = "image not found"


@dataclass(frozen=True, slots=True)
class PictureInfo:
    """`size` in bytes; `modified` is the file's own time."""

    type: str
    filename: str
    width: int
    height: int
    size: int
    modified: datetime


def picture_of(artist: Artist, kind: str, slot: int = 0) -> ArtistImage:
    """Raises Invalid for an unknown kind, NotFound without such a picture."""
    found = artist.images.filter(kind=known_kind(kind), slot=slot, exists=True).first()
    if found is None:
        raise NotFound(MISSING)
    return found


def picture_bytes(image: ArtistImage) -> tuple[bytes, str]:
    """The file's bytes and their media type by what they are. Raises NotFound for what is no picture, or is gone."""
    data = read_bytes_limited(picture_path(image), MAX_BYTES)
    return data, media_type(data)


def media_type(data: bytes) -> str:
    """By what the bytes are. Raises NotFound for what is no picture."""
    kind = sniff(data[:16])
    if not kind:
        raise NotFound(MISSING)
    return f"image/{kind}"


def info_of(image: ArtistImage) -> PictureInfo:
    modified = datetime.fromtimestamp(image.mtime_ns / 1e9, tz=UTC)
    return PictureInfo(image.kind, image.file_name, image.width, image.height, image.bytes, modified)


def random_backdrop() -> ArtistImage:
    """Any backdrop of the library. Raises NotFound where there is none."""
    backdrops = ArtistImage.objects.filter(kind="fanart", slot=0, exists=True, problem="").select_related("artist")
    count = backdrops.count()
    if not count:
        raise NotFound(MISSING)
    found = backdrops.order_by("pk")[secrets.randbelow(count) :].first()
    if found is None:
        raise NotFound(MISSING)
    return found
