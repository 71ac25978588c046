"""Tells whether two pictures are the same: byte for byte (SHA-256) or to the eye (difference hash)."""

import hashlib
import os

from PIL import Image

from artists.imaging.source import open_regular

HASH_BITS = 64
_WIDTH, _HEIGHT = 9, 8
_DEGENERATE = frozenset({"", "0" * 16, "f" * 16})


def content_hash(path: str | os.PathLike[str]) -> str:
    """SHA-256 of a regular file, in hex; raises OSError when it cannot be read."""
    with open_regular(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def difference_hash(image: Image.Image) -> str:
    """64 bits as 16 hex digits: bit y*8+x is set when pixel x of row y is brighter than its right neighbour."""
    grey = on_grey(image).convert("L").resize((_WIDTH, _HEIGHT), Image.Resampling.BILINEAR)
    pixels = grey.tobytes()
    value = 0
    for y in range(_HEIGHT):
        row = y * _WIDTH
        for x in range(_WIDTH - 1):
            if pixels[row + x] > pixels[row + x + 1]:
                value |= 1 << (y * 8 + x)
    return f"{value:016x}"


def similarity(first: str, second: str) -> float:
    """1 for equal hashes, 0 for opposite ones; raises ValueError when one is not a hash.

    Ask `is_degenerate` first: flat pictures all resemble each other.
    """
    return 1 - (int(first, 16) ^ int(second, 16)).bit_count() / HASH_BITS


def is_degenerate(value: str) -> bool:
    """A hash that says nothing: none at all, or that of a flat picture or an even slope."""
    return value.lower() in _DEGENERATE


def on_grey(image: Image.Image) -> Image.Image:
    """The picture without transparency.

    Laid on middle grey, because logos are white on nothing as often as black on nothing and either
    would disappear on its own colour.
    """
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGBA", image.size, (128, 128, 128, 255))
    return Image.alpha_composite(ground, image).convert("RGB")
