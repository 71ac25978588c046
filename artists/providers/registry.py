"""The list of providers, in the order in which pages and the REST API name them. A new one is one file and one line."""

from artists.providers.audiodb import AudioDb
from artists.providers.base import Provider
from artists.providers.deezer import Deezer
from artists.providers.discogs import Discogs
from artists.providers.duckduckgo import DuckDuckGo
from artists.providers.fanarttv import FanartTv
from artists.providers.genius import Genius
from artists.providers.lastfm import LastFm
from artists.providers.musicbrainz.provider import MusicBrainz
from artists.providers.spotify import Spotify
from artists.providers.wikidata import Wikidata
from artists.providers.wikipedia import Wikipedia

PROVIDERS: tuple[type[Provider], ...] = (
    MusicBrainz,
    Wikipedia,
    FanartTv,
    AudioDb,
    Discogs,
    LastFm,
    Wikidata,
    Deezer,
    Genius,
    Spotify,
)

WEB_SEARCHES: tuple[type[Provider], ...] = (DuckDuckGo,)
"""They know no artists, only pictures for a name; an administrator turns them on, and no refresh asks them."""

BY_NAME: dict[str, type[Provider]] = {provider.spec.name: provider for provider in PROVIDERS}
