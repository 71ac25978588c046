"""What somebody else wrote into artist.nfo since we last looked is taken in before we write over it."""

from pathlib import Path
from uuid import uuid4

from artists.models import Artist
from artists.nfo.document import NfoDocument
from artists.nfo.mapping import import_values
from artists.nfo.reader import read_nfo
from artists.services.bulk import ArtistUpdate, bulk_apply
from artists.services.change import Change
from artists.services.nfo_disk import digest_of, nfo_facts, present_nfo
from artists.services.nfo_output import news_for, output_mapping
from artists.services.places import nfo_path
from artists.services.profiles import profile_wants_nfo
from stillwater.errors import StillwaterError
from stillwater.events import publish


def take_in_news(change: Change) -> None:
    """A step for `change.before_rows`: the edit then lands on top of what the file says, as if a scan had been there.

    A file that cannot be read, or says nothing, is left to the step that writes: it warns.
    """
    path = nfo_path(change.artist)
    if path is None or not profile_wants_nfo():
        return
    try:
        data = present_nfo(path)
    except StillwaterError:
        return
    document = read_nfo(data).document if data and _is_new(change.artist, data) else None
    if data is not None and document is not None:
        _take_in(change.artist, path, data, document)


def _is_new(artist: Artist, data: bytes) -> bool:
    """What a file says to a locked artist waits until that is unlocked."""
    known = Artist.objects.filter(pk=artist.pk, locked=False).values_list("nfo_hash", flat=True).first()
    return known is not None and digest_of(data) != known


def _take_in(artist: Artist, path: Path, data: bytes, document: NfoDocument) -> None:
    stated = news_for(artist, import_values(document), output_mapping())
    update = ArtistUpdate(artist, stated | nfo_facts(data, path.stat().st_mtime_ns))
    if bulk_apply([update], source="scan", group=uuid4(), summary="Read from disk before an edit"):
        publish("artists.scanned", {"artist_ids": [artist.pk]})
