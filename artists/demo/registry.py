"""All fakes by provider name. A new one is one file and one line."""

from artists.demo import pictures
from artists.demo.fakes import (
    audiodb,
    deezer,
    discogs,
    duckduckgo,
    fanarttv,
    genius,
    lastfm,
    musicbrainz,
    spotify,
    wikidata,
    wikipedia,
)
from artists.demo.replies import Fake

_ALL: tuple[Fake, ...] = (
    pictures.FAKE,
    musicbrainz.FAKE,
    wikidata.FAKE,
    wikipedia.FAKE,
    fanarttv.FAKE,
    audiodb.FAKE,
    discogs.FAKE,
    lastfm.FAKE,
    deezer.FAKE,
    genius.FAKE,
    spotify.FAKE,
    duckduckgo.FAKE,
)

FAKES: dict[str, Fake] = {fake.name: fake for fake in _ALL}
