"""Which pictures lie in an artist's folder, under which names."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from artists.sample import words
from artists.sample.chance import seeded
from artists.sample.names import PERSONS
from artists.sample.profiles import Profile
from artists.sample.recipes import Recipe

_EXTRA_NAMES = (
    *("cover.jpg", "back.jpg", "IMG_2041.jpg", "folder_old.jpg", "press photo.jpg", "scan0001.png", "inlay.jpg"),
    *("thumb (1).jpg", "tour poster.png", "AlbumArtSmall.jpg"),
)
NUMBERS_PER_ARTIST = 17
"""Prime to every breadth and every count of sizes, so that a shared pool is used evenly."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the pool: its shape, its number there, what it shows and how it is encoded."""

    shape: str
    number: int
    motif: str = ""
    text: str = ""
    suffix: str = "jpg"
    again: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A file to be: the pool's bytes with `stamp` in a comment, so that equal pictures differ in content."""

    file_name: str
    picture: Picture
    stamp: str


def pictures_of(seed: int, number: int, recipe: Recipe, profile: Profile, *, light: bool) -> Iterator[Placed]:
    """The thumb, the fanart in Kodi's numbering, the logo, the banner and what does not belong there."""
    stamp = f"{profile.name} #{number}"
    backdrops = list(_fanart(number, recipe, stamp))
    motif = "solo" if profile.kind in PERSONS else "several"
    first = number * NUMBERS_PER_ARTIST
    text = "" if light else profile.name
    if recipe.copies == "cross" and backdrops:
        yield Placed("folder.jpg", backdrops[0].picture, stamp)
    elif recipe.thumb:
        suffix = "png" if seeded(seed, "png", number).random() < 0.06 and not light else "jpg"
        yield Placed(f"folder.{suffix}", Picture(recipe.thumb, first, motif, suffix=suffix), stamp)
    yield from backdrops
    if recipe.logo:
        yield Placed("logo.png", Picture(recipe.logo, number, text=text, suffix="png"), stamp)
    if recipe.banner:
        yield Placed("banner.jpg", Picture(recipe.banner, number, text=text), stamp)
    yield from _extras(seed, number, recipe.extras, stamp)


def _fanart(number: int, recipe: Recipe, stamp: str) -> Iterator[Placed]:
    """Stamped with their owner's number, so that a neighbour's are the very same files."""
    owner = number - 1 if recipe.copies == "neighbour" and number else number
    pictures = [Picture(shape, owner * NUMBERS_PER_ARTIST + place) for place, shape in enumerate(recipe.fanart)]
    if recipe.copies in ("exact", "near") and pictures:
        pictures = [*pictures[:1], replace(pictures[0], again=recipe.copies == "near"), *pictures[2:]]
    for place, picture in enumerate(pictures):
        file_name = f"fanart{place + (recipe.gap and place > 1) or ''}.jpg"
        yield Placed(file_name, picture, stamp if recipe.copies == "exact" else f"backdrop #{owner} {place}")


def _extras(seed: int, number: int, count: int, stamp: str) -> Iterator[Placed]:
    chance = seeded(seed, "extras", number)
    for name in chance.sample(_EXTRA_NAMES, count):
        picture = Picture("thumb.small", number * NUMBERS_PER_ARTIST + 9, "solo", suffix=name.rpartition(".")[2])
        yield Placed(name, picture, f"{stamp} {name} {words.place(chance)}")
