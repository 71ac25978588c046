"""The table of artist fields: forms, REST, NFO mapping, history, locks and completeness read it."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "long", "list", "date", "choice", "mbid", "identifier"]

ARTIST_TYPES = ("solo", "person", "character", "group", "orchestra", "choir")
GENDERS = ("male", "female", "non-binary", "other")
INDIVIDUAL_TYPES = frozenset({"solo", "person", "character"})
GROUP_TYPES = frozenset({"group", "orchestra", "choir"})


@dataclass(frozen=True, slots=True)
class ArtistField:
    """One field: its key is the model's attribute, the contract's field name and the lock's name."""

    key: str
    label: str
    kind: Kind
    element: str = ""
    """The element of artist.nfo that carries it; blank where the file has none."""
    clearable: bool = True
    tracked: bool = True
    """Changes are kept in the history (behaviour.md 1, metadata_change)."""
    choices: tuple[str, ...] = ()
    applies_to: frozenset[str] = frozenset()
    """Types of artist for which completeness asks for it; empty: all."""
    help: str = ""


FIELDS: tuple[ArtistField, ...] = (
    ArtistField("name", "Name", "text", "name", clearable=False),
    ArtistField("sort_name", "Sort name", "text", "sortname"),
    ArtistField("type", "Type", "choice", "type", choices=ARTIST_TYPES),
    ArtistField("gender", "Gender", "choice", "gender", choices=GENDERS),
    ArtistField("origin", "Origin", "text", help="Where they come from, such as Leipzig, Germany."),
    ArtistField(
        "disambiguation", "Disambiguation", "text", "disambiguation", help="A few words that tell namesakes apart."
    ),
    ArtistField("genres", "Genres", "list", "genre"),
    ArtistField("styles", "Styles", "list", "style"),
    ArtistField("moods", "Moods", "list", "mood"),
    ArtistField("years_active", "Years active", "text", "yearsactive"),
    ArtistField("born", "Born", "date", "born", applies_to=INDIVIDUAL_TYPES),
    ArtistField("formed", "Formed", "date", "formed", applies_to=GROUP_TYPES | {""}),
    ArtistField("died", "Died", "date", "died", applies_to=INDIVIDUAL_TYPES),
    ArtistField("disbanded", "Disbanded", "date", "disbanded", applies_to=GROUP_TYPES | {""}),
    ArtistField("biography", "Biography", "long", "biography"),
    ArtistField("musicbrainz_id", "MusicBrainz ID", "mbid", "musicbrainzartistid"),
    ArtistField("audiodb_id", "TheAudioDB ID", "identifier", "audiodbartistid"),
    ArtistField("discogs_id", "Discogs ID", "identifier", "discogsartistid"),
    ArtistField("wikidata_id", "Wikidata ID", "identifier", "wikidataid"),
    ArtistField("deezer_id", "Deezer ID", "identifier", "deezerartistid"),
    ArtistField("spotify_id", "Spotify ID", "identifier", "spotifyartistid"),
)

BY_KEY: dict[str, ArtistField] = {field.key: field for field in FIELDS}
LIST_FIELDS: frozenset[str] = frozenset(field.key for field in FIELDS if field.kind == "list")
IDENTIFIER_FIELDS: frozenset[str] = frozenset(field.key for field in FIELDS if field.kind in ("mbid", "identifier"))
LOCKABLE: frozenset[str] = frozenset(BY_KEY) | {"members"}
IMAGE_KINDS = ("thumb", "fanart", "logo", "banner")
