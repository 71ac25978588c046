"""What an artist of the sample gets and what it lacks: the recipe, and how often each dish is served."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from artists.sample.chance import seeded, weighted
from artists.sample.names import Wish
from artists.sample.nfos import BROKEN, ODD
from artists.sample.profiles import Known


@dataclass(frozen=True, slots=True)
class Recipe:
    """One artist's outfit. The defaults are a perfect artist.

    `nfo`: good, sparse, missing, or a key of `nfos.ODD` or `nfos.BROKEN`. Pictures name a shape of `shapes.py`.
    `copies`: exact (a second, byte-identical fanart), near (the same one encoded again), cross (the thumb is the
    fanart), neighbour (shares the fanart of the artist before). `folder`: name, article (Choir, The), spelled
    (without diacritics) or other. `twin`: bears the name of the artist before; `same_mbid`: also its identifier.
    `tags` of the audio files: picard (with identifiers), plain (without), other (those of another artist), broken.
    """

    nfo: str = "good"
    known: Known = field(default_factory=Known)
    wish: Wish = field(default_factory=Wish)
    thumb: str = "thumb.square"
    fanart: tuple[str, ...] = ("fanart.wide",)
    gap: bool = False
    copies: str = ""
    logo: str = "logo.tight"
    banner: str = "banner.full"
    extras: int = 0
    folder: str = "name"
    twin: bool = False
    same_mbid: bool = False
    tags: str = "picard"


def plain_recipes(seed: int, count: int) -> Iterator[Recipe]:
    """An ordinary collection: most artists lack something, about 3 % are namesakes, 5 % have a broken NFO."""
    for number in range(count):
        yield _plain(seeded(seed, "recipe", number))


def light_recipes(seed: int, count: int) -> Iterator[Recipe]:
    """The plain collection reduced to one NFO and three pictures each, for benchmarks."""
    for recipe in plain_recipes(seed, count):
        nfo = "sparse" if recipe.nfo in ("missing", "empty") else recipe.nfo
        yield replace(
            recipe,
            nfo=nfo,
            thumb=recipe.thumb or "thumb.square",
            fanart=(recipe.fanart or ("fanart.wide",))[:1],
            logo=recipe.logo or "logo.tight",
            banner="",
            copies="",
            extras=0,
        )


def _plain(chance: Random) -> Recipe:
    return Recipe(
        nfo=_nfo(chance),
        known=Known(
            mbid=chance.random() < 0.9,
            origin=chance.random() < 0.7,
            provider_ids=chance.random() < 0.7,
            biography=weighted(chance, {"full": 0.84, "none": 0.08, "short": 0.03, "junk": 0.05}),
        ),
        thumb=weighted(
            chance, {"thumb.square": 0.55, "thumb.modest": 0.2, "thumb.small": 0.08, "thumb.oblong": 0.09, "": 0.08}
        ),
        fanart=_fanart(chance),
        gap=chance.random() < 0.1,
        copies=weighted(chance, {"": 0.92, "exact": 0.04, "near": 0.02, "cross": 0.01, "neighbour": 0.01}),
        logo=weighted(chance, {"logo.tight": 0.5, "logo.padded": 0.12, "logo.small": 0.13, "": 0.25}),
        banner=weighted(chance, {"banner.full": 0.3, "banner.small": 0.1, "": 0.6}),
        extras=_extras(chance),
        folder=weighted(chance, {"name": 0.91, "article": 0.03, "spelled": 0.03, "other": 0.03}),
        twin=chance.random() < 0.03,
        same_mbid=chance.random() < 0.004,
        tags=weighted(chance, {"picard": 0.82, "plain": 0.12, "other": 0.03, "broken": 0.03}),
    )


def _extras(chance: Random) -> int:
    """How many extraneous pictures lie in a folder: mostly none."""
    return chance.choices((0, 1, 2, 5), weights=(90, 6, 3, 1))[0]


def _nfo(chance: Random) -> str:
    kind = weighted(chance, {"good": 0.66, "sparse": 0.12, "odd": 0.08, "broken": 0.05, "missing": 0.09})
    if kind == "odd":
        return chance.choice(tuple(ODD))
    return chance.choice(tuple(BROKEN)) if kind == "broken" else kind


def _fanart(chance: Random) -> tuple[str, ...]:
    first = weighted(chance, {"fanart.wide": 0.6, "fanart.modest": 0.2, "fanart.oblong": 0.07, "": 0.13})
    if not first:
        return ()
    more = chance.choices((0, 1, 2, 4, 8), weights=(72, 12, 9, 5, 2))[0]
    return (first, *(["fanart.wide"] * more))
