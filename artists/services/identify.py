"""Who is this artist? Candidates with the albums that speak for them, and linking one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from uuid import uuid4

from artists.matching.albums import AlbumOverlap, compare_albums
from artists.models import Artist
from artists.providers.answers import ReleaseGroup, SearchHit
from artists.providers.base import Lookup, Provider
from artists.providers.errors import NothingFound, ProviderError
from artists.services.asking import MUSICBRAINZ, TOO_LATE, Panel
from artists.services.at_once import at_once
from artists.services.identifiers import give_identifiers
from artists.services.local_albums import album_titles
from artists.services.refresh import Refreshed, refresh, require_open
from artists.services.sources import Sources, panel_of
from stillwater.errors import Invalid
from stillwater.models import User

SEARCHED = (MUSICBRAINZ, "discogs")
MOST_COMPARED = 3
"""Candidates whose albums are fetched: one question each, of a provider that answers one a second."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One hit; `albums` is None where they were not compared."""

    hit: SearchHit
    albums: AlbumOverlap | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates, MusicBrainz' first; `down`: who could not be asked and why, so that silence is never "no matches"."""

    candidates: list[Candidate] = field(default_factory=list)
    down: dict[str, str] = field(default_factory=dict)


def search(artist: Artist, query: str = "", *, panel: Panel | None = None, actor: User | None = None) -> Found:
    """Artists of about this name (by default the artist's own). Raises Invalid for a blank query."""
    wanted = (query or artist.name).strip()
    if not wanted:
        raise Invalid("query must not be blank", "query")
    asked = panel or panel_of(SEARCHED, actor)
    down = {name: reason for name, reason in asked.unavailable.items() if name in SEARCHED}
    calls = {name: partial(_hits, asked.providers[name], wanted) for name in SEARCHED if name in asked.providers}
    answers = at_once(calls, asked.seconds)
    down |= {name: TOO_LATE for name in calls if name not in answers}
    down |= {name: answer for name, answer in answers.items() if isinstance(answer, str)}
    hits = [hit for name in SEARCHED for hit in _listed(answers.get(name, []))]
    return Found(_with_albums(artist, hits, asked, asked.seconds), down)


def link(
    artist: Artist,
    *,
    mbid: str = "",
    discogs_id: str = "",
    sources: Sources | None = None,
    actor: User | None = None,
) -> Refreshed:
    """Give the artist the identifiers that a person chose, then refresh it: two changes of one group.

    Raises Invalid, Locked, Conflict.
    """
    if not mbid and not discogs_id:
        raise Invalid("mbid or discogs_id is required", "mbid")
    require_open(artist)
    both = uuid4()
    change = give_identifiers(
        artist, mbid=mbid, discogs_id=discogs_id, summary="Linked to another entry", actor=actor, group=both
    )
    done = refresh(artist, sources=sources, actor=actor, group=both)
    return done if done.change and done.change.operation else replace(done, change=change)


def _hits(provider: Provider, query: str) -> list[SearchHit] | str:
    """The hits, or why there are none."""
    try:
        return provider.search(query)
    except NothingFound:
        return []
    except ProviderError as error:
        return error.message


def _listed(answer: list[SearchHit] | str) -> list[SearchHit]:
    return [] if isinstance(answer, str) else answer


def _with_albums(artist: Artist, hits: Sequence[SearchHit], panel: Panel, seconds: float | None) -> list[Candidate]:
    """The first few with an MBID are compared by their albums, where there is anything to compare with."""
    local = album_titles(artist)
    provider = panel.providers.get(MUSICBRAINZ)
    mbids = list(dict.fromkeys(hit.musicbrainz_id for hit in hits if hit.musicbrainz_id))[:MOST_COMPARED]
    if not local or provider is None:
        return [Candidate(hit) for hit in hits]
    remote = at_once({mbid: partial(_albums, provider, mbid) for mbid in mbids}, seconds)
    overlaps = {mbid: compare_albums(local, titles) for mbid, titles in remote.items() if titles is not None}
    return [Candidate(hit, overlaps.get(hit.musicbrainz_id)) for hit in hits]


def _albums(provider: Provider, mbid: str) -> list[str] | None:
    try:
        groups: list[ReleaseGroup] = provider.release_groups(Lookup("", {MUSICBRAINZ: mbid}))
    except ProviderError:
        return None
    return [group.title for group in groups]
