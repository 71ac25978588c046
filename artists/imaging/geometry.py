"""Shapes and sizes: which ratio each kind of artwork needs, what counts as low resolution, where to crop."""

from typing import NamedTuple

from PIL import Image, ImageChops

KIND_ALIASES = {"hdlogo": "logo", "background": "fanart", "widethumb": "thumb"}
REQUIRED_RATIO = {"thumb": 1.0, "fanart": 16 / 9, "banner": 5.4}
RATIO_TOLERANCE = 0.10
LOW_RESOLUTION = {"thumb": (500, 500), "fanart": (960, 540), "logo": (400, 155), "banner": (758, 140)}

OPAQUE_ABOVE = 128
NEAR_WHITE_ABOVE = 240


class Box(NamedTuple):
    """A rectangle in pixels, right and bottom excluded, in the order that Pillow's `crop` takes."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def area(self) -> int:
        return (self.right - self.left) * (self.bottom - self.top)


def required_ratio(kind: str) -> float | None:
    """Width over height that this kind needs; None for logos, which may have any shape."""
    return REQUIRED_RATIO.get(KIND_ALIASES.get(kind, kind))


def ratio_error(width: int, height: int, expected: float) -> float:
    """How far width/height is from `expected`, relative to it (0.1 = 10 %); 0 when the size is not known."""
    if width <= 0 or height <= 0:
        return 0.0
    return abs(width / height - expected) / expected


def needs_crop(kind: str, width: int, height: int) -> bool:
    """Whether a picture of this size is too far from its kind's shape."""
    expected = required_ratio(kind)
    return expected is not None and ratio_error(width, height, expected) > RATIO_TOLERANCE


def is_low_resolution(kind: str, width: int, height: int) -> bool:
    """Whether either side is below its kind's least; an unknown size or kind is never flagged."""
    least = LOW_RESOLUTION.get(KIND_ALIASES.get(kind, kind))
    if least is None or width <= 0 or height <= 0:
        return False
    return width < least[0] or height < least[1]


def centred_crop(width: int, height: int, ratio: float) -> Box:
    """The largest box of the wanted ratio in the middle of a picture; at least one pixel each way."""
    wide = min(width, max(1, round(height * ratio)))
    high = min(height, max(1, round(width / ratio)))
    left, top = (width - wide) // 2, (height - high) // 2
    return Box(left, top, left + wide, top + high)


def content_box(image: Image.Image, *, by_alpha: bool) -> Box | None:
    """Where something is to be seen: alpha above 128, or any channel at most 240 (not near white).

    Takes RGB or RGBA; None when the picture is empty. `by_alpha` on a picture without alpha finds all of it.
    """
    if by_alpha:
        if image.mode != "RGBA":
            return Box(0, 0, *image.size)
        mask = image.getchannel("A").point([255 if value > OPAQUE_ABOVE else 0 for value in range(256)])
    else:
        red, green, blue = image.split()[:3]
        darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
        mask = darkest.point([0 if value > NEAR_WHITE_ABOVE else 255 for value in range(256)])
    found = mask.getbbox()
    return None if found is None else Box(*found)


def padding(image: Image.Image, *, by_alpha: bool) -> float:
    """The share 0..1 of the area around the content; 1 for a picture with nothing in it."""
    box = content_box(image, by_alpha=by_alpha)
    return 1.0 if box is None else 1 - box.area / (image.width * image.height)
