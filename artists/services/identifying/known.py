"""What is known here before anybody is asked: tags, servers' entries, namesakes, albums on disk."""

import os
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from artists.matching.identification import Entry, Subject
from artists.models import Artist, Membership
from artists.queries.evidence import TagEvidence, tag_evidence
from artists.services.album_tags import is_compilation
from artists.services.places import folder_of

BY_HAND = "manual"


@dataclass(frozen=True, slots=True)
class Known:
    """For some artists. `entries`: what servers' libraries say, by folded name; `names`: how many are called so."""

    tags: Mapping[int, TagEvidence]
    entries: Mapping[str, Sequence[Entry]]
    names: Mapping[str, int]

    def subject(self, artist: Artist) -> Subject:
        return Subject(artist.name, artist.disambiguation, self.names.get(folded(artist.name), 0) > 1)

    def entries_of(self, artist: Artist) -> Sequence[Entry]:
        return self.entries.get(folded(artist.name), ())


def known_of(artists: Sequence[Artist]) -> Known:
    """A handful of queries, however many they are."""
    wanted = {folded(artist.name) for artist in artists}
    return Known(tag_evidence(artist.pk for artist in artists), _entries(wanted), _names(wanted))


def folded(name: str) -> str:
    return name.strip().casefold()


def album_titles(artist: Artist) -> list[str]:
    """What lies in the artist's folder: titles from the tags where they were read, else the folders' names."""
    read = [album for album in artist.album_tags.all() if not is_compilation(album)]
    return [album.album or album.folder for album in read] or _folders(artist)


def _folders(artist: Artist) -> list[str]:
    folder = folder_of(artist)
    if folder is None:
        return []
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir() and not entry.name.startswith("."))
    except OSError:
        return []


def _entries(wanted: set[str]) -> dict[str, list[Entry]]:
    """From libraries that a server told of, whose artists have an MBID."""
    rows = (
        Membership.objects.exclude(library__source=BY_HAND)
        .exclude(artist__musicbrainz_id="")
        .order_by("pk")
        .values_list("artist__name", "artist__musicbrainz_id", "artist__discogs_id", "library__name")
    )
    found: dict[str, list[Entry]] = defaultdict(list)
    for name, mbid, discogs_id, library in rows.iterator():
        if (key := folded(name)) in wanted:
            found[key].append(Entry(name, mbid, discogs_id, library))
    return found


def _names(wanted: set[str]) -> Counter[str]:
    """A server's entry is no namesake: it is the evidence."""
    told = Membership.objects.exclude(library__source=BY_HAND)
    names = Artist.objects.exclude(pk__in=told.values("artist")).order_by().values_list("name", flat=True)
    return Counter(key for name in names.iterator() if (key := folded(name)) in wanted)
