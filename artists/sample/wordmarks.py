"""Logos and banners: a name set in wide letters, with a frame that touches every edge of the logo."""

import unicodedata
from random import Random

from PIL import Image, ImageDraw, ImageFont

from artists.sample import words
from artists.sample.landscapes import landscape
from artists.sample.palettes import Colour, Size, mixed, palette

Box = tuple[int, int, int, int]
_SHARPER = 2
_ROOM_BESIDE_A_RING = 16
_WITHOUT_PARTS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ß": "ss", "æ": "ae", "Æ": "AE"})


def logo(chance: Random, size: Size, text: str, padding: float) -> Image.Image:
    """A logo on transparent ground; `padding` is the share of each side (0 to 0.9) that stays empty around it."""
    colours = palette(chance)
    inner = (round(size[0] * (1 - padding)), round(size[1] * (1 - padding)))
    mark = _mark(chance, inner, _letters(chance, text), mixed(colours[1], colours[2], 0.55))
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    image.paste(mark, ((size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2))
    return image


def banner(chance: Random, size: Size, text: str) -> Image.Image:
    """A strip of landscape with the name on it."""
    image = landscape(chance, (size[0], size[0] // 3))
    top = image.height // 2 - size[1] // 2
    image = image.crop((0, top, size[0], top + size[1]))
    layer = Image.new("RGBA", image.size, (20, 24, 34, 70))
    margin = round(size[0] * 0.05)
    box = (margin, round(size[1] * 0.32), size[0] - margin, round(size[1] * 0.68))
    letters = _letters(chance, text)
    if letters:
        _write(layer, box, letters, (255, 255, 255), to_the_left=True)
    image.paste(layer, mask=layer.getchannel("A"))
    return image


def _letters(chance: Random, text: str) -> str:
    """What Pillow's own typeface can show: Latin capitals, nothing for other scripts, a town where no text is given."""
    if not text:
        return words.place(chance).upper()
    plain = unicodedata.normalize("NFKD", text.translate(_WITHOUT_PARTS)).encode("ascii", "ignore").decode().strip()
    return plain.upper() if len(plain) >= len(text) - 2 else ""


def _mark(chance: Random, size: Size, text: str, colour: Colour) -> Image.Image:
    width, height = size[0] * _SHARPER, size[1] * _SHARPER
    image = Image.new("RGBA", (width, height), (*colour, 0))
    frame = chance.choice((_rules, _capsule) if len(text) > _ROOM_BESIDE_A_RING else (_rules, _capsule, _ring))
    box = frame(ImageDraw.Draw(image), width, height, colour)
    if text:
        _write(image, box, _in_two_lines(text), colour)
    else:
        _pebbles(chance, ImageDraw.Draw(image), box, colour)
    return image.reduce(_SHARPER)


def _rules(draw: ImageDraw.ImageDraw, width: int, height: int, colour: Colour) -> Box:
    stroke = height // 26 + 2
    draw.rectangle((0, 0, width, stroke), fill=(*colour, 255))
    draw.rectangle((0, height - stroke - 1, width, height), fill=(*colour, 255))
    return 0, round(height * 0.2), width, round(height * 0.8)


def _capsule(draw: ImageDraw.ImageDraw, width: int, height: int, colour: Colour) -> Box:
    edge = (0, 0, width - 1, height - 1)
    draw.rounded_rectangle(edge, radius=height // 3, outline=(*colour, 255), width=height // 26 + 2)
    return height // 4, round(height * 0.22), width - height // 4, round(height * 0.78)


def _ring(draw: ImageDraw.ImageDraw, width: int, height: int, colour: Colour) -> Box:
    fifth = height // 5
    draw.ellipse((0, 0, height - 1, height - 1), fill=(*colour, 255))
    draw.ellipse((fifth, fifth, height - fifth, height - fifth), fill=(*colour, 0))
    draw.rectangle((width - height // 26, 0, width, height), fill=(*colour, 255))
    return height + fifth // 2, round(height * 0.15), width - fifth // 2, round(height * 0.85)


def _pebbles(chance: Random, draw: ImageDraw.ImageDraw, box: Box, colour: Colour) -> None:
    """A row of discs in the place of letters."""
    step, middle = (box[2] - box[0]) / 6, (box[1] + box[3]) / 2
    for place in range(1, 6):
        x, radius = box[0] + step * (place + 0.5) - step / 2, step * chance.uniform(0.2, 0.46)
        draw.ellipse((x - radius, middle - radius, x + radius, middle + radius), fill=(*colour, 255))


def _in_two_lines(text: str) -> str:
    gaps = [place for place, letter in enumerate(text) if letter == " "]
    if len(text) < 13 or not gaps:
        return text
    middle = min(gaps, key=lambda place: abs(place - len(text) / 2))
    return f"{text[:middle]}\n{text[middle + 1 :]}"


def _write(image: Image.Image, box: Box, text: str, colour: Colour, *, to_the_left: bool = False) -> None:
    """Sets the text as large as the box allows."""
    draw = ImageDraw.Draw(image)
    align = "left" if to_the_left else "center"
    left, top, right, bottom = draw.multiline_textbbox((0, 0), text, font=ImageFont.load_default(size=100), align=align)
    scale = min((box[2] - box[0]) / max(1, right - left), (box[3] - box[1]) / max(1, bottom - top))
    font = ImageFont.load_default(size=max(8, 100 * scale))
    left, top, right, bottom = draw.multiline_textbbox((0, 0), text, font=font, align=align)
    x = box[0] if to_the_left else (box[0] + box[2] - (right - left)) / 2
    y = (box[1] + box[3] - (bottom - top)) / 2
    draw.multiline_text((x - left, y - top), text, font=font, fill=(*colour, 255), align=align)
