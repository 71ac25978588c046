"""Takes a picture that a person brings: an upload, an address, a rectangle; asks for a crop where it is needed."""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from django.utils import timezone

from artists.imaging.decoding import MAX_BYTES, Room, decoded
from artists.imaging.geometry import Box, needs_crop, required_ratio
from artists.imaging.headers import read_header_bytes
from artists.imaging.preparing import checked, cropped, trim_box
from artists.imaging.provenance import Provenance
from artists.models import Artist
from artists.services.gates import require_write
from artists.services.pictures.drafts import keep_draft
from artists.services.pictures.fetching import fetch_picture
from artists.services.pictures.places import picture_path
from artists.services.pictures.saving import MadeFrom, Origin, Saved, known_kind, save_picture, store
from stillwater.errors import Invalid, NotFound, TooLarge
from stillwater.files import read_bytes_limited
from stillwater.models import User

CROPPED, UPLOADED = Origin("crop"), Origin("upload")
UPLOADS_AT_ONCE = 4

hands = Room(MAX_BYTES, UPLOADS_AT_ONCE, seconds=90)
"""For uploads that are in memory, by their bytes; the others wait on the disk, which costs nobody anything."""


class Upload(Protocol):
    """A file as a form brings it; `size` in bytes."""

    @property
    def size(self) -> int | None: ...

    def read(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class NeedsCrop:
    """The shape is too far from what the slot needs; no slot was touched. Sizes in pixels; `draft` has the bytes."""

    kind: str
    width: int
    height: int
    required_ratio: float
    format: str
    draft: str


def add_picture(
    artist: Artist,
    kind: str,
    data: bytes,
    origin: Origin,
    *,
    slot: int | None = None,
    skip_crop: bool = False,
    actor: User | None = None,
) -> Saved | NeedsCrop:
    """Store what a person brings; a backdrop without a slot follows those that are there. Raises as save_picture."""
    kind = known_kind(kind)
    require_write("image", artist)
    header = checked(data)
    if not skip_crop and needs_crop(kind, header.width, header.height):
        ratio, draft = required_ratio(kind) or 0, keep_draft(data, origin)
        return NeedsCrop(kind, header.width, header.height, ratio, header.format, draft)
    return save_picture(artist, kind, data, origin, slot=slot, actor=actor)


def add_upload(
    artist: Artist, kind: str, file: Upload, *, skip_crop: bool = False, actor: User | None = None
) -> Saved | NeedsCrop:
    """The same for a file that is read as soon as there is room for it. Raises TooLarge and Unavailable as well."""
    with in_hand(file) as data:
        return add_picture(artist, kind, data, UPLOADED, skip_crop=skip_crop, actor=actor)


@contextmanager
def in_hand(file: Upload) -> Iterator[bytes]:
    """Its bytes, once there is room for them. Raises TooLarge, and Unavailable where no room was made in time."""
    size = file.size or 0
    if size > MAX_BYTES:
        raise TooLarge("the picture has more than 25 MiB")
    with hands.place(size):
        yield file.read()


def add_from_address(
    artist: Artist,
    kind: str,
    url: str,
    *,
    provider: str = "url",
    slot: int | None = None,
    skip_crop: bool = False,
    actor: User | None = None,
) -> Saved | NeedsCrop:
    """Fetch and store. Raises as fetch_picture and save_picture."""
    known_kind(kind)
    require_write("image", artist)
    data, origin = fetch_picture(url), Origin(provider, url)
    return add_picture(artist, kind, data, origin, slot=slot, skip_crop=skip_crop, actor=actor)


def crop_picture(
    artist: Artist,
    kind: str,
    data: bytes,
    box: Box,
    *,
    origin: Origin = CROPPED,
    slot: int | None = None,
    actor: User | None = None,
    made_from: MadeFrom | None = None,
) -> Saved:
    """Store the part of these bytes inside the box; a cropped backdrop without a slot follows the last one (bug 53).

    `made_from` as in `store`.
    """
    kind = known_kind(kind)
    require_write("image", artist)
    picture = cropped(data, kind, box, _provenance(origin))
    return store(artist, kind, picture, origin, slot=slot, actor=actor, made_from=made_from)


def trim_logo(artist: Artist, *, margin: int = 2, actor: User | None = None) -> Saved | None:
    """Cut the empty border off the stored logo, keeping `margin` pixels; None where there is nothing to cut.

    Raises NotFound without a logo.
    """
    image = artist.images.filter(kind="logo", exists=True).first()
    if image is None:
        raise NotFound("image not found")
    require_write("image", artist)
    path = picture_path(image)
    data = read_bytes_limited(path, MAX_BYTES)
    with decoded(data, read_header_bytes(data)) as drawing:
        box = trim_box(drawing, margin)
    if box is None:
        return None
    made_from = MadeFrom(path, hashlib.sha256(data).hexdigest())
    return crop_picture(artist, "logo", data, box, slot=0, actor=actor, made_from=made_from)


def from_data_address(text: str) -> bytes:
    """The bytes of a base64 text, with or without "data:image/…;base64," before it. Raises Invalid."""
    try:
        return base64.b64decode(text.partition(",")[2] if text.startswith("data:") else text, validate=True)
    except ValueError as error:
        raise Invalid("image_data must be base64", "image_data") from error


def _provenance(origin: Origin) -> Provenance:
    return Provenance(origin.provider, timezone.now().isoformat(), origin.url, mode=origin.mode)
