"""26 and 35: what is small on the disk and huge in memory, and what carries more than a picture."""

import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from tests.artists.imaging.corpus.cases import (
    PNG,
    Odd,
    chunk,
    drawing,
    exif,
    png,
    saved,
    segment,
    with_chunk,
    with_segments,
)

TOO_MANY = "50 million"
PROFILE = b"\0" * 16 + b"RGB " + b"\0" * 108
XMP = b"http://ns.adobe.com/xap/1.0/\0"


def heavy() -> Iterator[Odd]:
    yield from _bombs()
    yield from _swollen()
    yield from _laden_jpegs()
    yield from _laden_pngs()


def ten_thousand_square() -> bytes:
    """About 390 KB that decode to 400 MB: 10,000 x 10,000 pixels of one colour, whole and valid."""
    packer = zlib.compressobj(9)
    row = b"\0" + bytes(30_000)
    packed = b"".join(packer.compress(row) for _ in range(10_000)) + packer.flush()
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 10_000, 10_000, 8, 2, 0, 0, 0))
    return PNG + head + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def _bombs() -> Iterator[Odd]:
    for width, height in ((50_000, 50_000), (10_000, 10_000), (2**31 - 1, 2), (7_072, 7_072)):
        yield Odd(26, f"PNG that promises {width} x {height}", png(width, height, 8, 2, bytes(9000)), words=TOO_MANY)
    jpeg = bytearray(saved(drawing(), "JPEG"))
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg[at : at + 4] = b"\xff\xff\xff\xff"
    yield Odd(26, "JPEG that promises 65,535 x 65,535", bytes(jpeg), words=TOO_MANY)
    webp = bytearray(saved(drawing(mode="RGBA"), "WEBP"))
    assert webp[12:16] == b"VP8X"
    webp[24:30] = b"\xff\xff\x00\xff\xff\x00"
    yield Odd(26, "WebP that promises 65,536 x 65,536", bytes(webp), words="25 million")
    yield Odd(26, "a real one of 10,000 x 10,000", ten_thousand_square(), words=TOO_MANY)
    yield Odd(26, "one byte more than 25 MiB", b"\xff\xd8\xff" + bytes(25 * 1024 * 1024 - 2), words="25 MiB")


def _swollen() -> Iterator[Odd]:
    """Comments and profiles that unfold to 64 MB: refused or dropped, never unfolded into what is stored."""
    packer, block = zlib.compressobj(9), bytes(1 << 20)
    packed = b"".join(packer.compress(block) for _ in range(64)) + packer.flush()
    whole = saved(drawing(), "PNG")
    for name, kind, body in (
        ("a comment", b"zTXt", b"Comment\0\0" + packed),
        ("an international comment", b"iTXt", b"Comment\0\x01\0\0\0" + packed),
        ("a colour profile", b"iCCP", b"swollen\0\0" + packed),
    ):
        yield Odd(26, f"PNG with {name} of 64 MB", with_chunk(whole, chunk(kind, body)), "png or refused")


def _laden_jpegs() -> Iterator[Odd]:
    whole, plain = saved(drawing(), "JPEG"), {"stored": "jpeg", "size": (48, 48), "mode": "RGB"}
    many = [segment(0xE5, b"x" * 60_000) for _ in range(50)]
    place = XMP + b"<x:xmpmeta><exif:GPSLatitude>59,54N</exif:GPSLatitude></x:xmpmeta>"
    for name, segments in (
        ("fifty application segments", many),
        ("four hundred small ones", [segment(0xEB, b"y") for _ in range(390)]),
        ("XMP", [segment(0xE1, XMP + b"<x:xmpmeta>painter</x:xmpmeta>")]),
        ("XMP that names a place", [segment(0xE1, place)]),
        ("two EXIF blocks", [segment(0xE1, b"Exif\0\0" + exif(1))] * 2),
        ("Photoshop's block", [segment(0xED, b"Photoshop 3.0\x008BIM" + bytes(400))]),
        ("comments", [segment(0xFE, b"hello" * 1000)] * 3),
        ("filling bytes", [b"\xff\xff\xff" + segment(0xFE, b"x")]),
        ("an empty segment", [segment(0xE7, b"")]),
    ):
        yield Odd(35, f"JPEG with {name}", with_segments(whole, *segments), **plain)  # type: ignore[arg-type]
    profile = PROFILE + bytes(150_000)
    yield Odd(35, "JPEG with a large colour profile", saved(drawing(), "JPEG", icc_profile=profile), "jpeg")
    yield Odd(35, "JPEG with a CMYK profile", saved(drawing(mode="CMYK"), "JPEG", icc_profile=_cmyk()), "jpeg")


def _cmyk() -> bytes:
    return b"\0" * 16 + b"CMYK" + b"\0" * 108


def _laden_pngs() -> Iterator[Odd]:
    whole = saved(drawing(), "PNG")
    for name, chunks in (
        ("a comment", [chunk(b"tEXt", b"Comment\0hello")]),
        ("a comment of 200 KB", [chunk(b"tEXt", b"Comment\0" + b"x" * 200_000)]),
        ("XMP that names a place", [chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0exif:GPSLatitude")]),
        ("camera data", [chunk(b"eXIf", exif(1))]),
        ("our mark twice", [chunk(b"tEXt", b"ImageDescription\0stillwater:v1|x")] * 2),
        ("chunks that nobody knows", [chunk(b"prVt", bytes(90))] * 20),
        ("a resolution", [chunk(b"pHYs", struct.pack(">IIB", 3000, 3000, 1))]),
    ):
        yield Odd(35, f"PNG with {name}", with_chunk(whole, *chunks), "png", size=(48, 48), mode="RGB")
    yield Odd(35, "PNG with a colour profile", saved(drawing(), "PNG", icc_profile=PROFILE), "png", mode="RGB")
    yield Odd(35, "WebP with a colour profile", saved(drawing(), "WEBP", icc_profile=PROFILE), "png")
    noisy = Image.effect_noise((300, 300), 90).convert("RGB")
    yield Odd(35, "PNG that does not compress", saved(noisy, "PNG"), "png", size=(300, 300))
