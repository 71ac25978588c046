"""Stores what came of an attempt; one row for each artist, which is also the progress of the run."""

from uuid import UUID

from django.utils import timezone

from artists.matching.identification import Decision
from artists.models import Artist, Identification, IdentityState
from artists.services.identifying.plain import plain_candidates

MACHINE = "provider:musicbrainz"
"""The source of what a run links: MusicBrainz' identifiers, chosen by nobody."""

STATE_OF = {
    "link": IdentityState.LINKING,
    "queue": IdentityState.QUEUED,
    "unmatched": IdentityState.UNMATCHED,
    "not_asked": IdentityState.FAILED,
}


def store_decision(artist: Artist, run: UUID, decision: Decision) -> Identification:
    return _stored(
        artist,
        run,
        state=STATE_OF[decision.verdict],
        tier=decision.tier,
        mbid=decision.mbid,
        discogs_id=decision.discogs_id,
        machine_picked=decision.machine_picked,
        reason=decision.reason[:500],
        candidates=plain_candidates(decision.candidates),
        evidence=dict(decision.evidence),
    )


def store_skip(artist: Artist, run: UUID, reason: str) -> Identification:
    return _stored(artist, run, state=IdentityState.SKIPPED, reason=reason[:500])


def store_failure(row: Identification, reason: str) -> None:
    """It was not linked after all; the candidates stay to look at."""
    row.state, row.reason = IdentityState.FAILED, reason[:500]
    row.save(update_fields=["state", "reason"])


def _stored(artist: Artist, run: UUID, **values: object) -> Identification:
    whole: dict[str, object] = {
        "tier": "", "mbid": "", "discogs_id": "", "machine_picked": False, "reason": "", "candidates": [],
        "evidence": {}, "refresh_note": "", "refreshed_at": None, "decided_at": timezone.now(), **values,
    }  # fmt: skip
    row, _is_new = Identification.objects.update_or_create(artist=artist, defaults={"run": run, **whole})
    return row
