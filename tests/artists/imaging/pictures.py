"""Draws the pictures that these tests look at."""

import io

from PIL import Image, ImageDraw


def scene(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture with a dark left half, a bright right half and a red corner at the top left."""
    image = Image.new("RGB", (width, height), (30, 40, 60))
    pen = ImageDraw.Draw(image)
    pen.rectangle((width // 2, 0, width, height), fill=(220, 200, 120))
    pen.rectangle((0, 0, width // 4, height // 4), fill=(230, 20, 20))
    return image.convert(mode)


def logo(width: int, height: int, box: tuple[int, int, int, int]) -> Image.Image:
    """Black on nothing: only `box` (right and bottom excluded) is opaque."""
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), box)
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def turned(image: Image.Image, orientation: int, kind: str = "JPEG") -> bytes:
    """Bytes that carry this EXIF orientation."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(image, kind, exif=exif.tobytes())
