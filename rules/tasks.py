"""Background work of floor 4: check the rules, by hand or by the clock, and fix many findings."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from artists.tasks.mbid_checks import start_check_mbids
from rules.services.evaluation import evaluate
from rules.services.fixing_many import FixAllResult, fix_all, fix_automatic
from rules.services.prospects import automatic_findings
from rules.services.rules import rule_state
from rules.services.snapshots import record_daily_snapshot
from stillwater import events, jobs
from stillwater.models import Job, JobState, User
from stillwater.progress import Cancelled, Progress
from stillwater.schedule import is_due
from stillwater.services.options import option_number

EVALUATE, FIX = "evaluate", "fix"
MBID_RULE = "mbid_resolves"
DAY_SECONDS = 86_400.0
_RUN = {"kind": FIX, "type": FIX}
"""How the events call a run of fixes; `type` is the contract's word (behaviour.md 9)."""


@jobs.job(EVALUATE, "Checking the rules")
def run_evaluation(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `rule_id` (blank: all rules), `scope`, `fix` (then what rules in mode auto can fix is fixed afterwards).

    Fixing asks providers and may take hours: it is a job of its own, so that the rules can be checked meanwhile.
    """
    rules = [params["rule_id"]] if params.get("rule_id") else None
    result = evaluate(rules, scope=params.get("scope", "incremental"), progress=progress)
    words = f"{result.processed} artists, {result.opened} new findings"
    follows = start_automatic_fix(rules) if params.get("fix") else None
    return {**result.as_dict(), "fix_job": follows.pk if follows else None, "message": words}


@jobs.job(FIX, "Fixing findings", attempts=jobs.LONG_WORK)
def run_fix(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `ids`, None for all that can be fixed; `automatic`: instead, what rules in mode auto can fix, of `rules`
    or of all; `actor` the key of who asked; `group` the run that it is for the history."""
    group = UUID(params["group"]) if params.get("group") else uuid4()
    try:
        result = _fixed(params, group, progress)
    except Cancelled:
        words = "The fixes were stopped; what is done until then can be taken back together"
        events.publish("bulk.completed", {**_RUN, "status": "cancelled", "group": str(group), "message": words})
        raise
    words, counts = told(result), result.as_dict()
    ended = {**_RUN, "status": "completed", "message": words, "succeeded": result.fixed, **counts}
    events.publish("bulk.completed", ended)
    return {**counts, "message": words}


def _fixed(params: dict[str, Any], group: UUID, progress: Progress) -> FixAllResult:
    if params.get("automatic"):
        return fix_automatic(params.get("rules"), group=group, progress=progress)
    actor = User.objects.filter(pk=params.get("actor") or 0).first()
    return fix_all(params.get("ids"), actor=actor, group=group, progress=progress)


def told(result: FixAllResult) -> str:
    """12 fixed, 3 to choose, 1 failed."""
    parts = [f"{result.fixed} fixed"]
    parts += [f"{result.waiting} to choose"] if result.waiting else []
    left = result.skipped - result.waiting
    parts += [f"{left} left alone"] if left else []
    return ", ".join([*parts, f"{result.failed} failed"])


def start_evaluation(
    rule_id: str = "", *, scope: str = "incremental", fix: bool = True, asked_by: User | None = None
) -> tuple[Job, bool]:
    """Queue a run of one rule or of all; they share one slot. Returns the job and whether it is new."""
    return jobs.start(EVALUATE, {"rule_id": rule_id, "scope": scope, "fix": fix}, asked_by=asked_by)


def start_fix(ids: Sequence[str | int] | None = None, *, asked_by: User | None = None) -> tuple[Job, bool]:
    """Queue the fixes of these findings, or of all that have one. One run at a time, automatic or not."""
    keys = None if ids is None else [str(key) for key in ids]
    params = {"ids": keys, "actor": asked_by.pk if asked_by else None, "group": str(uuid4())}
    return jobs.start(FIX, params, asked_by=asked_by)


def start_automatic_fix(rules: Sequence[str] | None = None) -> Job | None:
    """None where there is nothing that automation should try, or fixes are running already."""
    if not automatic_findings(rules):
        return None
    params = {"automatic": True, "rules": None if rules is None else list(rules), "group": str(uuid4())}
    job, is_new = jobs.start(FIX, params)
    return job if is_new else None


def next_evaluation_at(now: datetime) -> datetime | None:
    """When the clock starts the next run of all rules; None where it never does. A run by hand restarts the wait."""
    minutes = option_number("rule_schedule.interval_minutes")
    if not minutes:
        return None
    ended = Job.objects.filter(kind=EVALUATE, params__rule_id="").exclude(finished_at=None).first()
    return max(ended.finished_at + timedelta(minutes=minutes), now) if ended and ended.finished_at else now


def due(now: datetime) -> bool:
    return next_evaluation_at(now) == now


def tick() -> None:
    """Called every minute."""
    if due(timezone.now()):
        start_evaluation(scope="all")
    record_daily_snapshot()
    if rule_state(MBID_RULE).setting.enabled and is_due("mbid-checks", DAY_SECONDS):
        start_check_mbids()


def last_run() -> Job | None:
    """The newest run, of one rule or of all."""
    return jobs.latest(EVALUATE)


def last_fix() -> Job | None:
    return jobs.latest(FIX)


def is_running(job: Job | None) -> bool:
    return job is not None and job.state in (JobState.QUEUED, JobState.RUNNING)
