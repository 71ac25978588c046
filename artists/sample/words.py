"""Word lists from which band names, towns and album titles are put together."""

from random import Random

from artists.sample.listing import listed

ADJECTIVES = listed(
    "Amber Autumn Backlit Borrowed Brass Civil Coastal Copper Distant Drifting Early Electric Evening Faded First "
    "Folded Garden Glass Gentle Half Harbour Hidden Hollow Idle Indigo Inland Iron Last Late Linen Little Lunar Minor "
    "Muted Narrow Northern Open Orchard Outer Painted Pale Paper Patient Plain Polar Quiet Rainy Salt Second Silver "
    "Slow Small Soft Spare Still Sunday Tidal Upper Velvet Violet Wandering Western White Winter Wooden"
)

NOUNS = listed(
    "Acres Almanac Antennas Aviary Balcony Beacon Bicycles Birches Bridge Cabinet Canal Cartographers Chapel Clocks "
    "Comets Compass Corridor Dial Divers Embers Engines Ferries Ferns Figures Fires Fountains Gardens Gates Geese "
    "Greenhouse Harbours Herons Hours Islands Kites Ladders Lanterns Ledger Letters Library Lighthouse Looms Magpies "
    "Maps Meadow Meridian Mirrors Moths Needles Observatory Orbits Otters Parades Pavilion Pilots Planets Ponds "
    "Radios Rivers Rooms Sailors Satellites Shutters Signals Sparrows Stairs Stations Swimmers Telegraphs Tides Towers "
    "Tunnels Umbrellas Valleys Voyages Windows Winters Wolves"
)

ENSEMBLES = {
    "orchestra": (
        "{place} Chamber Orchestra",
        "{place} Symphony Orchestra",
        "Orchestra of the {place} {noun}",
        "Orkester {place}",
        "The {place} Radio Strings",
    ),
    "choir": (
        "{place} Chamber Choir",
        "{place} Vocal Ensemble",
        "Chœur de {place}",
        "The {place} {noun} Choir",
        "Kór {place}",
    ),
}

_PLACE_HEADS = listed(
    "Alder Ash Birk Bram Bre Cald Dun East Elm Falk Gar Hal Hest Ivel Karl Lang Lind Mar Nor Ost Pen Quen Rav Sel "
    "Skar Stor Tarn Ul Vest Wen Wolds Yar"
)
_PLACE_TAILS = listed("borough by dale fjord ford ham haven holm lund mere moor mouth nes rath stad ter vik wick worth")

GENRES = listed(
    "Indie Rock|Dream Pop|Folk|Chamber Pop|Ambient|Electronic|Post-Rock|Jazz|Krautrock|Shoegaze|Soul|Synthpop|Country|"
    "Modern Classical|Choral|Dub|Afrobeat|Bossa Nova|Math Rock|Trip Hop|Blues|House|Singer-Songwriter|Drone",
    "|",
)
STYLES = listed(
    "Slowcore|Sophisti-Pop|Motorik|Field Recordings|Lo-Fi|Baroque Pop|Minimalism|Jangle Pop|Cool Jazz|Art Rock|"
    "Downtempo|Coldwave|Americana|Nu Jazz|Library Music|Space Rock",
    "|",
)
MOODS = listed("Calm Wistful Warm Nocturnal Bright Restless Tender Dry Playful Solemn Hazy Hopeful")

_TITLES = (
    "{adjective} {noun}",
    "{noun}",
    "The {adjective} {noun}",
    "{noun} of {place}",
    "A Year in {place}",
    "{noun} & {other}",
    "Songs for {adjective} {noun}",
    "{adjective}",
    "Live in {place}",
    "{place} Sessions",
)


def place(chance: Random) -> str:
    """An invented town."""
    return chance.choice(_PLACE_HEADS) + chance.choice(_PLACE_TAILS)


def band(chance: Random) -> str:
    """A band name without an article."""
    adjective, (noun, other) = chance.choice(ADJECTIVES), chance.sample(NOUNS, 2)
    return chance.choices(
        (f"{adjective} {noun}", f"{noun} & {other}", f"{place(chance)} {noun}", f"{noun} for {place(chance)}"),
        weights=(12, 3, 3, 2),
    )[0]


def title(chance: Random) -> str:
    """An album title."""
    noun, other = chance.sample(NOUNS, 2)
    return chance.choice(_TITLES).format(
        adjective=chance.choice(ADJECTIVES), noun=noun, other=other, place=place(chance)
    )
