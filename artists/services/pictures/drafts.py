"""Keeps a picture that somebody brought until it is cut to shape, so that no byte travels twice and none is lost."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core import signing

from artists.imaging.decoding import MAX_BYTES
from artists.services.pictures.saving import Origin
from stillwater.errors import Gone, NotFound
from stillwater.files import FileMissing, NameTaken, create_file, make_folder, note_use, read_bytes_limited, sweep_cache

KEEP_SECONDS = 24 * 3600.0
MOST_BYTES = 512 * 1024 * 1024
"""Of all drafts together; the oldest go first."""
GONE = "the picture was kept for a day and is gone; bring it once more"
_SIGNER = signing.Signer(salt="artists.picture-draft")


@dataclass(frozen=True, slots=True)
class Draft:
    """The bytes as they came, and where they came from."""

    data: bytes = field(repr=False)
    origin: Origin


def keep_draft(data: bytes, origin: Origin) -> str:
    """A token for these bytes, good for a day. Raises what the disk says."""
    key = hashlib.sha256(data).hexdigest()
    keep_file(key, data)
    return _SIGNER.sign_object({"key": key, "provider": origin.provider, "url": origin.url})


def draft_of(token: str) -> Draft:
    """Raises NotFound for what we have not signed, Gone when it was cleared up by now."""
    said = _said_by(token)
    try:
        data = kept_file(said["key"])
    except FileMissing as error:
        raise Gone(GONE) from error
    return Draft(data, Origin(said["provider"], said["url"]))


def draft_pieces(token: str, size: int) -> Iterator[bytes]:
    """The bytes of a draft, so many at a time. Raises as `draft_of`."""
    draft = _place(_said_by(token)["key"])
    try:
        stream = draft.open("rb")
    except FileNotFoundError as error:
        raise Gone(GONE) from error
    return _pieces(stream, size)


def _pieces(stream: BinaryIO, size: int) -> Iterator[bytes]:
    with stream:
        while piece := stream.read(size):
            yield piece


def _said_by(token: str) -> dict[str, str]:
    try:
        said: dict[str, str] = _SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError) as error:
        raise NotFound("there is no such picture") from error
    return said


def keep_file(key: str, data: bytes) -> None:
    """Raises what the disk says."""
    place = _place(key)
    make_folder(place.parent, root=settings.STILLWATER_DATA)
    try:
        create_file(place, data, root=settings.STILLWATER_DATA, mode=0o600)
    except NameTaken:
        note_use(place)


def kept_file(key: str) -> bytes:
    """Raises FileMissing."""
    return read_bytes_limited(_place(key), MAX_BYTES)


def sweep_drafts(now: float) -> int:
    folder: Path = settings.STILLWATER_DATA / "drafts"
    return sweep_cache(folder, now=now, keep_seconds=KEEP_SECONDS, largest_bytes=MOST_BYTES)


def _place(key: str) -> Path:
    folder: Path = settings.STILLWATER_DATA / "drafts" / key[:2]
    return folder / key
