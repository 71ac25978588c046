"""Goes through the tiers for one artist; only albums and the name cost requests, of MusicBrainz alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from artists.matching.albums import AlbumOverlap, compare_albums
from artists.matching.identification import (
    LEAST_LIKE,
    MOST_COMPARED,
    MOST_SHOWN,
    Candidate,
    Decision,
    by_albums,
    by_connection,
    by_name,
    by_tags,
)
from artists.models import Artist
from artists.providers.answers import SearchHit
from artists.providers.base import Lookup, Provider
from artists.providers.errors import NothingFound, ProviderError
from artists.services.asking import MUSICBRAINZ, Panel
from artists.services.identifying.known import Known
from artists.services.local_albums import album_titles


@dataclass(frozen=True, slots=True)
class Gathered:
    """What MusicBrainz knows under the name; `problem`: it could not be asked, so nothing follows from silence."""

    candidates: tuple[Candidate, ...] = ()
    problem: str = ""


def decide(artist: Artist, known: Known, panel: Panel) -> Decision:
    """Who the artist is, by the strongest evidence there is. Never raises for a provider that is down."""
    local = by_evidence(artist, known)
    if local is not None:
        return local
    subject = known.subject(artist)
    if subject.is_nameless:
        return by_name(subject, ())
    gathered = gather(artist, panel)
    if gathered.problem:
        return Decision("not_asked", "", gathered.problem)
    decision = by_albums(gathered.candidates) or by_name(subject, gathered.candidates)
    return _unless_taken(artist, decision)


def by_evidence(artist: Artist, known: Known) -> Decision | None:
    """The tiers that ask nobody."""
    subject, tags = known.subject(artist), known.tags.get(artist.pk)
    found = tags and by_tags(subject, tags.claims, tags.albums, in_conflict=tags.in_conflict)
    return found or by_connection(subject, known.entries_of(artist))


def gather(artist: Artist, panel: Panel) -> Gathered:
    """Hits for the name, the first few compared by their albums: one request, and one for each of those."""
    provider = panel.providers.get(MUSICBRAINZ)
    if provider is None:
        return Gathered(problem=f"MusicBrainz {panel.unavailable.get(MUSICBRAINZ, 'is not set up')}")
    try:
        return Gathered(_compared(provider, _hits(provider, artist.name), album_titles(artist)))
    except ProviderError as error:
        return Gathered(problem=error.message)


def _hits(provider: Provider, name: str) -> list[SearchHit]:
    try:
        hits = provider.search(name)
    except NothingFound:
        return []
    return sorted((hit for hit in hits if hit.musicbrainz_id), key=lambda hit: -hit.score)


def _compared(provider: Provider, hits: Sequence[SearchHit], local: Sequence[str]) -> tuple[Candidate, ...]:
    worth = [hit for hit in hits if hit.score >= LEAST_LIKE][:MOST_COMPARED] if local else []
    overlaps = {hit.musicbrainz_id: _overlap(provider, hit.musicbrainz_id, local) for hit in worth}
    return tuple(Candidate(hit, albums=overlaps.get(hit.musicbrainz_id)) for hit in hits[: 2 * MOST_SHOWN])


def _overlap(provider: Provider, mbid: str, local: Sequence[str]) -> AlbumOverlap:
    """Against nothing where MusicBrainz knows the artist but no album."""
    try:
        groups = provider.release_groups(Lookup("", {MUSICBRAINZ: mbid}))
    except NothingFound:
        groups = []
    return compare_albums(local, [group.title for group in groups])


def _unless_taken(artist: Artist, decision: Decision) -> Decision:
    """Where somebody else here has this identity already, a person looks at the two."""
    if decision.verdict != "link":
        return decision
    other = another_with(artist, decision.mbid)
    if not other:
        return decision
    return replace(decision, verdict="queue", mbid="", reason=f"{other} has this MusicBrainz ID already")


def another_with(artist: Artist, mbid: str) -> str:
    """The name of another artist here that has this identity; blank: nobody has."""
    others = Artist.objects.exclude(pk=artist.pk).exclude(musicbrainz_id="").filter(musicbrainz_id=mbid.lower())
    return others.values_list("name", flat=True).first() or ""
