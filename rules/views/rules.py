"""The rules page: switch, configure, check; and one rule with its findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from artists.models import Artist
from rules.explanation import thresholds
from rules.finding_query import CATEGORIES, FindingQuery
from rules.forms import MODE_WORDS, SEVERITY_WORDS, RuleForm, ScheduleForm, point_at_first_error
from rules.models import ACTIVE, Violation
from rules.queries import findings
from rules.services import rules as verbs
from rules.services.evaluation import RUNNABLE, SCOPES
from rules.services.rules import RuleState
from rules.tasks import is_running, last_run, next_evaluation_at, start_evaluation
from rules.views.rows import rows_of
from stillwater.errors import Conflict, Invalid
from stillwater.htmx import is_fragment, toast
from stillwater.services.options import change_options, option_number
from stillwater.views.access import administrators_only, require_administrator, signed_in

FIRST_FINDINGS = 25


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as the page shows it."""

    state: RuleState
    findings: int
    form: RuleForm

    @property
    def summary(self) -> str:
        """How it is set, on one line."""
        parts = [SEVERITY_WORDS[self.state.config.severity]]
        parts += [f"{label.lower()} {value}" for label, value in thresholds(self.state)]
        if self.state.rule.fixable:
            parts.append(MODE_WORDS[self.state.setting.automation_mode].lower())
        return " · ".join(parts)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    lines = [_line(state, counts) for counts in [_counts()] for state in verbs.list_rules()]
    context = {
        "categories": [
            (label, [line for line in lines if line.state.rule.category == key]) for key, label in _CATEGORIES
        ],
        "on": sum(line.state.setting.enabled for line in lines),
        "total": len(lines),
        "has_local_library": verbs.has_local_library(),
        **_run_context(),
        "schedule": _schedule_form(),
    }
    return render(request, "rules/index.html", context)


@require_safe
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule: what it means, how it is set, how many artists pass, and who does not."""
    state = verbs.rule_state(rule_id)
    line = _line(state, _counts(rule_id))
    checked = Artist.objects.filter(RUNNABLE, health_evaluated_at__isnull=False)
    considered = (checked.exclude(path="") if state.rule.filesystem else checked).count()
    chosen = FindingQuery(rule_id=rule_id)
    context = {
        "line": line,
        "open": True,
        "considered": considered,
        "passing": max(considered - line.findings, 0),
        "rate": round(max(considered - line.findings, 0) / considered * 100, 1) if considered else None,
        "rows": rows_of(findings(chosen.filter())[:FIRST_FINDINGS]),
        "chosen": chosen,
        "here": request.path,
        "thresholds": thresholds(state),
        **_run_context(),
    }
    return render(request, "rules/rule.html", context)


@require_safe
def run_state(request: HttpRequest) -> HttpResponse:
    """What the last or present check did."""
    return render(request, "rules/_run.html", _run_context())


@require_POST
@administrators_only
def switch(request: HttpRequest, rule_id: str) -> HttpResponse:
    """On or off; a refusal leaves the switch as it was, with the reason."""
    wanted = request.POST.get("enabled") == "on"
    try:
        state = verbs.update_rule(rule_id, enabled=wanted)
    except Conflict as error:
        return _line_response(request, verbs.rule_state(rule_id), problem=f"{error.message.capitalize()}.")
    words = f"{state.rule.name}: {'on' if wanted else 'off'}."
    return _line_response(request, state, words=words)


@require_POST
@administrators_only
def configure(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Save mode and settings; 422 with what was typed where it is refused."""
    state = verbs.rule_state(rule_id)
    form = RuleForm(state, request.POST)
    if form.is_valid():
        try:
            mode = form.cleaned_data.get("automation_mode")
            state = verbs.update_rule(rule_id, automation_mode=mode, config=form.config)
            return _line_response(request, state, words=f"{state.rule.name}: saved. The next check uses it.", open=True)
        except Invalid as error:
            form.refuse(error)
    point_at_first_error(form)
    return _line_response(request, state, form=form, open=True)


@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """Check one rule or all of them. Anybody who is signed in may."""
    scope = request.POST.get("scope", "incremental")
    rule_id = request.POST.get("rule_id", "")
    if scope not in SCOPES:
        raise Invalid(f"scope must be one of {', '.join(SCOPES)}", "scope")
    if rule_id and not verbs.rule_state(rule_id).setting.enabled:
        raise Conflict("this rule is switched off")
    _job, is_new = start_evaluation(rule_id, scope=scope, asked_by=signed_in(request))
    words = "The rules are being checked." if is_new else "A check is running already."
    if not is_fragment(request):
        messages.info(request, words)
        return redirect("rules:rule", rule_id) if rule_id else redirect("rules:index")
    return toast(render(request, "rules/_run.html", _run_context()), words, level="info")


@require_POST
def schedule(request: HttpRequest) -> HttpResponse:
    require_administrator(request)
    form = ScheduleForm(request.POST, label_suffix="")
    saved = form.is_valid()
    if saved:
        change_options({"rule_schedule.interval_minutes": form.cleaned_data["interval_minutes"]})
        if form.cleaned_data["classical_mode"] != verbs.classical_mode():
            verbs.set_classical_mode(form.cleaned_data["classical_mode"])
    if saved and not is_fragment(request):
        messages.success(request, "Saved.")
        return redirect("rules:index")
    point_at_first_error(form)
    context = {"schedule": form, **_run_context()}
    response = render(request, "rules/_schedule.html", context, status=200 if saved else 422)
    return toast(response, "Saved.") if saved else response


_CATEGORIES = tuple(CATEGORIES.items())


def _line(state: RuleState, counts: dict[str, int], form: RuleForm | None = None) -> RuleLine:
    return RuleLine(state, counts.get(state.rule.id, 0), form or RuleForm(state))


def _line_response(
    request: HttpRequest,
    state: RuleState,
    *,
    form: RuleForm | None = None,
    words: str = "",
    problem: str = "",
    open: bool = False,
) -> HttpResponse:
    refused = bool(problem or (form and form.errors))
    if not is_fragment(request) and not refused:
        messages.success(request, words)
        return redirect(f"{reverse('rules:index')}#rule-{state.rule.id}")
    context: dict[str, Any] = {"line": _line(state, _counts(state.rule.id), form), "problem": problem, "open": open}
    template = "rules/_rule.html" if is_fragment(request) else "rules/rule_form.html"
    response = render(request, template, context, status=422 if refused else 200)
    return toast(response, words) if words and not refused else response


def _counts(*only: str) -> dict[str, int]:
    """Active findings by rule."""
    rows = Violation.objects.order_by().filter(status__in=ACTIVE)
    rows = rows.filter(rule__in=only) if only else rows
    counted: Sequence[tuple[str, int]] = rows.values_list("rule").annotate(count=Count("pk"))  # type: ignore[assignment]
    return dict(counted)


def _run_context() -> dict[str, Any]:
    job = last_run()
    return {"run": job, "is_running": is_running(job), "next_run": next_evaluation_at(timezone.now())}


def _schedule_form() -> ScheduleForm:
    values = {
        "interval_minutes": option_number("rule_schedule.interval_minutes"),
        "classical_mode": verbs.classical_mode(),
    }
    return ScheduleForm(initial=values, label_suffix="")
