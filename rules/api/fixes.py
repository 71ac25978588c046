"""Fixes over REST: one finding, a chosen candidate, all that can be, and the undo."""

from typing import Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.params import Query

from rules import tasks
from rules.api.violations import FindingIds
from rules.bulk import DryRun, Selection, dry_run
from rules.queries.findings import FindingFilter, findings
from rules.services import choosing, fixing
from rules.services.fixing_many import fixable_findings
from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.api.schemas import StatusOut
from stillwater.errors import Invalid
from stillwater.models import Job
from stillwater.numbers import Key, whole_number

router = Router(tags=["Notifications"])


class FixOut(Schema):
    status: Literal["fixed", "dismissed", "failed"]
    message: str
    undo_id: str = ""
    undo_expires_in: int = 0


class UndoOut(Schema):
    status: Literal["reverted"]
    message: str


class ChosenCandidate(Schema):
    url: str
    image_type: Literal["thumb", "fanart", "logo", "banner"]


class FixAllWanted(Schema):
    """Which findings, beside naming them: what waits and fits the filter. `dry_run`: the numbers alone."""

    severity: str = ""
    category: str = ""
    rule_id: str = ""
    artist_id: Key | None = None
    library_id: Key | None = None
    search: str = ""
    dry_run: bool = False

    def as_filter(self) -> FindingFilter | None:
        """None where nothing is filtered by."""
        found = FindingFilter(
            severity=self.severity, category=self.category, rule_id=self.rule_id, artist_id=self.artist_id,
            library_id=self.library_id, search=self.search,
        )  # fmt: skip
        return None if found == FindingFilter() else found


class FixAllPlan(Schema):
    """A dry run: every active finding is in one of the numbers. `asking`: so many of the fixable ask providers."""

    active: int
    fixable: int
    locked: int
    without_id: int
    waiting: int
    held: int
    left: int
    asking: int

    @classmethod
    def of(cls, found: DryRun) -> "FixAllPlan":
        return cls(**{name: getattr(found, name) for name in cls.model_fields})


class FixAllOut(Schema):
    status: str
    message: str = ""
    total: int
    plan: FixAllPlan | None = None


class FixesRunning(Schema):
    status: Literal["running"]
    message: str


class FixAllStatus(Schema):
    status: Literal["idle", "running", "completed"] = "idle"
    total: int = 0
    processed: int = 0
    fixed: int = 0
    skipped: int = 0
    failed: int = 0

    @classmethod
    def of(cls, job: Job | None) -> "FixAllStatus":
        if job is None:
            return cls()
        if job.is_active:
            return cls(status="running", total=job.total or 0, processed=job.done)
        counts = {key: job.result.get(key, 0) for key in ("total", "processed", "fixed", "skipped", "failed")}
        return cls(status="completed", **counts)


@router.post(
    "/notifications/fix-all",
    operation_id="fixAllViolations",
    url_name="fix_all",
    summary="Fix many findings",
    response={202: FixAllOut, 200: FixAllOut, 409: FixesRunning, **errors(400, 401, 500, 503)},
    exclude_none=True,
)
def fix_all(
    request: HttpRequest, wanted: Query[FixAllWanted], payload: FindingIds | None = None
) -> Status[FixAllOut | FixesRunning]:
    """In the background: those named, what fits the filter, or all that can be fixed. 409 while a run is going.

    With `dry_run` nothing is done: 200 with the numbers of what would be, of `total` findings.
    """
    ids = _meant(wanted, payload)
    if wanted.dry_run:
        plan = dry_run(Selection(_keys(wanted.as_filter() or FindingFilter()) if ids is None else _known(ids)))
        return Status(200, FixAllOut(status="dry_run", total=plan.active, plan=FixAllPlan.of(plan)))
    if tasks.is_running(tasks.last_fix()):
        return Status(409, FixesRunning(status="running", message="fixes are running already"))
    total = len(fixable_findings(ids))
    if not total:
        return Status(200, FixAllOut(status="completed", message="nothing to fix", total=0))
    _job, is_new = tasks.start_fix(ids, asked_by=caller(request))
    if not is_new:
        return Status(409, FixesRunning(status="running", message="fixes are running already"))
    return Status(202, FixAllOut(status="running", total=total))


def _meant(wanted: FixAllWanted, payload: FindingIds | None) -> list[str] | None:
    """None: all of them. Raises Invalid for both ways at once, and for a filter that no finding could fit."""
    named = None if payload is None or payload.ids is None else payload.as_list()
    chosen = wanted.as_filter()
    if chosen is None:
        return named
    if named is not None:
        raise Invalid("name findings or filter them, not both", "ids")
    return [str(key) for key in _keys(chosen)]


def _keys(chosen: FindingFilter) -> list[int]:
    return list(findings(chosen).order_by().values_list("pk", flat=True))


def _known(ids: list[str]) -> list[int]:
    return sorted({key for key in map(whole_number, ids) if key is not None})


@router.get(
    "/notifications/fix-all/status",
    operation_id="fixAllStatus",
    url_name="fix_all_status",
    summary="How the fixes go",
    response={200: FixAllStatus, **errors(401, 500)},
)
def fix_all_status(request: HttpRequest) -> FixAllStatus:
    """The last run of fix-all."""
    return FixAllStatus.of(tasks.last_fix())


@router.post(
    "/notifications/{id}/fix",
    operation_id="fixViolation",
    url_name="fix_violation",
    summary="Fix a finding",
    response={200: FixOut, **errors(401, 404, 500, 503)},
)
def fix(request: HttpRequest, id: str) -> FixOut:
    """A refusal is an answer too: status failed, with its reason."""
    outcome = fixing.fix(id, actor=caller(request))
    seconds = fixing.UNDO_SECONDS if outcome.undo_id else 0
    return FixOut(status=outcome.status, message=outcome.message, undo_id=outcome.undo_id, undo_expires_in=seconds)


@router.post(
    "/notifications/{id}/apply-candidate",
    operation_id="applyViolationCandidate",
    url_name="apply_candidate",
    summary="Take one of the offered pictures",
    response={200: StatusOut, **errors(400, 401, 404, 409, 422)},
)
def apply_candidate(request: HttpRequest, id: str, payload: ChosenCandidate) -> StatusOut:
    """Only for findings that wait for a choice, and only a picture that was offered."""
    choosing.apply_candidate(id, payload.url, payload.image_type, actor=caller(request))
    return StatusOut(status="resolved")


@router.post(
    "/fix-undo/{undoId}",
    operation_id="undoFix",
    url_name="undo_fix",
    summary="Take a fix back",
    response={200: UndoOut, **errors(401, 409, 410, 500, 503)},
)
def undo_fix(request: HttpRequest, undoId: str) -> UndoOut:  # noqa: N803 - the contract's name
    """Files and values as they were; the finding opens again. 410 once it was done or is too late."""
    undone = fixing.undo_fix(undoId, actor=caller(request))
    return UndoOut(status="reverted", message=undone.summary)
