"""Shapes of pictures: for which slot, in which sizes, and how many different ones a big library shares."""

from dataclasses import dataclass

OWN_PICTURES_UP_TO = 120
"""Libraries of at most this many artists draw every picture anew; bigger ones share a pool."""


@dataclass(frozen=True, slots=True)
class Shape:
    """`sizes` are width and height in pixels; `breadth` is how many a shared pool draws of each motif."""

    sizes: tuple[tuple[int, int], ...]
    breadth: int
    padding: float = 0.0


SHAPES: dict[str, Shape] = {
    "thumb.square": Shape(((1000, 1000), (1200, 1200), (1000, 1000), (1500, 1500)), 8),
    "thumb.modest": Shape(((600, 600), (800, 800), (500, 500)), 3),
    "thumb.small": Shape(((300, 300), (400, 400), (480, 480)), 3),
    "thumb.oblong": Shape(((1000, 700), (720, 1280), (640, 1000), (1500, 1000)), 4),
    "fanart.wide": Shape(((1920, 1080), (1920, 1080), (1920, 1080), (2560, 1440), (1920, 1080), (3840, 2160)), 16),
    "fanart.modest": Shape(((1280, 720), (1600, 900)), 4),
    "fanart.oblong": Shape(((1600, 1200), (1280, 1024), (1400, 1400)), 3),
    "logo.tight": Shape(((800, 310), (800, 310), (640, 248)), 10),
    "logo.small": Shape(((320, 124), (360, 140)), 3),
    "logo.padded": Shape(((800, 450), (900, 700)), 4, padding=0.3),
    "banner.full": Shape(((1000, 185),), 6),
    "banner.small": Shape(((758, 140), (600, 111)), 2),
}
