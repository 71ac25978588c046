"""Runs of the rules over REST: when, of all or of one, and how far the last one is."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status

from artists.services.mbid_checks import due
from artists.tasks.mbid_checks import start_check_mbids
from rules import tasks
from rules.queries.findings import badge_count
from rules.services.evaluation import SCOPES, last_evaluation_at
from rules.services.rules import rule_state
from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.errors import Conflict, Invalid
from stillwater.models import Job, JobState
from stillwater.services.options import option_number

router = Router(tags=["Rules"])


class RuleRunOut(Schema):
    """How a run goes, or went."""

    running: bool = False
    status: str = "idle"
    scope: str = "incremental"
    rule_id: str = ""
    artists_processed: int = 0
    artists_total: int = 0
    artists_skipped: int = 0
    violations_found: int = 0
    violations_auto_fixed: int = 0
    violations_remaining: int = 0
    fixes_attempted: int = 0
    fixes_succeeded: int = 0
    started_at: datetime | None = None
    completed_at: datetime | None = None
    error: str = ""
    job_id: str = ""

    @classmethod
    def of(cls, job: Job | None) -> "RuleRunOut":
        if job is None:
            return cls(violations_remaining=badge_count())
        result, fixes = job.result, _fixes_of(job)
        return cls(
            running=job.is_active,
            status=_status(job),
            scope=job.params.get("scope", "incremental"),
            rule_id=job.params.get("rule_id", ""),
            artists_processed=result.get("processed", job.done),
            artists_total=result.get("total", job.total or 0),
            artists_skipped=result.get("skipped", 0) if job.params.get("scope") == "incremental" else 0,
            violations_found=result.get("found", 0),
            violations_auto_fixed=fixes.get("fixed", 0),
            violations_remaining=badge_count(),
            fixes_attempted=fixes.get("processed", 0),
            fixes_succeeded=fixes.get("fixed", 0),
            started_at=job.started_at or job.created_at,
            completed_at=job.finished_at,
            error=job.error or (job.message if job.state in (JobState.CANCELLED, JobState.TIMED_OUT) else ""),
            job_id=str(job.pk),
        )


class RuleScheduleOut(Schema):
    last_evaluation_at: datetime | None
    interval_minutes: int
    next_evaluation_at: datetime | None
    scheduler_enabled: bool


@router.get(
    "/rules/status",
    operation_id="getRulesStatus",
    url_name="rules_status",
    summary="When rules are evaluated",
    response={200: RuleScheduleOut, **errors(401)},
)
def rules_status(request: HttpRequest) -> RuleScheduleOut:
    """The clock of evaluation."""
    minutes = option_number("rule_schedule.interval_minutes")
    return RuleScheduleOut(
        last_evaluation_at=last_evaluation_at(),
        interval_minutes=minutes,
        next_evaluation_at=tasks.next_evaluation_at(timezone.now()),
        scheduler_enabled=minutes > 0,
    )


@router.post(
    "/rules/run-all",
    operation_id="runAllRules",
    url_name="run_all_rules",
    summary="Evaluate all rules",
    response={202: RuleRunOut, **errors(400, 401, 409, 500, 503)},
    exclude_none=True,
)
def run_all_rules(request: HttpRequest, scope: str = "incremental") -> Status[RuleRunOut]:
    """In the background; 409 while a run is going."""
    return _start(request, "", scope)


@router.get(
    "/rules/run-all/status",
    operation_id="getRunAllRulesStatus",
    url_name="run_all_rules_status",
    summary="How the last run goes",
    response={200: RuleRunOut, **errors(401)},
    exclude_none=True,
)
def run_status(request: HttpRequest) -> RuleRunOut:
    """Of all rules or of one: they share one slot."""
    return RuleRunOut.of(tasks.last_run())


class AskedOut(Schema):
    """`waiting`: artists whose ID is to be asked about; a pass takes the first 200 of them."""

    status: str
    job_id: str
    waiting: int


@router.post(
    "/rules/mbid_resolves/ask",
    operation_id="askAboutStoredIds",
    url_name="ask_about_ids",
    summary="Ask MusicBrainz about stored IDs",
    response={202: AskedOut, **errors(401, 409, 503)},
)
def ask_about_ids(request: HttpRequest) -> Status[AskedOut]:
    """In the background, one question a second; what it learns becomes findings. 409 while a pass is going."""
    waiting = due().count()
    job, is_new = start_check_mbids(caller(request))
    if not is_new:
        raise Conflict("MusicBrainz is being asked already")
    return Status(202, AskedOut(status="running", job_id=str(job.pk), waiting=waiting))


@router.post(
    "/rules/{id}/run",
    operation_id="runRule",
    url_name="run_rule",
    summary="Evaluate one rule",
    response={202: RuleRunOut, **errors(400, 401, 404, 409, 500, 503)},
    exclude_none=True,
)
def run_rule(request: HttpRequest, id: str, scope: str = "incremental") -> Status[RuleRunOut]:
    """In the background; 409 while a run is going, or where the rule is switched off."""
    if not rule_state(id).setting.enabled:
        raise Conflict("this rule is switched off")
    return _start(request, id, scope)


def _start(request: HttpRequest, rule_id: str, scope: str) -> Status[RuleRunOut]:
    if scope not in SCOPES:
        raise Invalid(f"scope must be one of {', '.join(SCOPES)}", "scope")
    job, is_new = tasks.start_evaluation(rule_id, scope=scope, asked_by=caller(request))
    if not is_new:
        raise Conflict("rules are being evaluated already")
    job.refresh_from_db()
    return Status(202, RuleRunOut.of(job))


def _fixes_of(job: Job) -> dict[str, int]:
    """What the fixing that followed has done so far, or in the end."""
    follows = Job.objects.filter(pk=job.result.get("fix_job") or 0).first()
    if follows is None:
        return {}
    return follows.result if follows.result else {"processed": follows.done}


def _status(job: Job) -> str:
    if job.is_active:
        return "running"
    return "completed" if job.state == JobState.DONE else "failed"
