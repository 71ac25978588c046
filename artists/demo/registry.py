"""All fakes by provider name. A new one is one file and one line."""

from artists.demo import pictures
from artists.demo.fakes import audiodb, discogs, fanarttv, lastfm, musicbrainz, wikidata, wikipedia
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
)

FAKES: dict[str, Fake] = {fake.name: fake for fake in _ALL}
