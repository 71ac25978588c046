"""What an odd picture is and what has to become of it; how its bytes are drawn or built by hand."""

import io
import struct
import zlib
from dataclasses import dataclass, field

from PIL import Image, ImageDraw

PNG = b"\x89PNG\r\n\x1a\n"
ORIENTATION = 0x0112


@dataclass(frozen=True)
class Odd:
    """One file: `oddity` is its number in files-and-platforms.md 6.

    `stored`: the format in which it is kept, blank when it is refused with `words`; `size`, and `mode` (RGB or RGBA)
    of what is kept, where they matter.
    """

    oddity: int
    name: str
    data: bytes = field(repr=False)
    stored: str = ""
    words: str = ""
    size: tuple[int, int] | None = None
    mode: str = ""
    kind: str = "thumb"

    @property
    def title(self) -> str:
        return f"{self.oddity} {self.kind} {self.name}"


def drawing(width: int = 48, height: int = 48, mode: str = "RGB") -> Image.Image:
    """Bright at the right, red at the top left, so that every turn and every flip shows."""
    image = Image.new("RGB", (width, height), (30, 40, 60))
    pen = ImageDraw.Draw(image)
    pen.rectangle((width // 2, 0, width, height), fill=(220, 200, 120))
    pen.rectangle((0, 0, max(0, width // 4 - 1), max(0, height // 4 - 1)), fill=(230, 20, 20))
    if mode == "RGBA":
        image.putalpha(Image.linear_gradient("L").resize(image.size))
        return image
    return image if mode == "RGB" else image.convert(mode)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, depth: int, colour: int, rows: bytes, *more: bytes, interlaced: int = 0) -> bytes:
    """A PNG of these unfiltered rows (each begins with a zero byte); `more` are chunks before the pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced))
    return PNG + head + b"".join(more) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def with_chunk(data: bytes, *chunks: bytes) -> bytes:
    """The PNG with these chunks right after its header."""
    return data[:33] + b"".join(chunks) + data[33:]


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def with_segments(data: bytes, *segments: bytes) -> bytes:
    """The JPEG with these segments right after its first two bytes."""
    return data[:2] + b"".join(segments) + data[2:]


def exif(orientation: int, order: str = "<") -> bytes:
    """A TIFF block that names an orientation, in either byte order."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    entry = struct.pack(f"{order}HHIHH", ORIENTATION, 3, 1, orientation, 0)
    return mark + struct.pack(f"{order}IH", 8, 1) + entry + struct.pack(f"{order}I", 0)
