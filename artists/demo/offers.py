"""Which pictures there are of an act, with the sizes that providers promise and the addresses where they are served."""

from collections.abc import Mapping
from dataclasses import dataclass

from artists.demo.world import Act
from artists.sample.chance import seeded
from artists.sample.pictures_of import Picture
from artists.sample.shapes import SHAPES

_SHAPE_OF: Mapping[str, str] = {
    "thumb": "thumb.square",
    "fanart": "fanart.wide",
    "logo": "logo.small",
    "hdlogo": "logo.tight",
    "banner": "banner.full",
    "widethumb": "fanart.modest",
    "press": "thumb.oblong",
}
"""`press` is what Discogs has: any shape that a scanner allows."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One picture of an act; `path` follows the origin of the fake world, sizes are pixels."""

    picture: Picture
    path: str
    width: int
    height: int
    likes: int


def offers(act: Act, kind: str, count: int | None = None) -> list[Offer]:
    """The act's pictures of this kind (`count`: as if there were so many)."""
    counted = act.pictures.get(kind, 0) if count is None else count
    return [offer(act, kind, place) for place in range(counted)]


def offer(act: Act, kind: str, place: int) -> Offer:
    """One of them; KeyError for a kind that there is not."""
    shape = _SHAPE_OF[kind]
    number = int(act.mbid[:6], 16) + place
    suffix = "png" if shape.startswith("logo") else "jpg"
    width, height = SHAPES[shape].sizes[number % len(SHAPES[shape].sizes)]
    return Offer(
        Picture(shape, number, "solo" if act.is_person else "several", act.name, suffix),
        f"/pictures/pictures/{act.mbid}/{kind}/{place}.{suffix}",
        width,
        height,
        seeded("likes", act.mbid, kind, place).randrange(40),
    )
