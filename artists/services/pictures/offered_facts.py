"""What we have seen of offered pictures once they were fetched: size, weight, and what they look like."""

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from artists.imaging.hashing import is_degenerate, similarity
from artists.imaging.preparing import checked, looks
from artists.services.thumbnails import keep_thumbnail
from stillwater.errors import StillwaterError
from stillwater.files import read_bytes_limited
from stillwater.json_text import read_json

LARGEST = 1024
SAME_FROM = 0.95
"""Similarity of two pictures that are one to the eye: three of 64 bits may differ, as after another encoding."""


@dataclass(frozen=True, slots=True)
class OfferedFacts:
    """Sizes in pixels and bytes. `as_logo` is the hash without an empty border, which a stored logo has lost."""

    width: int
    height: int
    bytes: int
    format: str
    perceptual_hash: str
    as_logo: str

    def is_same(self, kind: str, perceptual_hash: str) -> bool:
        """Whether a stored picture with this hash is the same one to the eye."""
        mine = self.as_logo if kind == "logo" else self.perceptual_hash
        if is_degenerate(mine) or is_degenerate(perceptual_hash):
            return False
        return similarity(mine, perceptual_hash) >= SAME_FROM


def note_facts(address: str, data: bytes) -> None:
    """Beside the small copy, which goes with the other thumbnails. What is no picture has no facts."""
    with suppress(StillwaterError):
        header = checked(data)
        plain, as_logo = looks(data)
        facts = OfferedFacts(header.width, header.height, len(data), header.format, plain, as_logo)
        keep_thumbnail(_place(address), json.dumps(asdict(facts)).encode())


def facts_of(address: str) -> OfferedFacts | None:
    """None until the picture at this address has been fetched."""
    try:
        return OfferedFacts(**read_json(read_bytes_limited(_place(address), LARGEST)))
    except (StillwaterError, ValueError, TypeError):
        return None


def _place(address: str) -> Path:
    key = hashlib.sha256(address.encode()).hexdigest()
    folder: Path = settings.STILLWATER_DATA / "thumbs" / key[:2]
    return folder / f"offered-{key}.json"
