"""What is known here before anybody is asked: tags, servers' entries, namesakes, albums on disk."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from artists.matching.identification import Entry, Subject
from artists.models import Artist, Membership
from artists.queries.evidence import TagEvidence, tag_evidence

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
