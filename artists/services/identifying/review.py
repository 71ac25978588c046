"""What a person does with the artists that wait for a decision."""

from uuid import uuid4

from django.db.models import QuerySet
from django.utils import timezone

from artists.models import Artist, Identification, IdentityState
from artists.services.identifying.linking import link_chosen
from artists.services.identifying.plain import mbids_of
from artists.services.refresh import require_open
from artists.services.values import clean
from stillwater.errors import Invalid, NotFound
from stillwater.models import User


def review_queue() -> QuerySet[Identification]:
    """Those who wait, the longest first; whoever got an MBID or was excluded meanwhile waits no more."""
    rows = Identification.objects.filter(state=IdentityState.QUEUED, artist__musicbrainz_id="")
    return rows.exclude(artist__is_excluded=True).select_related("artist").order_by("decided_at", "pk")


def outcome_of(artist_id: int) -> Identification:
    """Raises NotFound."""
    row = Identification.objects.select_related("artist").filter(artist=artist_id).first()
    if row is None:
        raise NotFound("nothing is known about who this artist may be")
    return row


def accept(artist: Artist, mbid: str, *, discogs_id: str = "", actor: User | None = None) -> Identification:
    """Link the artist to the one chosen; its row says so, with the group that takes it back.

    It is not refreshed yet: a person should not wait for that. Raises Invalid, Locked, Conflict.
    """
    chosen = required_mbid(mbid)
    require_open(artist)
    group = uuid4()
    link_chosen(artist, chosen, discogs_id=discogs_id, actor=actor, group=group)
    row, _is_new = Identification.objects.update_or_create(
        artist=artist,
        defaults={
            "run": group, "state": IdentityState.LINKED, "mbid": chosen, "discogs_id": discogs_id,
            "machine_picked": False, "reason": "a person chose", "decided_at": timezone.now(),
            "refreshed_at": None, "refresh_note": "",
        },
    )  # fmt: skip
    return row


def skip(artist_id: int) -> Identification:
    """Not now: the next run looks again."""
    return _settled(artist_id, IdentityState.SKIPPED, "put off by a person")


def decline(artist_id: int) -> Identification:
    """It is none of these: they are not shown again, and no run links to them."""
    row = outcome_of(artist_id)
    row.declined = sorted({*row.declined, *mbids_of(row.candidates)})
    row.save(update_fields=["declined"])
    return _settled(artist_id, IdentityState.DECLINED, "a person said that it is none of these")


def required_mbid(mbid: str) -> str:
    """In the stored spelling. Raises Invalid for a blank one and for what is no UUID."""
    cleaned = str(clean("musicbrainz_id", mbid))
    if not cleaned:
        raise Invalid("mbid is required", "mbid")
    return cleaned


def _settled(artist_id: int, state: IdentityState, reason: str) -> Identification:
    row = outcome_of(artist_id)
    if row.state != state:
        row.state, row.reason, row.decided_at = state, reason, timezone.now()
        row.save(update_fields=["state", "reason", "decided_at"])
    return row
