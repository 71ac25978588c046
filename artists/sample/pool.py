"""The pool of encoded pictures of one library: each is drawn once, when it is first asked for."""

import io
from collections.abc import Callable
from dataclasses import replace

from PIL import Image

from artists.sample.chance import seeded
from artists.sample.landscapes import landscape
from artists.sample.mosaics import bars, mosaic
from artists.sample.pictures_of import Picture
from artists.sample.portraits import portrait
from artists.sample.shapes import OWN_PICTURES_UP_TO, SHAPES, Shape
from artists.sample.wordmarks import banner, logo

Pen = Callable[[int, Picture], Image.Image]


class Pool:
    """Bytes for pictures. Small libraries get every picture drawn for them, big ones share `Shape.breadth` of each."""

    def __init__(self, seed: int, artists: int, *, light: bool) -> None:
        self._seed = seed
        self._pen: Pen = flatly_drawn if light else drawn
        self._shared = light or artists > OWN_PICTURES_UP_TO
        self._encoded: dict[Picture, bytes] = {}

    def content(self, picture: Picture) -> bytes:
        """The encoded file of a picture; equal requests give equal bytes."""
        key = _pooled(picture) if self._shared else picture
        if key not in self._encoded:
            self._encoded[key] = self._encode(key)
        return self._encoded[key]

    def _encode(self, picture: Picture) -> bytes:
        if picture.again:
            return _coarser(self.content(replace(picture, again=False)))
        return encoded(self._pen(self._seed, picture), picture.suffix)


def drawn(seed: int, picture: Picture) -> Image.Image:
    """The picture itself; its look depends on nothing but the seed and what was asked for."""
    shape = SHAPES[picture.shape]
    chance = seeded(seed, picture.shape, picture.number, picture.motif)
    size = _size(shape, picture)
    match picture.shape.partition(".")[0]:
        case "thumb":
            return portrait(chance, size, picture.motif)
        case "fanart":
            return landscape(chance, size)
        case "logo":
            return logo(chance, size, picture.text, shape.padding)
        case _:
            return banner(chance, size, picture.text)


def flatly_drawn(seed: int, picture: Picture) -> Image.Image:
    """The same size in as few bytes as JPEG and PNG allow."""
    shape = SHAPES[picture.shape]
    chance = seeded(seed, picture.shape, picture.number, picture.motif)
    if picture.shape.startswith("logo"):
        return bars(chance, _size(shape, picture), shape.padding)
    return mosaic(chance, _size(shape, picture))


def encoded(image: Image.Image, suffix: str) -> bytes:
    """JPEG or PNG bytes as a careful person would save them."""
    stream = io.BytesIO()
    if suffix == "png":
        image.save(stream, "PNG", **({"transparency": 0} if image.mode == "P" else {}))
    else:
        image.save(stream, "JPEG", quality=86, optimize=True)
    return stream.getvalue()


def _pooled(picture: Picture) -> Picture:
    return replace(picture, number=picture.number % SHAPES[picture.shape].breadth, text="")


def _size(shape: Shape, picture: Picture) -> tuple[int, int]:
    return shape.sizes[picture.number % len(shape.sizes)]


def _coarser(content: bytes) -> bytes:
    stream = io.BytesIO()
    with Image.open(io.BytesIO(content)) as image:
        image.save(stream, "JPEG", quality=58)
    return stream.getvalue()
