"""Who is this artist? Candidates with the albums that speak for them, and linking one."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from uuid import uuid4

from artists.fields import IDENTIFIER_FIELDS
from artists.matching.albums import AlbumOverlap, compare_albums
from artists.models import Artist, ProviderRecord
from artists.nfo.reader import read_nfo
from artists.providers.answers import ReleaseGroup, SearchHit
from artists.providers.base import Lookup, Provider
from artists.providers.errors import NothingFound, ProviderError
from artists.services.asking import MUSICBRAINZ, TOO_LATE, Panel
from artists.services.at_once import at_once
from artists.services.change import Change
from artists.services.nfo_disk import present_nfo
from artists.services.operations import operation
from artists.services.places import folder_of, nfo_path
from artists.services.refresh import Refreshed, refresh, require_open
from artists.services.sources import Sources, panel_of
from artists.services.values import blank
from artists.services.writeback import follow_nfo
from stillwater.errors import Invalid, StillwaterError
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

    Another MBID than before means another artist: what other providers were asked by belongs to the former one and
    goes. Raises Invalid, Locked, Conflict.
    """
    if not mbid and not discogs_id:
        raise Invalid("mbid or discogs_id is required", "mbid")
    require_open(artist)
    both = uuid4()
    with operation(artist, summary="Linked to another entry", actor=actor, group=both) as change:
        if mbid and artist.musicbrainz_id and mbid.casefold() != artist.musicbrainz_id.casefold():
            _drop_identifiers(change, artist)
        for key, value in (("musicbrainz_id", mbid), ("discogs_id", discogs_id)):
            if value:
                change.set(key, value)
        follow_nfo(change)
    if change.changed.keys() & {"musicbrainz_id"}:
        ProviderRecord.objects.filter(artist_id=artist.pk).exclude(external_id="").update(external_id="")
    done = refresh(artist, sources=sources, actor=actor, group=both)
    return done if done.change and done.change.operation else replace(done, change=change)


def clear_identifiers(artist: Artist, *, actor: User | None = None) -> Change:
    """Forget who the artist is at every provider; it can be taken back. Raises Locked for a locked field."""
    with operation(artist, summary="Cleared all identifiers", actor=actor) as change:
        _drop_identifiers(change, artist)
        follow_nfo(change)
    ProviderRecord.objects.filter(artist_id=artist.pk).exclude(external_id="").update(external_id="")
    return change


def local_albums(artist: Artist) -> list[str]:
    """Album folders below the artist's folder; where there are none, the albums that artist.nfo lists."""
    folder = folder_of(artist)
    if folder is None:
        return []
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if entry.is_dir() and not entry.name.startswith("."))
    except OSError:
        return []
    return names or _albums_of_nfo(artist)


def _albums_of_nfo(artist: Artist) -> list[str]:
    path = nfo_path(artist)
    try:
        data = present_nfo(path) if path else None
    except StillwaterError:
        return []
    document = read_nfo(data).document if data else None
    return [album.title for album in document.albums] if document else []


def _drop_identifiers(change: Change, artist: Artist) -> None:
    """Those that are not locked."""
    for key in sorted(IDENTIFIER_FIELDS - set(artist.locked_fields)):
        change.set(key, blank(key))


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
    local = local_albums(artist)
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
