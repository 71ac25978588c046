"""Folders with odd picture files: what the files contain."""

from PIL import Image

from artists.sample import odd_encodings as odd
from artists.sample.scenes import Case, files_case, logo, thumb
from artists.sample.stand_ins import stand_ins

_PAGE = b"<!DOCTYPE html><html><body><h1>404 Not Found</h1></body></html>\n"


def _content(number: int, folder: str, what: str, expected: str, name: str, make: odd.Maker) -> Case:
    return files_case(number, folder, what, expected, lambda: {name: make()})


_DISGUISED = (
    _content(
        19,
        "Webp In Disguise",
        "WebP named .jpg",
        "told by its bytes",
        "folder.jpg",
        lambda: odd.saved(odd.scene(), "WEBP"),
    ),
    _content(
        19,
        "Png In Disguise",
        "PNG named .jpg",
        "told by its bytes",
        "folder.jpg",
        lambda: odd.saved(odd.scene(), "PNG"),
    ),
    _content(19, "Avif In Disguise", "AVIF named .jpg", "no usable picture", "folder.jpg", odd.avif_head),
    _content(
        25, "Gif In Disguise", "animated GIF named .jpg", "no usable picture", "folder.jpg", lambda: odd.animated("GIF")
    ),
    _content(20, "Error Page", "an HTML page named .jpg", "no usable picture", "folder.jpg", lambda: _PAGE),
    _content(21, "Nothing", "an empty folder.jpg", "no usable picture", "folder.jpg", lambda: b""),
    _content(
        21,
        "Half",
        "a JPEG cut in the middle",
        "size known, pixels refused",
        "folder.jpg",
        lambda: odd.photo()[: len(odd.photo()) // 2],
    ),
    _content(21, "Garbage", "bytes after the end of a JPEG", "read", "folder.jpg", lambda: thumb() + b"garbage" * 500),
    _content(21, "Stereo", "a JPEG with two pictures", "the first one is read", "folder.jpg", odd.multi_picture),
)

_COLOURS = (
    _content(
        22, "Print", "a CMYK JPEG", "read as RGB", "folder.jpg", lambda: odd.saved(odd.scene().convert("CMYK"), "JPEG")
    ),
    _content(23, "Turned", "a JPEG to be turned by its EXIF", "seen upright, 600 x 900", "folder.jpg", odd.rotated),
    _content(24, "Sixteen Bits", "a 16-bit PNG", "read", "folder.png", odd.sixteen_bits),
    _content(24, "Palette", "a logo with a palette and transparency", "its alpha is kept", "logo.png", logo),
    _content(24, "Grey Alpha", "a grey logo with alpha", "its alpha is kept", "logo.png", odd.grey_with_alpha),
    _content(25, "Moving Logo", "an animated PNG", "the first frame is read", "logo.png", lambda: odd.animated("PNG")),
    _content(
        27,
        "Invisible",
        "a logo without one visible pixel",
        "no crash, not trimmed",
        "logo.png",
        lambda: odd.saved(Image.new("RGBA", (800, 310)), "PNG"),
    ),
    _content(
        29,
        "Flat",
        "one single colour",
        "never called a duplicate",
        "folder.jpg",
        lambda: odd.saved(Image.new("RGB", (600, 600), "navy"), "JPEG"),
    ),
)

_STAND_INS = (
    _content(
        29,
        "Silhouette",
        "a provider's silhouette instead of a photograph",
        "told apart from a portrait",
        "folder.jpg",
        lambda: odd.saved(stand_ins()["person light"], "JPEG"),
    ),
)

_SIZES = (
    _content(
        26, "Bomb", "a PNG of 50,000 x 50,000 pixels in few bytes", "refused by its header", "fanart.png", odd.bomb
    ),
    _content(
        26, "Swollen", "a PNG with a comment of 64 MB, compressed", "never unfolded", "folder.png", odd.swollen_text
    ),
    _content(
        28, "One Pixel", "1 x 1", "no division by zero", "folder.jpg", lambda: odd.saved(odd.scene((1, 1)), "JPEG")
    ),
    _content(
        28,
        "Thread",
        "1 x 10,000",
        "no division by zero",
        "fanart.jpg",
        lambda: odd.saved(odd.scene((1, 10_000)), "JPEG"),
    ),
    _content(35, "Segments", "3 MB of application segments", "read", "folder.jpg", odd.many_segments),
)


CASES = (*_DISGUISED, *_COLOURS, *_STAND_INS, *_SIZES)
