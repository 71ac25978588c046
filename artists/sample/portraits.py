"""Abstract portraits: one sitter, a group, or a still life of circles, in three quiet colours."""

from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw

from artists.sample.palettes import Colour, Size, mixed, palette, wash

CANVAS = 1200
"""Pixels of the shorter side while drawing; the result is scaled, which also smooths the edges."""


def portrait(chance: Random, size: Size, motif: str) -> Image.Image:
    """A portrait of `size`; `motif` is solo, several, or anything else for a still life."""
    scale = CANVAS / min(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    colours = palette(chance)
    image = wash((width, height), _backdrop(chance, colours))
    draw = ImageDraw.Draw(image, "RGBA")
    _disc(
        draw,
        chance.uniform(0.15, 0.85) * width,
        chance.uniform(0.2, 0.5) * height,
        chance.uniform(200, 430),
        (*colours[0], 120),
    )
    motifs: dict[str, _Motif] = {"solo": _sitter, "several": _group}
    motifs.get(motif, _still_life)(chance, image, colours)
    return image.resize(size, Image.Resampling.HAMMING)


_Motif = Callable[[Random, Image.Image, list[Colour]], None]


def _backdrop(chance: Random, colours: list[Colour]) -> tuple[Colour, Colour, Colour, Colour]:
    light, middle, deep = colours[0], colours[1], mixed(colours[1], colours[2], 0.6)
    corners = [light, middle, middle, deep]
    if chance.random() < 0.5:
        corners = [middle, light, deep, middle]
    return corners[0], corners[1], corners[2], corners[3]


def _sitter(chance: Random, image: Image.Image, colours: list[Colour]) -> None:
    width, height = image.size
    size = chance.uniform(0.95, 1.2)
    middle = width * chance.uniform(0.42, 0.58)
    _figure(chance, image, middle, height, size, colours[2], colours[3])


def _group(chance: Random, image: Image.Image, colours: list[Colour]) -> None:
    width, height = image.size
    count = chance.randrange(3, 5)
    for back in range(count):
        middle = width * (back + 0.9 + chance.uniform(-0.12, 0.12)) / (count + 0.8)
        share = chance.uniform(0.0, 0.55)
        body, dark = mixed(colours[1], colours[2], 0.75 + share / 3), mixed(colours[2], colours[3], 0.35 + share)
        _figure(chance, image, middle, height, chance.uniform(0.58, 0.78), body, dark)


def _figure(
    chance: Random, image: Image.Image, middle: float, floor: float, size: float, lit: Colour, dark: Colour
) -> None:
    """Head, neck and shoulders as a mask; the light falls on one side of it."""
    head, shoulder = 190 * size, 430 * size
    left, top = round(middle - shoulder), round(floor - 960 * size)
    mask = _outline(chance, (round(2 * shoulder), round(floor) - top), head, shoulder)
    corners = (lit, dark, lit, dark) if chance.random() < 0.5 else (dark, lit, dark, lit)
    image.paste(wash(mask.size, corners), (left, top), mask)


def _outline(chance: Random, size: Size, head: float, shoulder: float) -> Image.Image:
    mask = Image.new("L", size, 0)
    draw = ImageDraw.Draw(mask)
    middle, brow = size[0] / 2, head * 320 / 190
    draw.ellipse((middle - head * 0.82, brow - head, middle + head * 0.82, brow + head), fill=255)
    draw.rectangle((middle - head * 0.36, brow, middle + head * 0.36, brow + head * 1.6), fill=255)
    draw.ellipse((0, size[1] - shoulder * 0.826, size[0], size[1] + shoulder * 1.21), fill=255)
    if chance.random() < 0.6:
        _hair(chance, draw, middle, brow, head)
    return mask


def _hair(chance: Random, draw: ImageDraw.ImageDraw, middle: float, brow: float, head: float) -> None:
    if chance.random() < 0.5:
        _disc(draw, middle, brow - head * 1.05, head * chance.uniform(0.4, 0.58), 255)
    else:
        length = head * chance.uniform(0.5, 1.5)
        draw.rounded_rectangle((middle - head, brow - head * 1.05, middle + head, brow + length), radius=head, fill=255)


def _still_life(chance: Random, image: Image.Image, colours: list[Colour]) -> None:
    width, height = image.size
    draw = ImageDraw.Draw(image, "RGBA")
    for colour in (colours[1], colours[2], colours[3], colours[0]):
        radius = chance.uniform(150, 380)
        _disc(draw, chance.uniform(0.2, 0.8) * width, chance.uniform(0.25, 0.8) * height, radius, (*colour, 205))
    draw.rectangle((0, height * 0.86, width, height), fill=(*colours[3], 235))


def _disc(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, fill: int | tuple[int, ...]) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)
