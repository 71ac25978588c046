"""The demo: one artist for every rule that can be seen without a remote server, the others mostly healthy."""

from collections.abc import Iterator

from artists.sample.chance import seeded, weighted
from artists.sample.names import Wish
from artists.sample.profiles import Known
from artists.sample.recipes import Recipe

SEED, ARTISTS = 1973, 60
"""Of the library that `serve --demo` shows."""

TWO_WIDE = ("fanart.wide", "fanart.wide")

SHOWCASE: dict[str, tuple[Recipe, ...]] = {
    "nfo_exists": (Recipe(nfo="missing"),),
    "nfo_has_mbid": (Recipe(known=Known(mbid=False)),),
    "thumb_exists": (Recipe(thumb=""),),
    "thumb_square": (Recipe(thumb="thumb.oblong"),),
    "thumb_min_res": (Recipe(thumb="thumb.small"),),
    "fanart_exists": (Recipe(fanart=()),),
    "logo_exists": (Recipe(logo=""),),
    "bio_exists": (Recipe(known=Known(biography="none")), Recipe(known=Known(biography="short"), nfo="sparse")),
    "fanart_min_res": (Recipe(fanart=("fanart.modest",)),),
    "fanart_aspect": (Recipe(fanart=("fanart.oblong",)),),
    "logo_min_res": (Recipe(logo="logo.small"),),
    "banner_exists": (Recipe(banner=""),),
    "banner_min_res": (Recipe(banner="banner.small"),),
    "extraneous_images": (Recipe(extras=3),),
    "artist_id_mismatch": (Recipe(folder="other"),),
    "directory_name_mismatch": (Recipe(folder="article", wish=Wish(style="article")), Recipe(folder="spelled")),
    "image_duplicate": (Recipe(copies="cross"),),
    "metadata_quality": (Recipe(known=Known(biography="junk")),),
    "backdrop_sequencing": (Recipe(fanart=(*TWO_WIDE, "fanart.wide"), gap=True),),
    "backdrop_min_count": (Recipe(fanart=(), logo=""),),
    "logo_padding": (Recipe(logo="logo.padded"),),
    "name_language_pref": (Recipe(wish=Wish(script="japanese")), Recipe(wish=Wish(script="cyrillic"))),
    "origin_missing": (Recipe(known=Known(origin=False)),),
    "image_duplicate_exact": (Recipe(fanart=TWO_WIDE, copies="exact"),),
    "discography_populated": (Recipe(known=Known(albums=0)),),
    "provider_id_missing": (Recipe(known=Known(provider_ids=False)),),
    "mbid_contradicts_tags": (Recipe(tags="other", known=Known(albums=3)),),
    "cross_artist_backdrop_collision": (Recipe(), Recipe(copies="neighbour")),
}
"""Rule id → the artists that break it; the identifiers are those of behaviour 2."""

_COMPANY = (
    Recipe(wish=Wish(kind="person")),
    Recipe(wish=Wish(kind="person"), twin=True, tags="other"),
    Recipe(wish=Wish(style="numeric")),
    Recipe(wish=Wish(style="slash"), fanart=TWO_WIDE),
    Recipe(wish=Wish(kind="orchestra")),
    Recipe(wish=Wish(kind="choir"), banner="", tags="other"),
    Recipe(wish=Wish(script="greek"), nfo="bom"),
    Recipe(wish=Wish(script="korean")),
    Recipe(wish=Wish(script="hebrew"), banner=""),
    Recipe(wish=Wish(script="arabic")),
    Recipe(wish=Wish(script="chinese"), logo="", tags="other"),
    Recipe(nfo="kodi", tags="plain"),
    Recipe(nfo="truncated", tags="broken"),
    Recipe(nfo="utf16", fanart=(*TWO_WIDE, "fanart.wide")),
    Recipe(nfo="sparse", copies="near", fanart=TWO_WIDE),
    Recipe(wish=Wish(kind="group")),
    Recipe(same_mbid=True),
)


_NEGLECTED = (
    *[Recipe(nfo="missing", thumb="", fanart=(), logo="", banner="")] * 5,
    *[Recipe(nfo="sparse", known=Known(mbid=False, biography="none"), thumb="thumb.small", logo="", banner="")] * 5,
)


def demo_recipes(seed: int, count: int) -> Iterator[Recipe]:
    """The showcase first, then its company, some neglected folders, then fillers.

    Below about sixty artists the cast is cut short, so not every rule has its case.
    """
    cast = [recipe for cases in SHOWCASE.values() for recipe in cases] + [*_COMPANY, *_NEGLECTED]
    for number in range(count):
        yield cast[number] if number < len(cast) else _filler(seed, number)


def _filler(seed: int, number: int) -> Recipe:
    chance = seeded(seed, "filler", number)
    return Recipe(
        thumb=weighted(chance, {"thumb.square": 0.85, "thumb.modest": 0.15}),
        fanart=("fanart.wide",) * chance.randrange(1, 4),
        logo=weighted(chance, {"logo.tight": 0.8, "": 0.2}),
        banner=weighted(chance, {"banner.full": 0.6, "": 0.4}),
        known=Known(origin=chance.random() < 0.8, biography=weighted(chance, {"full": 0.9, "none": 0.1})),
    )
