"""An artist with an MBID, and providers that know it, for the tests of a refresh."""

from typing import Any

from artists.models import Artist
from artists.providers.answers import ArtistRecord
from artists.services.refresh import Refreshed, refresh
from tests.artists.providers.answers import MBID, record
from tests.artists.providers.panels import Answer, FakeProvider, sources


def identified(artist: Artist) -> Artist:
    """With an MBID, and so with somebody to ask about."""
    Artist.objects.filter(pk=artist.pk).update(musicbrainz_id=MBID)
    artist.refresh_from_db()
    return artist


def musicbrainz(**values: Any) -> FakeProvider:
    values = {"provider_id": MBID, "name": "Mara Field", "sort_name": "Field, Mara", "type": "person", **values}
    return FakeProvider("musicbrainz", record("musicbrainz", **values))


def other(name: str, answer: Answer | None = None, **values: Any) -> FakeProvider:
    known: ArtistRecord = record(name, **{"name": "Mara Field", **values})
    return FakeProvider(name, answer or known)


def asked_of(artist: Artist, *providers: FakeProvider, **options: Any) -> Refreshed:
    return refresh(artist, sources=sources(*providers), **options)
