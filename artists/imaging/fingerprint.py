"""Everything that needs a picture's pixels, from one read and one decode; made for a pool of processes."""

import base64
import hashlib
import io
import os
from dataclasses import dataclass

from PIL import Image

from artists.imaging.decoding import MAX_BYTES, UnreadableImage, decoded
from artists.imaging.geometry import padding
from artists.imaging.hashing import difference_hash, on_grey
from artists.imaging.headers import read_header_bytes
from artists.imaging.placeholders import stand_in
from artists.imaging.source import Failure, failure_of, read_file

PLACEHOLDER_SIDE = 16
# A JPEG is decoded down to this, which still measures padding to about a percent.
_WORKING_SIDE = 128
_SMALL_SIDE = 48


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What one look at the pixels found.

    `content_hash` is SHA-256 in hex, `perceptual_hash` 16 hex digits, `placeholder` a data URI of 16x16
    pixels, `padding` the empty share 0..1; `stand_in` says why the picture shows nobody. When `failure` is set,
    `error` says why and what could not be found is empty; a damaged file still has its content hash.
    """

    content_hash: str = ""
    perceptual_hash: str = ""
    placeholder: str = ""
    padding: float = 0.0
    stand_in: str = ""
    failure: Failure = Failure.NONE
    error: str = ""


def fingerprint(path: str | os.PathLike[str], kind: str = "") -> Fingerprint:
    """Look at one file; never raises. A `kind` of 'logo' gets a placeholder with transparency."""
    try:
        data = read_file(path, MAX_BYTES)
    except OSError as error:
        failure, sentence = failure_of(error)
        return Fingerprint(failure=failure, error=sentence)
    if data is None:
        return Fingerprint(failure=Failure.TOO_LARGE, error="the file has more than 25 MiB")
    return fingerprint_bytes(data, kind)


def fingerprint_bytes(data: bytes, kind: str = "") -> Fingerprint:
    """The same for bytes in memory."""
    digest = hashlib.sha256(data).hexdigest()
    header = read_header_bytes(data)
    try:
        with decoded(data, header, at_least=_WORKING_SIDE) as image:
            return _looked_at(image, digest, kind, by_alpha=header.format == "png" or image.mode == "RGBA")
    except UnreadableImage as error:
        return Fingerprint(digest, failure=error.failure, error=error.message)


def _looked_at(image: Image.Image, digest: str, kind: str, *, by_alpha: bool) -> Fingerprint:
    small = image.reduce(max(1, min(image.size) // _SMALL_SIDE))
    perceptual_hash = difference_hash(small)
    return Fingerprint(
        content_hash=digest,
        perceptual_hash=perceptual_hash,
        placeholder=placeholder(small, kind),
        padding=round(padding(image, by_alpha=by_alpha), 4),
        stand_in=stand_in(small, perceptual_hash, kind),
    )


def placeholder(image: Image.Image, kind: str = "") -> str:
    """A data URI of 16x16 pixels, to be stretched over the picture's place: PNG for logos, else JPEG at 20 %."""
    small = image.resize((PLACEHOLDER_SIDE, PLACEHOLDER_SIDE), Image.Resampling.BILINEAR)
    written = io.BytesIO()
    if kind == "logo":
        small.save(written, "PNG")
        return _data_uri("png", written.getvalue())
    on_grey(small).save(written, "JPEG", quality=20)
    return _data_uri("jpeg", written.getvalue())


def _data_uri(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"
