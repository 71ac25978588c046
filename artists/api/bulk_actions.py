"""Actions on a selection of artists over REST: by ids, or by the token of a selection."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict, StringConstraints

from artists.models import BulkJob
from artists.providers.picking import NOBODY, NOBODY_ALIKE
from artists.queries.bulk_runs import bulk_jobs, linked_count, standing_of
from artists.services.bulk_runs.kinds import is_offered
from artists.services.bulk_runs.planning import Meant
from artists.tasks.bulk_runs import BULK_ACTION, meant_by, start_bulk
from stillwater import jobs
from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.errors import Conflict, Invalid, Unavailable

router = Router(tags=["Bulk Operations"])

ALSO_CALLED = {"re_identify": "re_identify_auto"}
ACTIONS = frozenset(
    {"run_rules", "re_identify", "re_identify_auto", "scan", "fetch_images", "refresh", "lock", "unlock"}
)
ArtistId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class ActionIn(Schema):
    """`selection`, the token of all artists that a filter matches, may stand in place of `ids`."""

    model_config = ConfigDict(extra="forbid")

    action: str
    ids: list[ArtistId] = Field(default_factory=list, max_length=1000)
    selection: str = ""


class ActionStarted(Schema):
    status: str = "running"
    action: str
    total: int


class ActionBusy(Schema):
    status: str = "running"
    message: str


class ActionStatus(Schema):
    status: str
    action: str = ""
    total: int = 0
    processed: int = 0
    succeeded: int = 0
    skipped: int = 0
    failed: int = 0
    current_name: str = ""
    auto_linked: int = 0
    queued: int = 0
    no_match: int = 0


class Canceling(Schema):
    status: str = "canceling"


@router.post(
    "/artists/bulk-actions",
    operation_id="startBulkAction",
    url_name="start_bulk_action",
    summary="Do something to many artists",
    response={202: ActionStarted, 409: ActionBusy, **errors(400, 401, 503)},
)
def start_action(request: HttpRequest, payload: ActionIn) -> Status[ActionStarted] | Status[ActionBusy]:
    """One action at a time. Ids that belong to nobody count as skipped."""
    action = ALSO_CALLED.get(payload.action, payload.action)
    if payload.action not in ACTIONS:
        raise Invalid(f"action must be one of {', '.join(sorted(ACTIONS))}", "action")
    if not payload.ids and not payload.selection:
        raise Invalid("ids must not be empty", "ids")
    if not is_offered(action):
        raise Unavailable(f"{action} is not available here")
    meant = meant_by({"selection": payload.selection, "ids": payload.ids})
    return _started(request, action, payload, meant)


@router.get(
    "/artists/bulk-actions/status",
    operation_id="getBulkActionStatus",
    url_name="bulk_action_status",
    summary="How the last action goes",
    response={200: ActionStatus, **errors(401)},
)
def action_status(request: HttpRequest) -> ActionStatus:
    """The running one, or the last; idle before there was any."""
    bulk = _last()
    if bulk is None:
        return ActionStatus(status="idle")
    standing = standing_of(bulk)
    counts, queued = standing.counts, standing.counts["queued"]
    return ActionStatus(
        status={"pending": "running", "timed_out": "failed"}.get(standing.status, standing.status),
        action=bulk.type,
        total=standing.total,
        processed=standing.processed,
        succeeded=counts["done"],
        skipped=counts["skipped"],
        failed=counts["failed"],
        current_name=standing.current,
        auto_linked=linked_count(bulk),
        queued=queued,
        no_match=bulk.items.filter(status="queued", message__in=(NOBODY, NOBODY_ALIKE)).count() if queued else 0,
    )


@router.post(
    "/artists/bulk-actions/cancel",
    operation_id="cancelBulkAction",
    url_name="cancel_bulk_action",
    summary="Stop the action",
    response={200: Canceling, **errors(401, 409)},
)
def cancel_action(request: HttpRequest) -> Canceling:
    """After the artist at hand."""
    active = jobs.active(BULK_ACTION)
    if active is None:
        raise Conflict("no bulk action is running")
    jobs.cancel(active.pk)
    return Canceling()


def _started(
    request: HttpRequest, action: str, payload: ActionIn, meant: Meant
) -> Status[ActionStarted] | Status[ActionBusy]:
    ids = None if payload.selection else payload.ids
    total = meant.count()
    try:
        start_bulk(action, selection=payload.selection, ids=ids, asked_by=caller(request))
    except Conflict as busy:
        return Status(409, ActionBusy(message=busy.message))
    return Status(202, ActionStarted(action=action, total=total))


def _last() -> BulkJob | None:
    return bulk_jobs(BULK_ACTION).first()
