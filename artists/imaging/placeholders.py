"""Recognises what providers show for somebody of whom they have no picture: silhouettes, stars, empty squares.

Two tests: the picture is nearly one colour, or it is a flat drawing in two or three close greys, and either evenly
built left and right or known by its difference hash. A logo is such a drawing as well, but full of edges or contrast;
and what is meant to be a logo is never asked about. Facts: users-and-risks.md 1, Images.
"""

import itertools
from collections.abc import Sequence

from PIL import Image

from artists.imaging.hashing import HASH_BITS, on_grey, similarity

KNOWN_HASHES = frozenset(
    {
        "03070f0e0e0e0c00", "c0e0f07070703000", "01010f2b2b0f0c00", "8080f0d4d4f03000",
        "0012160e0f0e0800", "00686870f0f03000", "0006060e08180800", "0018383070603000",
        "000303060c181800", "000c1c38f0e0e000",
    }
)  # fmt: skip
"""Difference hashes of placeholders as we draw them (artists/sample/stand_ins.py; a test compares)."""

NEARLY_ONE_COLOUR = "nearly one colour"
A_SILHOUETTE = "a silhouette or symbol"

_SIDE = 32
_KNOWN_BITS = 4
_SAME_LEVEL = 6
_FLAT_LEVELS = 12
_GREY_SPREAD = 24
_CONTRAST = range(8, 131)
_DRAWN_SHARE = 0.85
_UNEVEN_SHARE = 0.05
_MOST_EDGES = 6
_MEAN_EDGES = 3.5


def stand_in(image: Image.Image, perceptual_hash: str, kind: str = "") -> str:
    """Why the picture (RGB or RGBA, upright) shows nobody, as the end of "the picture is …"; '' where it does.

    `kind` is the slot that it is for.
    """
    if kind == "logo" or image.has_transparency_data:
        return ""
    small = on_grey(image).convert("RGB").resize((_SIDE, _SIDE), Image.Resampling.BOX)
    if _is_flat(small):
        return NEARLY_ONE_COLOUR
    if kind in ("", "thumb") and 0.75 <= image.width / image.height <= 1.34 and _is_drawn(small, perceptual_hash):
        return A_SILHOUETTE
    return ""


def _is_flat(small: Image.Image) -> bool:
    return all(_reach(channel, 0.98) <= _FLAT_LEVELS for channel in small.split())


def _is_drawn(small: Image.Image, perceptual_hash: str) -> bool:
    if not _is_grey(small):
        return False
    grey = small.convert("L")
    ground, figure, share = _tones(grey.histogram())
    if share < _DRAWN_SHARE or abs(ground - figure) not in _CONTRAST:
        return False
    rows = _rows(grey, (ground + figure) / 2)
    return _few_edges(rows) and (_is_even(rows) or _is_known(perceptual_hash))


def _is_grey(small: Image.Image) -> bool:
    hue_free = sorted(max(pixel) - min(pixel) for pixel in _pixels(small))
    return hue_free[int(len(hue_free) * 0.95)] <= _GREY_SPREAD


def _pixels(small: Image.Image) -> list[tuple[int, int, int]]:
    data = small.tobytes()
    return list(zip(data[::3], data[1::3], data[2::3], strict=True))


def _tones(histogram: Sequence[int]) -> tuple[int, int, float]:
    """The two commonest grey levels, and the share of the picture that three levels and their neighbours cover."""
    left, found, covered = list(histogram), [], 0
    for _ in range(3):
        level = max(range(256), key=left.__getitem__)
        near = range(max(0, level - _SAME_LEVEL), min(256, level + _SAME_LEVEL + 1))
        covered += sum(left[each] for each in near)
        for each in near:
            left[each] = 0
        found.append(level)
    return found[0], found[1], covered / sum(histogram)


def _rows(grey: Image.Image, middle: float) -> list[list[bool]]:
    data = grey.tobytes()
    return [[level > middle for level in data[start : start + _SIDE]] for start in range(0, len(data), _SIDE)]


def _few_edges(rows: Sequence[Sequence[bool]]) -> bool:
    counts = [sum(one != two for one, two in itertools.pairwise(row)) for row in rows]
    return max(counts) <= _MOST_EDGES and sum(counts) / len(counts) <= _MEAN_EDGES


def _is_even(rows: Sequence[Sequence[bool]]) -> bool:
    uneven = sum(one != two for row in rows for one, two in zip(row, reversed(row), strict=True))
    return uneven / (_SIDE * _SIDE) <= _UNEVEN_SHARE


def _is_known(perceptual_hash: str) -> bool:
    if not perceptual_hash:
        return False
    least = 1 - _KNOWN_BITS / HASH_BITS
    return any(similarity(perceptual_hash, known) >= least for known in KNOWN_HASHES)


def _reach(channel: Image.Image, share: float) -> int:
    """How many levels lie between the darkest and the brightest, an outermost share left out on either side."""
    levels = sorted(channel.tobytes())
    edge = round(len(levels) * (1 - share) / 2)
    return levels[-1 - edge] - levels[edge]
