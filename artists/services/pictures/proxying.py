"""Small copies of offered pictures, so that a browser asks us and never the provider, who would learn of it."""

import hashlib
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core import signing

from artists.imaging.decoding import UnreadableImage
from artists.imaging.preparing import checked
from artists.imaging.thumbnails import thumbnail_bytes
from artists.services.pictures.drafts import keep_file, kept_file
from artists.services.pictures.fetching import fetch_picture
from artists.services.pictures.offered_facts import note_facts
from artists.services.thumbnails import LARGEST, keep_thumbnail
from stillwater.errors import NotFound, StillwaterError, Unprocessable
from stillwater.files import FileMissing, read_bytes_limited

WIDTH = 512
"""Pixels; all candidates are shown at this scale."""
_SIGNER = signing.Signer(salt="artists.offered-picture")


def token_of(address: str) -> str:
    """The address, signed by us: nobody else can make us fetch anything by it. Always the same for one address."""
    return _SIGNER.sign_object(address)


def address_in(token: str) -> str:
    """Raises NotFound for what we have not signed."""
    try:
        address = _SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError) as error:
        raise NotFound("image not found") from error
    return str(address)


def offered_thumbnail(token: str) -> bytes:
    """WebP bytes of the picture behind a signed address, fetched once and then kept.

    Raises NotFound for what we have not signed, Unprocessable for what is no picture, and as fetch_picture.
    """
    address = address_in(token)
    place = _place(address)
    try:
        return read_bytes_limited(place, LARGEST)
    except FileMissing:
        whole = fetch_picture(address)
        data = _small(whole)
    keep_thumbnail(place, data)
    note_facts(address, whole)
    return data


def offered_original(token: str) -> bytes:
    """The picture itself, fetched once and kept for a day, so that looking closely and cutting cost one download.

    Raises as `offered_thumbnail`.
    """
    address = address_in(token)
    key = f"offered-{hashlib.sha256(address.encode()).hexdigest()}"
    try:
        return kept_file(key)
    except FileMissing:
        data = fetch_picture(address)
    checked(data)
    with suppress(StillwaterError):  # a full disk costs another download, and nobody the picture
        keep_file(key, data)
    note_facts(address, data)
    return data


def _small(data: bytes) -> bytes:
    try:
        checked(data)
        return thumbnail_bytes(data, WIDTH)
    except UnreadableImage as error:
        raise Unprocessable("this is no picture that can be shown") from error


def _place(address: str) -> Path:
    """Among the other thumbnails, which are kept within a limit and swept."""
    key = hashlib.sha256(address.encode()).hexdigest()
    folder: Path = settings.STILLWATER_DATA / "thumbs" / key[:2]
    return folder / f"offered-{key}.webp"
