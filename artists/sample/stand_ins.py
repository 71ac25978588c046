"""Draws what providers show where they have no picture: heads and shoulders, a star, a note, in two close greys."""

from collections.abc import Callable

from PIL import Image, ImageDraw

Shade = tuple[int, int, int]
_LIGHT: tuple[Shade, Shade] = ((238, 239, 242), (200, 202, 208))
_DARK: tuple[Shade, Shade] = ((42, 43, 46), (92, 94, 99))
_CANVAS = 1000
_STAR_RIGHT = ((500, 170), (582, 395), (822, 403), (633, 550), (700, 780), (500, 645))
_STAR = (*_STAR_RIGHT, *((_CANVAS - x, y) for x, y in reversed(_STAR_RIGHT[1:-1])))


def stand_ins() -> dict[str, Image.Image]:
    """Every motif on a light and on a dark ground, in colour RGB, 1000 x 1000 pixels."""
    return {
        f"{motif} {ground}": _drawn(draw, shades)
        for motif, draw in _MOTIFS.items()
        for ground, shades in (("light", _LIGHT), ("dark", _DARK))
    }


def _drawn(draw: Callable[[ImageDraw.ImageDraw, Shade], None], shades: tuple[Shade, Shade]) -> Image.Image:
    image = Image.new("RGB", (_CANVAS, _CANVAS), shades[0])
    draw(ImageDraw.Draw(image), shades[1])
    return image


def _person(pen: ImageDraw.ImageDraw, shade: Shade) -> None:
    pen.ellipse((340, 200, 660, 540), fill=shade)
    pen.ellipse((150, 600, 850, 1400), fill=shade)


def _persons(pen: ImageDraw.ImageDraw, shade: Shade) -> None:
    for middle, top in ((230, 330), (770, 330), (500, 240)):
        pen.ellipse((middle - 110, top, middle + 110, top + 240), fill=shade)
        pen.ellipse((middle - 200, top + 280, middle + 200, top + 1100), fill=shade)


def _star(pen: ImageDraw.ImageDraw, shade: Shade) -> None:
    pen.polygon(_STAR, fill=shade)


def _note(pen: ImageDraw.ImageDraw, shade: Shade) -> None:
    pen.ellipse((310, 610, 530, 780), fill=shade)
    pen.rectangle((485, 230, 530, 700), fill=shade)
    pen.polygon(((530, 230), (690, 360), (690, 470), (530, 370)), fill=shade)


def _microphone(pen: ImageDraw.ImageDraw, shade: Shade) -> None:
    pen.ellipse((500, 180, 780, 460), fill=shade)
    pen.polygon(((500, 380), (580, 460), (290, 800), (220, 740)), fill=shade)


_MOTIFS: dict[str, Callable[[ImageDraw.ImageDraw, Shade], None]] = {
    "person": _person,
    "group": _persons,
    "star": _star,
    "note": _note,
    "microphone": _microphone,
}
