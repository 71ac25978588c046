"""Who is asked for what, unless somebody decides otherwise: the order of providers for each field (providers.md 5, 7).

Names are those of the registry; whether a provider can really say something about a field is in its own spec.
"""

from collections.abc import Mapping
from typing import Literal

Category = Literal["metadata", "images"]

DEFAULT_ORDER: Mapping[str, tuple[str, ...]] = {
    "biography": ("wikipedia", "lastfm", "audiodb", "discogs", "genius"),
    "genres": ("musicbrainz", "lastfm", "audiodb", "discogs", "spotify", "wikipedia"),
    "styles": ("discogs", "audiodb", "lastfm", "musicbrainz"),
    "moods": ("audiodb", "lastfm"),
    "members": ("musicbrainz", "wikidata", "wikipedia"),
    "formed": ("musicbrainz", "wikidata", "audiodb"),
    "born": ("musicbrainz", "wikidata", "wikipedia"),
    "died": ("musicbrainz", "wikidata", "wikipedia"),
    "disbanded": ("musicbrainz", "wikidata", "wikipedia"),
    "years_active": ("wikipedia", "audiodb", "musicbrainz"),
    "type": ("musicbrainz", "wikidata", "discogs"),
    "gender": ("musicbrainz", "wikidata"),
    "origin": ("wikipedia", "audiodb", "wikidata", "musicbrainz"),
    "thumb": ("fanarttv", "audiodb", "deezer", "spotify"),
    "fanart": ("fanarttv", "audiodb"),
    "logo": ("fanarttv", "audiodb"),
    "banner": ("fanarttv", "audiodb"),
}

IMAGE_FIELDS = frozenset({"thumb", "fanart", "logo", "banner"})

LABELS: Mapping[str, str] = {
    "members": "Members",
    "thumb": "Thumbnail",
    "fanart": "Fanart",
    "logo": "Logo",
    "banner": "Banner",
}
"""Of what artists/fields.py does not name."""

DEFAULT_CHAINS: Mapping[Category, tuple[str, ...]] = {
    "metadata": ("musicbrainz", "wikipedia", "lastfm", "discogs", "audiodb", "wikidata", "genius"),
    "images": ("fanarttv", "audiodb"),
}
"""Who is asked when nobody in a field's own order had anything."""

_OWN_PRIMARY = {"biography": "lastfm", "styles": "discogs", "moods": "audiodb", "years_active": "wikipedia"}


def category_of(field: str) -> Category:
    return "images" if field in IMAGE_FIELDS else "metadata"


def default_primary(field: str) -> str:
    return _OWN_PRIMARY.get(field, "fanarttv" if field in IMAGE_FIELDS else "musicbrainz")
