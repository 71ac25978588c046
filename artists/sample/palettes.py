"""Quiet palettes, and the soft gradients that are mixed from them."""

from random import Random

from PIL import Image

Colour = tuple[int, int, int]
Size = tuple[int, int]

_STEP = 4
_PALETTES = (
    "f3e3d3 e0a58a 8c5a5c 2e2a3b",
    "e8ecec a9c0c4 5c7f8d 1f3341",
    "f5ead0 e6c07b b5714a 43302e",
    "e9e4f0 b9a7cf 7c6a9c 2f2944",
    "e6efe2 a8c3a0 5f8a74 22392f",
    "fbeee6 f0b9a0 c56f6b 53334a",
    "eef0f4 b3c2dc 6a83b0 25304f",
    "f4efe4 d3c4a3 94866b 3a372f",
    "e3f1f0 96c8c4 3f8a8c 173b45",
    "fdf1dc f4c98a d98a62 5b3a44",
    "ece7e2 c7b3a8 8e7571 352d30",
    "e5e9f2 c9b4c9 9a7395 3b2a49",
    "f0f3df c9d19a 88995b 32402a",
    "f7e7e7 dcaab0 a0677e 3d2540",
)


def palette(chance: Random) -> list[Colour]:
    """Four colours from light to dark, each a little off the printed one."""
    drift = [chance.randrange(-7, 8) for _ in range(3)]
    return [_drifted(colour, drift) for colour in chance.choice(_PALETTES).split()]


def mixed(first: Colour, second: Colour, share: float) -> Colour:
    """`first` with `share` (0 to 1) of `second` in it."""
    red, green, blue = (round(one + (two - one) * share) for one, two in zip(first, second, strict=True))
    return red, green, blue


def wash(size: Size, corners: tuple[Colour, Colour, Colour, Colour]) -> Image.Image:
    """A gradient between four corner colours: top left, top right, bottom left, bottom right.

    It is worked out for every `_STEP`-th pixel, across which hardly any colour changes: a fifth of the time.
    """
    image = Image.new("RGB", (2, 2))
    for place, colour in enumerate(corners):
        image.putpixel((place % 2, place // 2), colour)
    coarse = (-(-size[0] // _STEP), -(-size[1] // _STEP))
    soft = image.resize(coarse, Image.Resampling.BILINEAR, box=(0.5, 0.5, 1.5, 1.5))
    return soft.resize(size, Image.Resampling.NEAREST)


def _drifted(code: str, drift: list[int]) -> Colour:
    red, green, blue = (min(255, max(0, value + move)) for value, move in zip(bytes.fromhex(code), drift, strict=True))
    return red, green, blue
