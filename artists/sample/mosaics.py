"""Cheap stand-ins for pictures: true pixel sizes in few bytes, each with a fingerprint of its own."""

import math
from random import Random

from PIL import Image

from artists.sample.palettes import Size, mixed, palette

_TILES = (9, 8)
_BLOCK = 8


def mosaic(chance: Random, size: Size) -> Image.Image:
    """72 flat tiles, grey and with their edges on the 8-pixel grid of JPEG, because both save bytes."""
    tiles = Image.new("L", _TILES)
    tiles.putdata([chance.randrange(30, 226) for _ in range(_TILES[0] * _TILES[1])])
    blocks = (math.ceil(size[0] / _BLOCK), math.ceil(size[1] / _BLOCK))
    return (
        tiles.resize(blocks, Image.Resampling.NEAREST)
        .resize((blocks[0] * _BLOCK, blocks[1] * _BLOCK), Image.Resampling.NEAREST)
        .crop((0, 0, *size))
    )


def bars(chance: Random, size: Size, padding: float) -> Image.Image:
    """A logo of upright bars of one colour on transparent ground, `padding` being the empty share of each side."""
    colours = palette(chance)
    image = Image.new("P", (16, 4), 0)
    image.putpalette([0, 0, 0, *mixed(colours[1], colours[2], 0.5)])
    image.putdata([int(x in (0, 15) or chance.random() < 0.5) for _ in range(4) for x in range(16)])
    inner = (round(size[0] * (1 - padding)), round(size[1] * (1 - padding)))
    logo = Image.new("P", size, 0)
    logo.putpalette(image.getpalette() or [])
    logo.paste(image.resize(inner, Image.Resampling.NEAREST), ((size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2))
    logo.info["transparency"] = 0
    return logo
