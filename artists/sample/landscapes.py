"""Landscapes of layered hills under a wide sky: fanart and the ground of banners."""

import math
from random import Random

from PIL import Image, ImageDraw

from artists.sample.palettes import Colour, Size, mixed, palette, wash

CANVAS_WIDTH = 1280
_STEP = 8


def landscape(chance: Random, size: Size) -> Image.Image:
    """A landscape of `size`, drawn on a canvas of its shape and scaled."""
    canvas = (CANVAS_WIDTH, max(1, round(CANVAS_WIDTH * size[1] / size[0])))
    colours = palette(chance)
    image = _sky(chance, canvas, colours)
    layers = chance.randrange(4, 7)
    water = chance.random() < 0.35
    for layer in range(layers):
        depth = layer / (layers - 1)
        _ridge(chance, image, depth, _shade(colours, depth))
        if water and layer == layers - 3:
            _water(chance, image, colours)
    return image if image.size == size else image.resize(size, Image.Resampling.BILINEAR)


def _sky(chance: Random, size: Size, colours: list[Colour]) -> Image.Image:
    glow, far = colours[0], mixed(colours[1], colours[2], chance.uniform(0.0, 0.55))
    corners = (far, mixed(far, glow, 0.5), mixed(far, glow, 0.6), glow)
    if chance.random() < 0.5:
        corners = (corners[1], corners[0], corners[3], corners[2])
    image = wash(size, corners)
    draw = ImageDraw.Draw(image, "RGBA")
    x, y = chance.uniform(0.1, 0.9) * size[0], chance.uniform(0.15, 0.45) * size[1]
    radius = chance.uniform(0.06, 0.2) * size[1]
    for ring in (1.9, 1.4, 1.0):
        spread = radius * ring
        draw.ellipse((x - spread, y - spread, x + spread, y + spread), fill=(*colours[0], 70 if ring > 1 else 235))
    return image


def _shade(colours: list[Colour], depth: float) -> Colour:
    near = mixed(colours[2], colours[3], max(0.0, depth * 2 - 1))
    return mixed(mixed(colours[1], colours[2], 0.25), near, min(1.0, depth * 1.4))


def _ridge(chance: Random, image: Image.Image, depth: float, colour: Colour) -> None:
    """One range of hills: a sum of slow waves."""
    width, height = image.size
    base = height * (0.5 + 0.42 * depth + chance.uniform(-0.04, 0.04))
    waves = [
        (
            height * 0.13 / octave * chance.uniform(0.5, 1.1),
            octave * chance.uniform(1.2, 2.4),
            chance.uniform(0, math.tau),
        )
        for octave in (1, 2, 5)
    ]
    line = [
        (float(x), base - sum(lift * math.sin(pace * x / width * math.pi + start) for lift, pace, start in waves))
        for x in range(0, width + _STEP, _STEP)
    ]
    top = min(height - 1, max(0, math.floor(min(y for _, y in line))))
    mask = _below(line, (width, height - top), top)
    mist = mixed(colour, (255, 255, 255), 0.16)
    image.paste(wash(mask.size, (colour, colour, mist, mixed(colour, mist, 0.4))), (0, top), mask)


def _below(line: list[tuple[float, float]], size: Size, top: int) -> Image.Image:
    """A mask of what lies below the line, smooth because it is drawn at double size."""
    width, height = 2 * size[0], 2 * size[1]
    mask = Image.new("L", (width, height), 0)
    edge = [(2 * x, 2 * (y - top)) for x, y in line]
    ImageDraw.Draw(mask).polygon([*edge, (width + 2 * _STEP, height), (0, height)], fill=255)
    return mask.reduce(2)


def _water(chance: Random, image: Image.Image, colours: list[Colour]) -> None:
    width, height = image.size
    level = round(height * chance.uniform(0.66, 0.72))
    light, deep = mixed(colours[0], colours[1], 0.45), mixed(colours[1], colours[2], 0.6)
    image.paste(wash((width, height - level), (light, deep, deep, colours[2])), (0, level))
    draw = ImageDraw.Draw(image, "RGBA")
    for _ in range(14):
        x, y, reach = chance.uniform(0, width), chance.uniform(level + 8, height), chance.uniform(40, 210)
        draw.line((x, y, x + reach, y), fill=(*colours[0], 60), width=2)
