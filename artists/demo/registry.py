"""All fakes by provider name. A new one is one file and one line."""

from artists.demo import pictures
from artists.demo.fakes import musicbrainz, wikidata
from artists.demo.replies import Fake

_ALL: tuple[Fake, ...] = (
    pictures.FAKE,
    musicbrainz.FAKE,
    wikidata.FAKE,
)

FAKES: dict[str, Fake] = {fake.name: fake for fake in _ALL}
