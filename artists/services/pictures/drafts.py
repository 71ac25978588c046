"""Keeps a picture that somebody brought until it is cut to shape, so that no byte travels twice and none is lost."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core import signing

from artists.imaging.decoding import MAX_BYTES
from artists.services.pictures.saving import Origin
from stillwater.errors import Gone, NotFound
from stillwater.files import FileMissing, NameTaken, create_file, make_folder, note_use, read_bytes_limited, sweep_cache

KEEP_SECONDS = 24 * 3600.0
MOST_BYTES = 512 * 1024 * 1024
"""Of all drafts together; the oldest go first."""
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
    try:
        said = _SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError) as error:
        raise NotFound("there is no such picture") from error
    try:
        data = kept_file(said["key"])
    except FileMissing as error:
        raise Gone("the picture was kept for a day and is gone; bring it once more") from error
    return Draft(data, Origin(said["provider"], said["url"]))


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
