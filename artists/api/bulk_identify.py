"""Identify many artists over REST: start, follow, cancel, and link the ones that a person decides."""

from typing import Any, Literal, cast

from django.http import HttpRequest
from ninja import Router, Schema, Status

from artists.models import Identification, Library
from artists.queries.detail import artist_by_id
from artists.queries.identifying import IDENTIFY, RunStatus, run_state
from artists.services.identifying.review import accept
from artists.services.identifying.scope import unidentified
from artists.tasks.identify import start_identify, start_refresh_linked
from stillwater import jobs
from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.errors import Invalid

router = Router(tags=["Bulk Operations"])


Tier = Literal["tags", "connection", "album", "name", "wizard"]


class StartIn(Schema):
    library_id: str = ""


class StartedOut(Schema):
    status: Literal["running"] = "running"
    total: int


class NobodyOut(Schema):
    status: Literal["completed"] = "completed"
    message: str
    total: int = 0


class RunningOut(Schema):
    status: Literal["running"] = "running"
    message: str


class AlbumComparisonOut(Schema):
    matches: list[Any]
    local_only: list[Any]
    remote_only: list[Any]
    match_count: int
    local_count: int
    remote_count: int
    match_percent: int


class IdentityCandidateOut(Schema):
    provider_id: str
    name: str
    sort_name: str
    type: str
    disambiguation: str
    origin: str
    score: int
    musicbrainz_id: str
    source: str
    album_comparison: AlbumComparisonOut | None = None
    confidence: float
    reason: str


class ReviewItemOut(Schema):
    """`tier` tags is ours; `evidence` are the numbers behind the reason."""

    artist_id: str
    artist_name: str
    artist_path: str
    tier: Tier
    reason: str
    candidates: list[IdentityCandidateOut]
    evidence: dict[str, Any]

    @classmethod
    def of(cls, row: Identification) -> "ReviewItemOut":
        return cls(
            artist_id=str(row.artist_id),
            artist_name=row.artist.name,
            artist_path=row.artist.path,
            tier=cast("Tier", row.tier),
            reason=row.reason,
            candidates=row.candidates,
            evidence=row.evidence,
        )


class ProgressOut(Schema):
    """`failed` were not asked or could not be stored; `review_total` counts all that wait, of which 200 are listed."""

    status: RunStatus
    total: int
    processed: int
    auto_linked: int
    queued: int
    unmatched: int
    failed: int
    current_name: str
    review_queue: list[ReviewItemOut]
    review_total: int


class CancelOut(Schema):
    status: Literal["idle", "canceling", "completed", "canceled"]
    message: str


class LinkOneIn(Schema):
    artist_id: str
    mbid: str
    discogs_id: str = ""


class LinkedOut(Schema):
    status: Literal["linked"] = "linked"
    artist_id: str
    mbid: str


@router.post(
    "/artists/bulk-identify",
    operation_id="startBulkIdentify",
    url_name="bulk_identify_start",
    summary="Identify all artists that have no MusicBrainz ID",
    response={200: NobodyOut, 202: StartedOut, 409: RunningOut, **errors(400, 401, 500, 503)},
)
def start(request: HttpRequest, payload: StartIn) -> Status[Any]:
    """In the background, one run at a time; of one library where `library_id` names it."""
    library_id = _library(payload.library_id)
    total = unidentified(library_id).count()
    if jobs.active(IDENTIFY) is None and total == 0:
        return Status(200, NobodyOut(message="every artist has a MusicBrainz ID"))
    _job, is_new = start_identify(caller(request), library_id=library_id)
    if not is_new:
        return Status(409, RunningOut(message="artists are being identified already"))
    return Status(202, StartedOut(total=total))


@router.get(
    "/artists/bulk-identify",
    operation_id="getBulkIdentifyProgress",
    url_name="bulk_identify_progress",
    summary="How identifying goes, and what waits for a decision",
    response={200: ProgressOut, **errors(401)},
    exclude_none=True,
)
def progress(request: HttpRequest) -> ProgressOut:
    """The run at hand or the last one; the queue outlives the run."""
    state = run_state()
    return ProgressOut(
        status=state.status,
        total=state.total,
        processed=state.processed,
        auto_linked=state.linked,
        queued=state.queued,
        unmatched=state.unmatched,
        failed=state.failed,
        current_name=state.current_name,
        review_queue=[ReviewItemOut.of(row) for row in state.queue],
        review_total=state.waiting,
    )


@router.delete(
    "/artists/bulk-identify",
    operation_id="cancelBulkIdentify",
    url_name="bulk_identify_cancel",
    summary="Stop identifying",
    response={200: CancelOut, **errors(401)},
)
def cancel(request: HttpRequest) -> CancelOut:
    """It stops after the step at hand; what was linked stays, and can be taken back as one run."""
    job = jobs.active(IDENTIFY)
    if job is None:
        return CancelOut(status="idle", message="nothing is running")
    if jobs.cancel(job.pk).is_active:
        return CancelOut(status="canceling", message="it stops after the artist at hand")
    return CancelOut(status="canceled", message="it was stopped before it began")


@router.post(
    "/artists/bulk-identify/link",
    operation_id="bulkIdentifyLink",
    url_name="bulk_identify_link",
    summary="Link an artist of the review queue",
    response={200: LinkedOut, **errors(400, 401, 404, 409, 500, 503)},
)
def link(request: HttpRequest, payload: LinkOneIn) -> LinkedOut:
    """The artist is refreshed in the background afterwards."""
    artist = artist_by_id(payload.artist_id)
    person = caller(request)
    row = accept(artist, payload.mbid, discogs_id=payload.discogs_id, actor=person)
    start_refresh_linked(row, person)
    return LinkedOut(artist_id=str(artist.pk), mbid=row.mbid)


def _library(library_id: str) -> int | None:
    if not library_id:
        return None
    known = library_id.isascii() and library_id.isdigit() and Library.objects.filter(pk=library_id).exists()
    if not known:
        raise Invalid("unknown library", "library_id")
    return int(library_id)
