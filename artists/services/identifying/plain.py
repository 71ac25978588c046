"""Candidates as they are stored and printed: the contract's words, one form for table, REST and page."""

from collections.abc import Iterable, Mapping
from typing import Any

from artists.matching.albums import AlbumOverlap
from artists.matching.identification import Candidate

MOST_TITLES = 60
"""Of one list: the rest is counted."""


def plain_candidates(candidates: Iterable[Candidate]) -> list[dict[str, Any]]:
    return [plain_candidate(each) for each in candidates]


def plain_candidate(candidate: Candidate) -> dict[str, Any]:
    hit = candidate.hit
    told: dict[str, Any] = {
        "provider_id": hit.provider_id,
        "name": hit.name,
        "sort_name": hit.sort_name,
        "type": hit.type,
        "disambiguation": hit.disambiguation,
        "origin": hit.origin,
        "score": hit.score,
        "musicbrainz_id": hit.musicbrainz_id,
        "source": hit.provider,
        "confidence": round(candidate.confidence, 3),
        "reason": candidate.reason,
    }
    if candidate.albums is not None:
        told["album_comparison"] = _plain_albums(candidate.albums)
    return told


def mbids_of(candidates: Iterable[Mapping[str, Any]]) -> list[str]:
    return [str(each["musicbrainz_id"]).lower() for each in candidates if each.get("musicbrainz_id")]


def _plain_albums(albums: AlbumOverlap) -> dict[str, Any]:
    return {
        "matches": list(albums.matches[:MOST_TITLES]),
        "local_only": list(albums.local_only[:MOST_TITLES]),
        "remote_only": list(albums.remote_only[:MOST_TITLES]),
        "match_count": len(albums.matches),
        "local_count": albums.local_count,
        "remote_count": albums.remote_count,
        "match_percent": albums.percent,
    }
