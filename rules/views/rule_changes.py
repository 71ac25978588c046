"""What one does on the rules page: switch, configure, check now, set the clock."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from artists.tasks.mbid_checks import start_check_mbids
from rules import tasks
from rules.forms import RuleForm, ScheduleForm, point_at_first_error
from rules.services import rules as verbs
from rules.services.evaluation import SCOPES
from rules.services.rules import RuleState
from rules.tasks import start_evaluation
from rules.views.rule_lines import line_of, run_context
from stillwater.errors import Conflict, Invalid, as_sentence
from stillwater.htmx import is_fragment, toast
from stillwater.services.options import change_options
from stillwater.views.access import administrators_only, signed_in


@require_POST
@administrators_only
def switch(request: HttpRequest, rule_id: str) -> HttpResponse:
    """On or off; a refusal leaves the switch as it was, with the reason."""
    wanted = request.POST.get("enabled") == "on"
    try:
        state = verbs.update_rule(rule_id, enabled=wanted)
    except Conflict as error:
        return _line_response(request, verbs.rule_state(rule_id), problem=as_sentence(error.message))
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
    return toast(render(request, "rules/_run.html", run_context()), words, level="info")


@require_POST
def ask_musicbrainz(request: HttpRequest) -> HttpResponse:
    """One pass over the stored IDs that were asked about longest ago. Anybody who is signed in may."""
    _job, is_new = start_check_mbids(signed_in(request))
    words = "MusicBrainz is asked about stored IDs, one a second." if is_new else "MusicBrainz is being asked already."
    messages.info(request, words)
    return redirect("rules:rule", tasks.MBID_RULE)


@require_POST
@administrators_only
def schedule(request: HttpRequest) -> HttpResponse:
    """Save when everything is checked, and how classical artists are treated."""
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
    context = {"schedule": form, **run_context()}
    response = render(request, "rules/_schedule.html", context, status=200 if saved else 422)
    return toast(response, "Saved.") if saved else response


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
    context: dict[str, Any] = {
        "line": line_of(state, form),
        "problem": problem,
        "open": open,
    }
    template = "rules/_rule.html" if is_fragment(request) else "rules/rule_form.html"
    response = render(request, template, context, status=422 if refused else 200)
    return toast(response, words) if words and not refused else response
