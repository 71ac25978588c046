"""Picture files that are not what they seem: bytes for every image oddity."""

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image

from artists.sample.chance import seeded
from artists.sample.mosaics import mosaic
from artists.sample.scenes import thumb
from artists.sample.stamps import chunk

_SIDE = 600
_ORIENTATION = 0x0112
_PNG = b"\x89PNG\r\n\x1a\n"


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The image in one of Pillow's formats."""
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def scene(size: tuple[int, int] = (_SIDE, _SIDE), *parts: object) -> Image.Image:
    return mosaic(seeded("oddities", *parts), size).convert("RGB")


def animated(kind: str) -> bytes:
    """Three frames."""
    frames = [scene((_SIDE, _SIDE), kind, number) for number in range(3)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=200, loop=0)


def rotated() -> bytes:
    """900 x 600 pixels with a note that they are to be turned upright: 600 x 900 to the eye."""
    exif = Image.Exif()
    exif[_ORIENTATION] = 6
    return saved(scene((900, _SIDE), "rotated"), "JPEG", exif=exif)


def multi_picture() -> bytes:
    """An MPO: two JPEGs in one file, as stereo cameras save them."""
    return saved(scene(), "MPO", save_all=True, append_images=[scene((_SIDE, _SIDE), "right eye")])


def sixteen_bits() -> bytes:
    image = Image.new("I;16", (2, 2))
    for place, value in enumerate((0, 21_000, 43_000, 65_535)):
        image.putpixel((place % 2, place // 2), value)
    return saved(image.resize((_SIDE, _SIDE), Image.Resampling.NEAREST), "PNG")


def grey_with_alpha(size: tuple[int, int] = (800, 310)) -> bytes:
    return saved(Image.merge("LA", (scene(size).convert("L"), scene(size, "alpha").convert("L"))), "PNG")


def bomb() -> bytes:
    """A PNG of a few hundred bytes whose header promises 50,000 x 50,000 pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0))
    return _PNG + header + chunk(b"IDAT", zlib.compress(bytes(150_001))) + chunk(b"IEND", b"")


def swollen_text() -> bytes:
    """A small PNG with a compressed comment that unfolds to 64 MB."""
    packer, block = zlib.compressobj(9), bytes(1 << 20)
    packed = b"".join(packer.compress(block) for _ in range(64)) + packer.flush()
    content = saved(scene((_SIDE, _SIDE), "text"), "PNG")
    return content[:33] + chunk(b"zTXt", b"Comment\0\0" + packed) + content[33:]


def many_segments() -> bytes:
    """A JPEG with fifty application segments of 60 KB before the picture."""
    segment = b"\xff\xe5" + struct.pack(">H", 60_002) + b"x" * 60_000
    return thumb()[:20] + segment * 50 + thumb()[20:]


def photo() -> bytes:
    """A JPEG of 1280 x 720 pixels with some grain, large enough to be cut in the middle."""
    return saved(Image.effect_mandelbrot((1280, 720), (-2.2, -1.2, 1.0, 1.2), 60).convert("RGB"), "JPEG")


def avif_head() -> bytes:
    """What a program sees first of an AVIF file; the rest is noise."""
    return b"\0\0\0\x20ftypavif\0\0\0\0avifmif1miafMA1A" + seeded("oddities", "avif").randbytes(4000)


Maker = Callable[[], bytes]
