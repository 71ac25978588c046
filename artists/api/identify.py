"""Refresh an artist and say who it is over REST; under htmx the same fragments as the page's."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Form, Router, Schema

from artists.providers.answers import SearchHit
from artists.queries.detail import artist_by_id
from artists.services.identifiers import clear_identifiers
from artists.services.identify import Candidate, link, search
from artists.services.provenance import musicbrainz_diffs, musicbrainz_fetched_at
from artists.services.refresh import Refreshed, refresh
from artists.views import refreshing
from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.htmx import is_fragment
from stillwater.services.options import option

router = Router(tags=["Artists"])


class FieldSourceOut(Schema):
    field: str
    provider: str


class RefreshedOut(Schema):
    """`warning`: what could not be done beside it; `down`: providers that could not be asked, with the reason."""

    status: str
    sources: list[FieldSourceOut] = []
    warning: str = ""
    down: dict[str, str] = {}


class CandidateSearchIn(Schema):
    query: str


class LinkIn(Schema):
    mbid: str = ""
    discogs_id: str = ""
    source: str = ""


class ReidentifyIn(Schema):
    clear_ids: Literal["true", "false", ""] = ""


class CandidatesOut(Schema):
    """Items are {Result, AlbumComparison}, capitalised as the contract has them. `errors`: provider to reason."""

    results: list[dict[str, Any]]
    errors: dict[str, str] = {}


class ReidentifiedOut(Schema):
    status: str
    artist: str
    message: str


class MusicBrainzDiffOut(Schema):
    field: str
    stillwater_value: str
    musicbrainz_value: str
    source: str


class MusicBrainzDiffsOut(Schema):
    artist_id: str
    musicbrainz_id: str
    diffs: list[MusicBrainzDiffOut]
    contribution_mode: str
    last_fetched_at: datetime | None = None


@router.post(
    "/artists/{id}/refresh",
    operation_id="refreshArtist",
    url_name="refresh",
    summary="Refresh an artist from its providers",
    response={200: RefreshedOut, **errors(404, 409)},
)
def refresh_one(request: HttpRequest, id: str) -> RefreshedOut | HttpResponse:
    """Without an MBID the answer is disambiguation_required; then refresh/search and refresh/link are next."""
    artist = artist_by_id(id)
    done = refresh(artist, actor=caller(request))
    return refreshing.after_refresh(request, artist, done) if is_fragment(request) else _refreshed(done)


@router.post(
    "/artists/{id}/refresh/search",
    operation_id="refreshSearch",
    url_name="refresh_search",
    summary="Search for the artist at MusicBrainz and Discogs",
    response={200: CandidatesOut, **errors(400, 404)},
)
def search_one(request: HttpRequest, id: str, payload: CandidateSearchIn) -> CandidatesOut | HttpResponse:
    """The albums of the first three MusicBrainz entries are compared with those on disk."""
    artist = artist_by_id(id)
    found = search(artist, payload.query, actor=caller(request))
    if is_fragment(request):
        return refreshing.candidates(request, artist, found, payload.query)
    return CandidatesOut(results=[_candidate(each) for each in found.candidates], errors=found.down)


@router.post(
    "/artists/{id}/refresh/link",
    operation_id="refreshLink",
    url_name="refresh_link",
    summary="Link the artist to an entry and refresh it",
    response={200: RefreshedOut, **errors(400, 404, 409)},
)
def link_one(request: HttpRequest, id: str, payload: LinkIn) -> RefreshedOut | HttpResponse:
    """Overwrites the identifiers that are given. With another MBID than before all other identifiers go."""
    artist = artist_by_id(id)
    done = link(artist, mbid=payload.mbid, discogs_id=payload.discogs_id, actor=caller(request))
    if is_fragment(request):
        return refreshing.after_refresh(request, artist, done)
    status = "linked_and_refreshed" if done.status == "refreshed" else "linked"
    return RefreshedOut(**{**_refreshed(done).dict(), "status": status})


@router.post(
    "/artists/{id}/reidentify",
    operation_id="reidentifyArtist",
    url_name="reidentify",
    summary="Begin to identify the artist anew",
    response={200: ReidentifiedOut, **errors(404, 409)},
)
def reidentify(request: HttpRequest, id: str, payload: Form[ReidentifyIn]) -> ReidentifiedOut | HttpResponse:
    """Nothing changes unless clear_ids is true; then all identifiers go, which can be taken back."""
    artist = artist_by_id(id)
    clears = payload.clear_ids == "true"
    if clears:
        clear_identifiers(artist, actor=caller(request))
    if is_fragment(request):
        return refreshing.panel(request, artist)
    words = "all identifiers are cleared; search and link" if clears else "search and link; nothing was changed"
    return ReidentifiedOut(status="disambiguation_required", artist=artist.name, message=words)


@router.get(
    "/artists/{id}/musicbrainz/diffs",
    operation_id="getArtistMusicBrainzDiffs",
    url_name="musicbrainz_diffs",
    summary="Where MusicBrainz says something else",
    response={200: MusicBrainzDiffsOut, **errors(404)},
    exclude_none=True,
)
def diffs(request: HttpRequest, id: str) -> MusicBrainzDiffsOut:
    """As of its last answer; fields that both sides fill."""
    artist = artist_by_id(id)
    lines = [
        MusicBrainzDiffOut(
            field=each.field, stillwater_value=each.ours, musicbrainz_value=each.theirs, source=each.source
        )
        for each in musicbrainz_diffs(artist)
    ]
    return MusicBrainzDiffsOut(
        artist_id=str(artist.pk),
        musicbrainz_id=artist.musicbrainz_id,
        diffs=lines,
        contribution_mode=option("musicbrainz.contributions"),
        last_fetched_at=musicbrainz_fetched_at(artist),
    )


def _refreshed(done: Refreshed) -> RefreshedOut:
    sources = [FieldSourceOut(field=field, provider=provider) for field, provider in done.sources.items()]
    return RefreshedOut(status=done.status, sources=sources, warning=done.warning, down=dict(done.down))


def _candidate(candidate: Candidate) -> dict[str, Any]:
    overlap = candidate.albums
    albums = overlap and {
        "matches": list(overlap.matches),
        "local_only": list(overlap.local_only),
        "remote_only": list(overlap.remote_only),
        "match_count": len(overlap.matches),
        "local_count": overlap.local_count,
        "remote_count": overlap.remote_count,
        "match_percent": overlap.percent,
    }
    return {"Result": _result(candidate.hit), "AlbumComparison": albums}


def _result(hit: SearchHit) -> dict[str, Any]:
    return {
        "provider_id": hit.provider_id,
        "name": hit.name,
        "sort_name": hit.sort_name,
        "type": hit.type,
        "disambiguation": hit.disambiguation,
        "origin": hit.origin,
        "score": hit.score,
        "musicbrainz_id": hit.musicbrainz_id,
        "source": hit.provider,
    }
