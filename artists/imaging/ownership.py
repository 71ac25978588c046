"""What one look at a picture's bytes says about whose it is; made for a pool of processes."""

import hashlib
import os
from collections.abc import Sequence
from typing import NamedTuple

from artists.imaging.decoding import MAX_BYTES
from artists.imaging.hashing import content_hash
from artists.imaging.provenance import is_ours
from artists.imaging.source import Failure, failure_of, read_file


class Ownership(NamedTuple):
    """`digest` is SHA-256 in hex, `size` in bytes, `ours`: it carries our mark. With a `failure` nothing is known."""

    digest: str = ""
    size: int = 0
    ours: bool = False
    failure: Failure = Failure.NONE


def ownership(path: str | os.PathLike[str]) -> Ownership:
    """Never raises. We write no picture as large as one that is too large to be read whole."""
    try:
        data = read_file(path, MAX_BYTES)
        if data is None:
            return Ownership(content_hash(path), os.path.getsize(path))
    except OSError as error:
        return Ownership(failure=failure_of(error)[0])
    return Ownership(hashlib.sha256(data).hexdigest(), len(data), is_ours(data))


def all_ownerships(paths: Sequence[str]) -> list[Ownership]:
    return [ownership(path) for path in paths]
