"""The acts that the tests of providers know, so that every fake tells the same about them."""

from artists.demo.world import Act, Person, World, faulty_acts
from artists.sample.profiles import Album

MBID = "7d1e0c52-3b64-4f8a-9a17-52c0b6e4d901"
MERGED = "7d1e0c52-3b64-4f8a-9a17-52c0b6e4dfff"
SOLO_MBID = "0da00000-3b64-4f8a-9a17-52c0b6e4d902"

QUILLFEN = Act(
    mbid=MBID,
    name="Quillfen Harbor",
    sort_name="Quillfen Harbor",
    kind="group",
    place="Akureyri",
    country="Iceland",
    country_code="IS",
    genres=("Dream Pop", "Folk"),
    styles=("Shoegaze", "Slowcore"),
    moods=("Calm",),
    began="2004",
    biography="Quillfen Harbor formed in Akureyri in 2004, when two neighbours found that their walls were thin.",
    albums=(
        Album("Lamp Weather", 2007, "a1b00000-3b64-4f8a-9a17-52c0b6e4d911"),
        Album("Slow Ferries", 2012, "a1b00000-3b64-4f8a-9a17-52c0b6e4d912"),
    ),
    members=(Person("Oda Brackwell", SOLO_MBID, "bass guitar", "2004"),),
    aliases=("QFH",),
    localised={"ja": "クイル"},
    ids={
        "audiodb": "990001", "discogs": "9900001", "deezer": "9900002", "genius": "9900003",
        "wikidata": "Q990000123", "spotify": "0AbCdEfGhIjKlMnOpQrStU", "lastfm": "Quillfen Harbor",
    },
    merged_from=(MERGED,),
    pictures={"thumb": 2, "fanart": 2, "logo": 1, "banner": 1},
)  # fmt: skip

ODA = Act(
    mbid=SOLO_MBID,
    name="Oda Brackwell",
    sort_name="Brackwell, Oda",
    kind="person",
    gender="female",
    place="Akureyri",
    country="Iceland",
    country_code="IS",
    genres=("Folk",),
    began="1981-03-04",
    biography="Oda Brackwell writes songs the way others keep a diary: every morning, in Akureyri, since 1999.",
    ids={
        "audiodb": "990011", "discogs": "9900011", "deezer": "9900012", "genius": "9900013",
        "wikidata": "Q990000124", "spotify": "1AbCdEfGhIjKlMnOpQrStU", "lastfm": "Oda Brackwell",
    },
    pictures={"thumb": 1},
)  # fmt: skip

WORLD = World((QUILLFEN, ODA, *faulty_acts()))
