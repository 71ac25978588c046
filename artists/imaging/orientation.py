"""EXIF orientation: where the tag lies in a TIFF block, and how to turn pixels upright."""

import struct

from PIL import Image

ORIENTATION_TAG = 0x0112
UPRIGHT = 1
SIDEWAYS = frozenset({5, 6, 7, 8})

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def orientation_in(tiff: bytes) -> int:
    """The orientation 1..8 that the first directory of a TIFF block names; 1 when it names none or is broken."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return UPRIGHT
    try:
        (directory,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, directory)
        for entry in range(directory + 2, directory + 2 + 12 * count, 12):
            tag, kind, _, value = struct.unpack_from(order + "HHIH", tiff, entry)
            if tag == ORIENTATION_TAG:
                return value if kind == 3 and 1 <= value <= 8 else UPRIGHT
    except struct.error:
        return UPRIGHT
    return UPRIGHT


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """The picture as a viewer shows it."""
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)
