"""Where to cut: the shapes that a slot is cut to, the first guess for each, and a rectangle that lies inside."""

from dataclasses import dataclass

from artists.imaging.geometry import Box, centred_crop, required_ratio


@dataclass(frozen=True, slots=True)
class Shape:
    """`ratio` is width over height; 0 for any."""

    key: str
    label: str
    ratio: float


ANY = Shape("free", "Any shape", 0)
_SHAPES = {
    "thumb": Shape("thumb", "Thumb, 1 : 1", required_ratio("thumb") or 0),
    "fanart": Shape("fanart", "Backdrop, 16 : 9", required_ratio("fanart") or 0),
    "banner": Shape("banner", "Banner, 5.4 : 1", required_ratio("banner") or 0),
}


def shapes_for(kind: str) -> list[Shape]:
    """What the kind needs, then any shape; a logo may have any."""
    return [_SHAPES[kind], ANY] if kind in _SHAPES else [ANY]


def first_box(width: int, height: int, shape: Shape) -> Box:
    """The largest one of the shape, in the middle."""
    return centred_crop(width, height, shape.ratio) if shape.ratio else Box(0, 0, width, height)


def fitted(box: Box, shape: Shape, width: int, height: int) -> Box:
    """The box inside the picture, at least one pixel each way; more than a pixel off the shape, its height follows."""
    left, top = min(max(0, box.left), width - 1), min(max(0, box.top), height - 1)
    wide = min(max(1, box.right - box.left), width - left)
    high = min(max(1, box.bottom - box.top), height - top)
    if shape.ratio and abs(high - wide / shape.ratio) > 1:
        high = max(1, round(wide / shape.ratio))
        if high > height - top:
            high = height - top
            wide = min(width - left, max(1, round(high * shape.ratio)))
    return Box(left, top, left + wide, top + high)
