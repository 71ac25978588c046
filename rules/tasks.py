"""Background work of floor 4: check the rules, by hand or by the clock, and fix many findings."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from rules.services.evaluation import evaluate
from rules.services.fixing import fix_all, fix_automatic
from rules.services.snapshots import record_daily_snapshot
from stillwater import events, jobs
from stillwater.models import Job, JobState, User
from stillwater.progress import Progress
from stillwater.services.options import option_number

EVALUATE, FIX = "evaluate", "fix"


@jobs.job(EVALUATE, "Checking the rules")
def run_evaluation(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `rule_id` (blank: all rules), `scope`, `fix` (then what rules in mode auto can fix is fixed)."""
    rules = [params["rule_id"]] if params.get("rule_id") else None
    result = evaluate(rules, scope=params.get("scope", "incremental"), progress=progress)
    fixed = fix_automatic(rules).as_dict() if params.get("fix") else {}
    return {**result.as_dict(), "fixes": fixed, "message": f"{result.processed} artists, {result.opened} new findings"}


@jobs.job(FIX, "Fixing findings")
def run_fix(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `ids`, None for all that can be fixed; `actor` the key of who asked."""
    actor = User.objects.filter(pk=params.get("actor") or 0).first()
    result = fix_all(params.get("ids"), actor=actor, progress=progress)
    words = f"{result.fixed} fixed, {result.failed} failed, {result.skipped} skipped"
    events.publish("bulk.completed", {"kind": FIX, "message": words, **result.as_dict()})
    return {**result.as_dict(), "message": words}


def start_evaluation(
    rule_id: str = "", *, scope: str = "incremental", fix: bool = True, asked_by: User | None = None
) -> tuple[Job, bool]:
    """Queue a run of one rule or of all; they share one slot. Returns the job and whether it is new."""
    return jobs.start(EVALUATE, {"rule_id": rule_id, "scope": scope, "fix": fix}, asked_by=asked_by)


def start_fix(ids: Sequence[str | int] | None = None, *, asked_by: User | None = None) -> tuple[Job, bool]:
    keys = None if ids is None else [str(key) for key in ids]
    return jobs.start(FIX, {"ids": keys, "actor": asked_by.pk if asked_by else None}, asked_by=asked_by)


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


def last_run() -> Job | None:
    """The newest run, of one rule or of all."""
    return jobs.latest(EVALUATE)


def last_fix() -> Job | None:
    return jobs.latest(FIX)


def is_running(job: Job | None) -> bool:
    return job is not None and job.state in (JobState.QUEUED, JobState.RUNNING)
