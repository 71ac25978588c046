"""19 to 21, 25: what is no picture that we take, or not the one that its name says, or only the half of one."""

import struct
from collections.abc import Iterator

from tests.artists.imaging.corpus.cases import Odd, drawing, saved

ONLY = "only JPEG, PNG and WebP"
NOT_A_PICTURE = "not a picture"


def strangers() -> Iterator[Odd]:
    yield from _taken_for_jpeg()
    yield from _other_formats()
    yield from _pages()
    yield from _cut()
    yield from _with_more_behind()
    yield from _moving()


def _taken_for_jpeg() -> Iterator[Odd]:
    """All of them are called folder.jpg; the bytes decide."""
    yield Odd(19, "JPEG", saved(drawing(), "JPEG"), "jpeg", size=(48, 48), mode="RGB")
    yield Odd(19, "PNG", saved(drawing(), "PNG"), "png", size=(48, 48), mode="RGB")
    yield Odd(19, "PNG with alpha", saved(drawing(mode="RGBA"), "PNG"), "png", mode="RGBA")
    yield Odd(19, "WebP", saved(drawing(), "WEBP"), "png", size=(48, 48), mode="RGB")
    yield Odd(19, "WebP lossless", saved(drawing(), "WEBP", lossless=True), "png", mode="RGB")
    yield Odd(19, "WebP with alpha", saved(drawing(mode="RGBA"), "WEBP"), "png", mode="RGBA")
    yield Odd(19, "WebP logo", saved(drawing(mode="RGBA"), "WEBP", lossless=True), "png", mode="RGBA", kind="logo")
    yield Odd(19, "JPEG logo", saved(drawing(), "JPEG"), "png", mode="RGB", kind="logo")
    yield Odd(19, "progressive JPEG", saved(drawing(), "JPEG", progressive=True), "jpeg")


def _other_formats() -> Iterator[Odd]:
    image = drawing()
    for form, options in (("GIF", {}), ("BMP", {}), ("ICO", {}), ("PPM", {}), ("TGA", {}), ("PCX", {})):
        yield Odd(19, form, saved(image, form, **options), words=NOT_A_PICTURE if form not in ("GIF", "BMP") else ONLY)
    for compression in ("raw", "tiff_lzw"):
        yield Odd(19, f"TIFF {compression}", saved(image, "TIFF", compression=compression), words=ONLY)
    yield Odd(19, "TIFF of the other byte order", b"MM\0*\0\0\0\x08" + bytes(300), words=ONLY)
    for brand in (b"avif", b"avis", b"heic", b"heix", b"mif1", b"isom"):
        box = b"ftyp" + brand + bytes(4) + brand
        head = struct.pack(">I", len(box) + 4) + box
        yield Odd(19, f"a container of brand {brand.decode()}", head + bytes(400), words=ONLY)
    yield Odd(19, "Photoshop", b"8BPS\0\x01" + bytes(300), words=ONLY)
    yield Odd(19, "JPEG 2000", b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(300), words=NOT_A_PICTURE)
    yield Odd(19, "JPEG XL", b"\xff\x0a" + bytes(300), words=NOT_A_PICTURE)
    yield Odd(19, "PDF", b"%PDF-1.7\n" + bytes(300), words=NOT_A_PICTURE)
    yield Odd(19, "a WAVE file, RIFF as WebP is", b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), words=NOT_A_PICTURE)
    yield Odd(19, "a program", b"\x7fELF\x02\x01\x01" + bytes(200), words=NOT_A_PICTURE)


def _pages() -> Iterator[Odd]:
    for name, data, words in (
        ("a web page", b"<!DOCTYPE html><html><title>404</title></html>", "web page"),
        ("a web page in capitals", b"<HTML><BODY>gone</BODY></HTML>", "web page"),
        ("a web page behind a byte order mark", b"\xef\xbb\xbf\n  <html></html>", "web page"),
        ("a web page behind a comment", b"<!-- login --><html></html>", "web page"),
        ("JSON", b'{"error": {"code": 800}}', "JSON"),
        ("a JSON list", b"[]", "JSON"),
        ("SVG", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"),
        ("SVG behind an XML declaration", b"<?xml version='1.0'?><svg/>", "SVG"),
        ("plain text", b"Too many requests", NOT_A_PICTURE),
        ("spaces", b"   \n\n  ", NOT_A_PICTURE),
        ("zeros", bytes(5000), NOT_A_PICTURE),
    ):
        yield Odd(20, name, data, words=words)


def _cut() -> Iterator[Odd]:
    yield Odd(21, "empty", b"", words="empty")
    yield Odd(21, "one byte", b"\xff", words=NOT_A_PICTURE)
    wholes = {form: saved(drawing(96, 96), form) for form in ("JPEG", "PNG", "WEBP")}
    for form, whole in wholes.items():
        for tenths in range(1, 10):
            yield Odd(21, f"{form}, {tenths * 10} % of it", whole[: len(whole) * tenths // 10], words=" ")
        yield Odd(21, f"{form}, its first 12 bytes", whole[:12], words=" ")
        stored = {"JPEG": "jpeg", "PNG": "", "WEBP": "png"}[form]
        yield Odd(21, f"{form}, zeros in the middle", _zeroed(whole), stored, words=" ")


def _zeroed(whole: bytes) -> bytes:
    """JPEG and WebP have no check sums: they are stored as they decode. A PNG is found out."""
    middle = len(whole) * 3 // 4
    return whole[:middle] + bytes(24) + whole[middle + 24 :]


def _with_more_behind() -> Iterator[Odd]:
    for form, stored in (("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "png")):
        whole = saved(drawing(), form)
        yield Odd(21, f"{form} and rubbish behind it", whole + b"rubbish" * 900, stored, size=(48, 48))
        yield Odd(21, f"{form} and another one behind it", whole + whole, stored, size=(48, 48))
    twins = saved(drawing(), "MPO", save_all=True, append_images=[drawing(40, 40)])
    yield Odd(21, "MPO, two pictures in one file", twins, "jpeg", size=(48, 48))
    yield Odd(21, "a JPEG behind a ZIP", saved(drawing(), "JPEG") + b"PK\x03\x04" + bytes(200), "jpeg")


def _moving() -> Iterator[Odd]:
    frames = [drawing(), drawing().rotate(90), drawing().rotate(180)]
    for form in ("GIF", "WEBP", "PNG"):
        data = saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100, loop=0)
        for kind in ("thumb", "logo"):
            if form == "GIF":
                yield Odd(25, "moving GIF", data, words="GIF", kind=kind)
            else:
                yield Odd(25, f"moving {form}, its first frame", data, "png", size=(48, 48), kind=kind)
