"""The one place that turns bytes into pixels: bounded in size, upright, and always RGB or RGBA."""

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PIL import Image

from artists.imaging.headers import ImageHeader
from artists.imaging.orientation import upright
from artists.imaging.source import Failure
from stillwater.errors import Unavailable, Unprocessable

MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_WEBP_PIXELS = 25_000_000
"""The decoder of WebP holds each picture four times over while it works."""

MOST_AT_ONCE = 2
WAIT_SECONDS = 30.0

warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


class UnreadableImage(Unprocessable):
    """The bytes are no picture that we can use; `failure` says in which way."""

    def __init__(self, message: str, failure: Failure) -> None:
        super().__init__(message)
        self.failure = failure


class Room:
    """Lets `at_once` threads in, and no more together than `most`, whatever that counts; one is never too large.

    Whoever has a place may ask again: the same work is not counted twice. Others wait for so many seconds.
    """

    def __init__(self, most: int, at_once: int, seconds: float = WAIT_SECONDS) -> None:
        self.most, self.at_once, self.seconds = most, at_once, seconds
        self._changed = threading.Condition()
        self._taken: dict[int, int] = {}

    @contextmanager
    def place(self, wanted: int) -> Iterator[None]:
        """Raises Unavailable when there is no place in time."""
        me = threading.get_ident()
        if me in self._taken:
            yield
            return
        with self._changed:
            if not self._changed.wait_for(lambda: self._fits(wanted), self.seconds):
                raise Unavailable("too many pictures are being worked on; try again in a moment")
            self._taken[me] = wanted
        try:
            yield
        finally:
            with self._changed:
                del self._taken[me]
                self._changed.notify_all()

    def _fits(self, wanted: int) -> bool:
        few = len(self._taken) < self.at_once
        return not self._taken or (few and sum(self._taken.values()) + wanted <= self.most)


room = Room(MAX_PIXELS, MOST_AT_ONCE)
"""For pictures that are decoded, by their pixels (S25): each takes four bytes, and four more while it is turned or
converted: 400 MB for the largest picture that we take."""


@contextmanager
def decoded(data: bytes, header: ImageHeader, *, at_least: int = 0) -> Iterator[Image.Image]:
    """The picture as `decode` gives it, for as long as there is room for it. Raises UnreadableImage, Unavailable."""
    refuse_unfit(header)
    with room.place(header.pixels * (MAX_PIXELS // _most_pixels(header))):
        image = decode(data, header, at_least=at_least)
        try:
            yield image
        finally:
            image.close()  # the pixels are gone when the place is given to the next one


def refuse_unfit(header: ImageHeader) -> None:
    """Raises UnreadableImage for what will not be decoded, whatever its pixels are."""
    if not header.readable:
        raise UnreadableImage(header.error, header.failure)
    if header.pixels > _most_pixels(header):
        raise _too_many_pixels(header)


def decode(data: bytes, header: ImageHeader, *, at_least: int = 0) -> Image.Image:
    """The first frame as a viewer shows it, in RGB or RGBA; `header` is that of `data`.

    With `at_least` a JPEG may come back smaller, but no side below that many pixels unless it was
    smaller before: libjpeg then skips most of the work. Raises UnreadableImage.
    """
    refuse_unfit(header)
    try:
        image = _load(data, header, at_least)
    except UnreadableImage:
        raise
    except Exception as error:  # Pillow's readers raise nearly anything on broken input
        raise UnreadableImage(_damage(error), Failure.DAMAGED) from error
    return upright(image, header.orientation)


def _damage(error: Exception) -> str:
    """What Pillow's readers say of the file is plain in this one type; elsewhere they speak of their own insides."""
    return f"the picture is damaged ({error})" if type(error) is OSError else "the picture is damaged"


def _load(data: bytes, header: ImageHeader, at_least: int) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=(header.format.upper(),)) as image:
        # Our parser and Pillow may disagree about a hostile file, so the size is asked twice.
        if image.width * image.height > MAX_PIXELS:
            raise _too_many_pixels(replace(header, width=image.width, height=image.height))
        if at_least:
            image.draft(None, (at_least, at_least))
        image.load()
        return _normalised(image)


def _normalised(image: Image.Image) -> Image.Image:
    """RGBA where something may be transparent, else RGB."""
    if image.mode in {"RGB", "RGBA"} and "transparency" not in image.info:
        return image  # loaded, so that it needs its file no more; a copy would be another 200 MB
    if image.mode.startswith(("I", "F")):
        # Pillow clips 16-bit grey at 255 instead of scaling it.
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _most_pixels(header: ImageHeader) -> int:
    return MAX_WEBP_PIXELS if header.format == "webp" else MAX_PIXELS


def _too_many_pixels(header: ImageHeader) -> UnreadableImage:
    most = "25 million, the most for WebP" if header.format == "webp" else "50 million"
    sentence = f"the picture has {header.width} x {header.height} pixels, more than {most}"
    return UnreadableImage(sentence, Failure.TOO_LARGE)
