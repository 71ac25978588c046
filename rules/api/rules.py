"""Rules over REST: list, configure, run, and how far a run is."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status

from rules import tasks
from rules.queries import badge_count
from rules.services import rules as verbs
from rules.services.evaluation import SCOPES, last_evaluation_at
from stillwater.api.auth import caller, require_admin
from stillwater.api.errors import errors
from stillwater.errors import Conflict, Invalid
from stillwater.models import Job, JobState
from stillwater.services.options import option_number

router = Router(tags=["Rules"])


class SettingOut(Schema):
    """One thing to configure, for whoever draws a form."""

    key: str
    kind: str
    label: str
    default: str | float | bool
    low: float
    high: float
    choices: list[str]
    help: str


class RuleOut(Schema):
    id: str
    name: str
    description: str
    doc: str
    category: str
    enabled: bool
    automation_mode: str
    config: dict[str, Any]
    settings: list[SettingOut]
    fixable: bool
    filesystem_dependent: bool
    created_at: datetime
    updated_at: datetime
    evaluated_at: datetime | None

    @classmethod
    def of(cls, state: verbs.RuleState) -> "RuleOut":
        rule, setting = state.rule, state.setting
        return cls(
            id=rule.id,
            name=rule.name,
            description=rule.description,
            doc=rule.doc,
            category=rule.category,
            enabled=setting.enabled,
            automation_mode=setting.automation_mode,
            config=dict(state.config.values),
            settings=[SettingOut(**asdict(one)) for one in rule.settings],
            fixable=rule.fixable,
            filesystem_dependent=rule.filesystem,
            created_at=setting.created_at,
            updated_at=setting.updated_at,
            evaluated_at=setting.evaluated_at,
        )


class RulesOut(Schema):
    rules: list[RuleOut]
    has_local_library: bool


class RuleChange(Schema):
    """What is left out stays; a configuration replaces the whole old one."""

    enabled: bool | None = None
    automation_mode: Literal["auto", "manual"] | None = None
    config: dict[str, Any] | None = None


class RunOut(Schema):
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
    def of(cls, job: Job | None) -> "RunOut":
        if job is None:
            return cls(violations_remaining=badge_count())
        result, fixes = job.result, job.result.get("fixes", {})
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


class ScheduleOut(Schema):
    last_evaluation_at: datetime | None
    interval_minutes: int
    next_evaluation_at: datetime | None
    scheduler_enabled: bool


class ClassicalMode(Schema):
    mode: Literal["skip", "composer", "performer"]


@router.get("/rules", operation_id="listRules", url_name="rules", summary="List the rules", response=RulesOut)
def list_rules(request: HttpRequest) -> RulesOut:
    """Every rule with its settings, and whether any library has a folder."""
    return RulesOut(
        rules=[RuleOut.of(state) for state in verbs.list_rules()], has_local_library=verbs.has_local_library()
    )


@router.get(
    "/rules/status",
    operation_id="getRulesStatus",
    url_name="rules_status",
    summary="When rules are evaluated",
    response=ScheduleOut,
)
def rules_status(request: HttpRequest) -> ScheduleOut:
    """The clock of evaluation."""
    minutes = option_number("rule_schedule.interval_minutes")
    return ScheduleOut(
        last_evaluation_at=last_evaluation_at(),
        interval_minutes=minutes,
        next_evaluation_at=tasks.next_evaluation_at(timezone.now()),
        scheduler_enabled=minutes > 0,
    )


@router.get(
    "/rules/classical-mode",
    operation_id="getClassicalMode",
    url_name="classical_mode",
    summary="How classical artists are treated",
    response=ClassicalMode,
)
def get_classical_mode(request: HttpRequest) -> ClassicalMode:
    """skip: they are not evaluated and count as healthy."""
    return ClassicalMode.model_validate({"mode": verbs.classical_mode()})


@router.put(
    "/rules/classical-mode",
    operation_id="setClassicalMode",
    url_name="set_classical_mode",
    summary="Change how classical artists are treated",
    response={200: ClassicalMode, **errors(400, 403)},
)
def set_classical_mode(request: HttpRequest, payload: ClassicalMode) -> ClassicalMode:
    """Administrators only. Everything is looked at again at the next run."""
    require_admin(request)
    return ClassicalMode.model_validate({"mode": verbs.set_classical_mode(payload.mode)})


@router.post(
    "/rules/run-all",
    operation_id="runAllRules",
    url_name="run_all_rules",
    summary="Evaluate all rules",
    response={202: RunOut, **errors(400, 409, 500, 503)},
)
def run_all_rules(request: HttpRequest, scope: str = "incremental") -> Status[RunOut]:
    """In the background; 409 while a run is going."""
    return _start(request, "", scope)


@router.get(
    "/rules/run-all/status",
    operation_id="getRunAllRulesStatus",
    url_name="run_all_rules_status",
    summary="How the last run goes",
    response=RunOut,
)
def run_status(request: HttpRequest) -> RunOut:
    """Of all rules or of one: they share one slot."""
    return RunOut.of(tasks.last_run())


@router.put(
    "/rules/{id}",
    operation_id="updateRule",
    url_name="rule",
    summary="Switch or configure a rule",
    response={200: RuleOut, **errors(400, 403, 404, 409, 500)},
)
def update_rule(request: HttpRequest, id: str, payload: RuleChange) -> RuleOut:
    """Administrators only. Switching a rule off resolves its findings."""
    require_admin(request)
    return RuleOut.of(verbs.update_rule(id, **payload.dict()))


@router.post(
    "/rules/{id}/run",
    operation_id="runRule",
    url_name="run_rule",
    summary="Evaluate one rule",
    response={202: RunOut, **errors(400, 404, 409, 500, 503)},
)
def run_rule(request: HttpRequest, id: str, scope: str = "incremental") -> Status[RunOut]:
    """In the background; 409 while a run is going, or where the rule is switched off."""
    if not verbs.rule_state(id).setting.enabled:
        raise Conflict("this rule is switched off")
    return _start(request, id, scope)


def _start(request: HttpRequest, rule_id: str, scope: str) -> Status[RunOut]:
    if scope not in SCOPES:
        raise Invalid(f"scope must be one of {', '.join(SCOPES)}", "scope")
    job, is_new = tasks.start_evaluation(rule_id, scope=scope, asked_by=caller(request))
    if not is_new:
        raise Conflict("rules are being evaluated already")
    job.refresh_from_db()
    return Status(202, RunOut.of(job))


def _status(job: Job) -> str:
    if job.is_active:
        return "running"
    return "completed" if job.state == JobState.DONE else "failed"
