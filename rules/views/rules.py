"""The rules page, and one rule with its findings."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from artists.models import Artist
from rules.forms import ScheduleForm
from rules.models import ACTIVE, Status, Violation
from rules.queries.explanation import thresholds
from rules.queries.finding_query import CATEGORIES, FindingQuery
from rules.queries.findings import EXCLUDED, findings
from rules.services import rules as verbs
from rules.services.rules import RuleState
from rules.views.rows import rows_of
from rules.views.rule_lines import counts_by_rule, line_of, run_context
from stillwater.remembered import until_written
from stillwater.services.options import option_number

FIRST_FINDINGS = 25


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    counts = counts_by_rule()
    lines = [line_of(state, counts) for state in verbs.list_rules()]
    context = {
        "categories": [
            (label, [line for line in lines if line.state.rule.category == key]) for key, label in CATEGORIES.items()
        ],
        "on": sum(line.state.setting.enabled for line in lines),
        "total": len(lines),
        "fixes_alone": [line.state.rule.name for line in lines if line.state.fixes_alone],
        "has_local_library": verbs.has_local_library(),
        **run_context(),
        "schedule": _schedule_form(),
    }
    return render(request, "rules/index.html", context)


@require_safe
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule: what it means, how it is set, how many artists pass, and who does not."""
    state = verbs.rule_state(rule_id)
    line = line_of(state, counts_by_rule(rule_id))
    chosen = FindingQuery(rule_id=rule_id)
    context = {
        "line": line,
        "open": True,
        **_pass_rate(state),
        "rows": rows_of(findings(chosen.filter())[:FIRST_FINDINGS]),
        "chosen": chosen,
        "here": request.path,
        "thresholds": thresholds(state),
        **run_context(),
    }
    return render(request, "rules/rule.html", context)


@require_safe
def run_state(request: HttpRequest) -> HttpResponse:
    """What the last or present check did."""
    return render(request, "rules/_run.html", run_context())


def _pass_rate(state: RuleState) -> dict[str, Any]:
    """Of the artists that have been checked and are not excluded; a dismissed finding is still a broken rule."""
    considered = _considered(state.rule.filesystem)
    broken = Violation.objects.filter(~EXCLUDED, rule=state.rule.id, status__in=[*ACTIVE, Status.DISMISSED])
    passing = max(considered - broken.count(), 0)
    rate = round(passing / considered * 100, 1) if considered else None
    return {"considered": considered, "passing": passing, "rate": rate}


@until_written
def _considered(with_folder: bool) -> int:
    checked = Artist.objects.filter(is_excluded=False, health_evaluated_at__isnull=False)
    return (checked.exclude(path="") if with_folder else checked).count()


def _schedule_form() -> ScheduleForm:
    values = {
        "interval_minutes": option_number("rule_schedule.interval_minutes"),
        "classical_mode": verbs.classical_mode(),
    }
    return ScheduleForm(initial=values, label_suffix="")
