"""The one place that turns bytes into pixels: bounded in size, upright, and always RGB or RGBA."""

import io
import warnings

from PIL import Image

from artists.imaging.headers import ImageHeader
from artists.imaging.orientation import upright
from artists.imaging.source import Failure
from stillwater.errors import Unprocessable

MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 50_000_000

warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


class UnreadableImage(Unprocessable):
    """The bytes are no picture that we can use; `failure` says in which way."""

    def __init__(self, message: str, failure: Failure) -> None:
        super().__init__(message)
        self.failure = failure


def decode(data: bytes, header: ImageHeader, *, at_least: int = 0) -> Image.Image:
    """The first frame as a viewer shows it, in RGB or RGBA; `header` is that of `data`.

    With `at_least` a JPEG may come back smaller, but no side below that many pixels unless it was
    smaller before: libjpeg then skips most of the work. Raises UnreadableImage.
    """
    if not header.readable:
        raise UnreadableImage(header.error, header.failure)
    if header.pixels > MAX_PIXELS:
        raise _too_many_pixels(header.width, header.height)
    try:
        image = _load(data, header, at_least)
    except UnreadableImage:
        raise
    except Exception as error:  # Pillow's readers raise nearly anything on broken input
        raise UnreadableImage(f"the picture is damaged ({error})", Failure.DAMAGED) from error
    return upright(image, header.orientation)


def _load(data: bytes, header: ImageHeader, at_least: int) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=(header.format.upper(),)) as image:
        # Our parser and Pillow may disagree about a hostile file, so the size is asked twice.
        if image.width * image.height > MAX_PIXELS:
            raise _too_many_pixels(*image.size)
        if at_least:
            image.draft(None, (at_least, at_least))
        image.load()
        return _normalised(image)


def _normalised(image: Image.Image) -> Image.Image:
    """RGBA where something may be transparent, else RGB."""
    if image.mode in {"RGB", "RGBA"} and "transparency" not in image.info:
        return image.copy()
    if image.mode.startswith(("I", "F")):
        # Pillow clips 16-bit grey at 255 instead of scaling it.
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _too_many_pixels(width: int, height: int) -> UnreadableImage:
    return UnreadableImage(f"the picture has {width} x {height} pixels, more than 50 million", Failure.TOO_LARGE)
