"""The rules page, and one rule with its findings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from artists.services.mbid_checks import due
from rules.forms import ScheduleForm
from rules.queries.explanation import thresholds
from rules.queries.finding_query import CATEGORIES, FindingQuery
from rules.queries.findings import findings
from rules.reports.rates import library_rates, rate_of
from rules.services import rules as verbs
from rules.tasks import MBID_RULE
from rules.views.rows import rows_of
from rules.views.rule_lines import line_of, lines, run_context, touches_of
from stillwater.services.options import option_number

FIRST_FINDINGS = 25


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    shown = lines(verbs.list_rules())
    context = {
        "categories": [
            (label, [line for line in shown if line.state.rule.category == key]) for key, label in CATEGORIES.items()
        ],
        "on": sum(line.state.setting.enabled for line in shown),
        "total": len(shown),
        "fixes_alone": [line.state.rule.name for line in shown if line.state.fixes_alone],
        "has_local_library": verbs.has_local_library(),
        **run_context(),
        "schedule": _schedule_form(),
    }
    return render(request, "rules/index.html", context)


@require_safe
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule: what it means, how it is set, how many artists pass, and who does not."""
    state = verbs.rule_state(rule_id)
    line = line_of(state)
    chosen = FindingQuery(rule_id=rule_id)
    context = {
        "line": line,
        "open": True,
        "pass_rate": rate_of(state.rule),
        "by_library": library_rates(state.rule) if state.setting.enabled else [],
        "touches": touches_of(state),
        "ids_due": due().count() if rule_id == MBID_RULE else None,
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


def _schedule_form() -> ScheduleForm:
    values = {
        "interval_minutes": option_number("rule_schedule.interval_minutes"),
        "classical_mode": verbs.classical_mode(),
    }
    return ScheduleForm(initial=values, label_suffix="")
