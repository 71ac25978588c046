"""What an artist.nfo says, and which of its elements are ours."""

from dataclasses import dataclass
from datetime import datetime

from artists.fields import BY_KEY, LIST_FIELDS

ROOT = "artist"
LOCK_ELEMENT = "lockdata"
STAMP_ELEMENT = "stillwater"
STAMP_VERSION = "1"
ALBUM_ELEMENT = "album"
RELEASE_GROUP_ELEMENT = "musicbrainzreleasegroupid"
MBID_ELEMENT = "musicbrainzartistid"
"""Kodi spells it `musicBrainzArtistID` and finds no other spelling (xbmc/music/Artist.cpp)."""

WRITTEN_FIELDS: tuple[str, ...] = (
    "name",
    "sort_name",
    "type",
    "gender",
    "origin",
    "disambiguation",
    "musicbrainz_id",
    "audiodb_id",
    "discogs_id",
    "wikidata_id",
    "deezer_id",
    "spotify_id",
    "genres",
    "styles",
    "moods",
    "years_active",
    "born",
    "formed",
    "died",
    "disbanded",
    "biography",
)
"""Field keys in the order in which their elements stand in the file."""

FOREIGN_FIELDS = frozenset({"origin"})
"""Fields without an element of ours: read, and kept in step, where another program wrote one."""

ELEMENT_OF: dict[str, str] = {key: BY_KEY[key].element or key for key in WRITTEN_FIELDS}
FIELD_OF: dict[str, str] = {element: key for key, element in ELEMENT_OF.items()}
"""Element name in lower case → field key."""


@dataclass(frozen=True, slots=True)
class NfoAlbum:
    """One album entry as Kodi writes it; each part may be blank."""

    title: str = ""
    year: str = ""
    release_group_id: str = ""


@dataclass(frozen=True, slots=True)
class NfoStamp:
    """The mark of our own last write: the stamp's version, and the moment if it can be read."""

    version: str
    written: datetime | None


@dataclass(frozen=True, slots=True)
class NfoDocument:
    """The values of one file. Texts are trimmed and blank where the file says nothing.

    `present` names the fields whose element is there and not blank: only those may replace a stored value.
    Dates stay the text that stands in the file.
    """

    name: str = ""
    sort_name: str = ""
    type: str = ""
    gender: str = ""
    origin: str = ""
    disambiguation: str = ""
    musicbrainz_id: str = ""
    audiodb_id: str = ""
    discogs_id: str = ""
    wikidata_id: str = ""
    deezer_id: str = ""
    spotify_id: str = ""
    genres: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    years_active: str = ""
    born: str = ""
    formed: str = ""
    died: str = ""
    disbanded: str = ""
    biography: str = ""
    lock_data: bool = False
    albums: tuple[NfoAlbum, ...] = ()
    stamp: NfoStamp | None = None
    present: frozenset[str] = frozenset()

    def values(self) -> dict[str, object]:
        """Every field by its key; lists of text for genres, styles and moods, text for the others."""
        return {key: list(getattr(self, key)) if key in LIST_FIELDS else getattr(self, key) for key in WRITTEN_FIELDS}
