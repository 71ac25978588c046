"""22 to 24 and 27 to 29: colours, depths, turns, and sizes at the edge."""

import struct
from collections.abc import Iterator

from PIL import Image

from tests.artists.imaging.corpus.cases import Odd, chunk, drawing, exif, png, saved, segment, with_chunk, with_segments

SIDEWAYS = range(5, 9)


def shapes() -> Iterator[Odd]:
    yield from _colours()
    yield from _turned()
    yield from _depths()
    yield from _empty_logos()
    yield from _edges()
    yield from _flat()


def _colours() -> Iterator[Odd]:
    yield Odd(22, "CMYK JPEG", saved(drawing(mode="CMYK"), "JPEG"), "jpeg", mode="RGB", size=(48, 48))
    yield Odd(22, "progressive CMYK", saved(drawing(mode="CMYK"), "JPEG", progressive=True), "jpeg", mode="RGB")
    yield Odd(22, "CMYK logo", saved(drawing(mode="CMYK"), "JPEG"), "png", mode="RGB", kind="logo")
    adobe = segment(0xEE, b"Adobe\0\x64\0\0\0\0\x02")
    yield Odd(22, "YCCK by Adobe's mark", with_segments(_without(saved(drawing(mode="CMYK"), "JPEG"), 0xEE), adobe),
              "jpeg", mode="RGB")  # fmt: skip
    yield Odd(22, "grey JPEG", saved(drawing(mode="L"), "JPEG"), "jpeg", size=(48, 48))
    yield Odd(22, "JPEG without subsampling", saved(drawing(), "JPEG", subsampling=0), "jpeg", mode="RGB")


def _without(data: bytes, marker: int) -> bytes:
    """The JPEG without its segments of that kind before the first scan."""
    kept, at = data[:2], 2
    while data[at + 1] != 0xDA:
        length = int.from_bytes(data[at + 2 : at + 4]) + 2
        kept += b"" if data[at + 1] == marker else data[at : at + length]
        at += length
    return kept + data[at:]


def _turned() -> Iterator[Odd]:
    for turn in range(9):
        size = (32, 48) if turn in SIDEWAYS else (48, 32)
        for order in "<>":
            data = with_segments(saved(drawing(48, 32), "JPEG"), segment(0xE1, b"Exif\0\0" + exif(turn, order)))
            yield Odd(23, f"JPEG turned by {turn} ({order})", data, "jpeg", size=size)
        data = with_chunk(saved(drawing(48, 32), "PNG"), chunk(b"eXIf", exif(turn)))
        yield Odd(23, f"PNG turned by {turn}", data, "png", size=size)
        data = saved(drawing(48, 32), "WEBP", exif=b"Exif\0\0" + exif(turn), lossless=True)
        yield Odd(23, f"WebP turned by {turn}", data, "png", size=size)
    broken = with_segments(saved(drawing(48, 32), "JPEG"), segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff"))
    yield Odd(23, "EXIF that leads nowhere", broken, "jpeg", size=(48, 32))


def _depths() -> Iterator[Odd]:
    rgb, alpha = drawing(), drawing(mode="RGBA")
    grey_alpha = Image.merge("LA", (drawing(mode="L"), drawing(mode="L")))
    transparent = struct.pack(">HHH", 30, 40, 60)
    for kind in ("thumb", "logo"):
        yield Odd(24, "black and white", saved(rgb.convert("1"), "PNG"), "png", mode="RGB", kind=kind)
        yield Odd(24, "grey", saved(rgb.convert("L"), "PNG"), "png", mode="RGB", kind=kind)
        yield Odd(24, "grey with alpha", saved(grey_alpha, "PNG"), "png", mode="RGBA", kind=kind)
        yield Odd(24, "palette", saved(rgb.convert("P"), "PNG"), "png", mode="RGB", kind=kind)
        yield Odd(24, "palette, one colour clear", saved(rgb.convert("P"), "PNG", transparency=7), "png", kind=kind)
        yield Odd(24, "palette with alpha", saved(alpha.quantize(32), "PNG"), "png", mode="RGBA", kind=kind)
        yield Odd(24, "one colour clear", with_chunk(saved(rgb, "PNG"), chunk(b"tRNS", transparent)), "png",
                  mode="RGBA", kind=kind)  # fmt: skip
        yield Odd(24, "colour with alpha", saved(alpha, "PNG"), "png", mode="RGBA", kind=kind)
        yield Odd(24, "16 bits of grey", _deep(0, b"\x12\x34"), "png", mode="RGB", size=(8, 8), kind=kind)
        yield Odd(24, "16 bits of colour", _deep(2, b"\x12\x34" * 3), "png", mode="RGB", size=(8, 8), kind=kind)
        yield Odd(24, "16 bits with alpha", _deep(6, b"\x12\x34" * 3 + b"\xff\xff"), "png", mode="RGBA", kind=kind)
        yield Odd(24, "2 bits of grey", png(8, 8, 2, 0, b"\0\x1b\xe4" * 8), "png", mode="RGB", size=(8, 8), kind=kind)
        yield Odd(24, "interlaced", _interlaced(), "png", mode="RGB", size=(8, 8), kind=kind)


def _deep(colour: int, pixel: bytes) -> bytes:
    return png(8, 8, 16, colour, (b"\0" + pixel * 8) * 8)


def _interlaced() -> bytes:
    """Adam7: seven passes over 8 x 8 pixels of three bytes."""
    passes = ((1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4))
    rows = b"".join((b"\0" + b"\x20\x80\xe0" * width) * height for width, height in passes)
    return png(8, 8, 8, 2, rows, interlaced=1)


def _empty_logos() -> Iterator[Odd]:
    for name, mode, colour in (("RGBA", "RGBA", (0, 0, 0, 0)), ("LA", "LA", (0, 0)), ("nearly", "RGBA", (9, 9, 9, 9))):
        data = saved(Image.new(mode, (40, 20), colour), "PNG")
        yield Odd(27, f"a logo of nothing ({name})", data, "png", size=(40, 20), mode="RGBA", kind="logo")
    palette = saved(Image.new("P", (40, 20), 0), "PNG", transparency=0)
    yield Odd(27, "a logo of nothing (palette)", palette, "png", size=(40, 20), mode="RGBA", kind="logo")
    dot = Image.new("RGBA", (40, 20))
    dot.putpixel((7, 9), (255, 255, 255, 255))
    yield Odd(27, "a logo of one pixel", saved(dot, "PNG"), "png", size=(1, 1), kind="logo")
    webp = saved(Image.new("RGBA", (40, 20)), "WEBP", lossless=True)
    yield Odd(27, "a logo of nothing (WebP)", webp, "png", size=(40, 20), kind="logo")


def _edges() -> Iterator[Odd]:
    for size in ((1, 1), (1, 2), (2, 1), (3, 3000), (3000, 3), (1, 10_000), (10_000, 1)):
        for form, stored in (("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "png")):
            yield Odd(28, f"{form} of {size[0]} x {size[1]}", saved(drawing(*size), form), stored, size=size)
    yield Odd(28, "a logo of 1 x 1", saved(Image.new("RGBA", (1, 1), (1, 2, 3, 255)), "PNG"), "png", kind="logo")
    for width, height in ((0, 10), (10, 0), (0, 0)):
        yield Odd(28, f"PNG of {width} x {height}", png(width, height, 8, 2, b"\0"), words=" ")


def _flat() -> Iterator[Odd]:
    for name, colour in (("black", (0, 0, 0)), ("white", (255, 255, 255)), ("red", (255, 0, 0))):
        for form, stored in (("JPEG", "jpeg"), ("PNG", "png")):
            yield Odd(29, f"flat {name} {form}", saved(Image.new("RGB", (64, 64), colour), form), stored)
