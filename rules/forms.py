"""The forms of the rules pages, drawn from each rule's own list of settings."""

from collections.abc import Mapping
from typing import Any

from django import forms

from rules.services.rules import MODES, RuleState
from rules.types import Setting
from stillwater.errors import Invalid, as_sentence
from stillwater.option_registry import BY_KEY

MODE_WORDS = {"auto": "Fix alone", "manual": "Ask a person"}
SEVERITY_WORDS = {"error": "Error", "warning": "Warning", "info": "Hint"}
CLASSICAL_WORDS = {
    "skip": "Leave them out",
    "composer": "Check them as composers",
    "performer": "Check them as performers",
}


def point_at_first_error(form: forms.Form) -> None:
    """The focus goes to the first field that was refused (static/js/htmx_setup.js)."""
    bad = next((name for name in form.fields if name in form.errors), None)
    if bad is not None:
        form.fields[bad].widget.attrs["data-focus-here"] = True


class RuleForm(forms.Form):
    """Mode and settings of one rule. `state` says which and how it is set now."""

    def __init__(self, state: RuleState, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id=f"{state.rule.id}-%s", label_suffix="")
        self.rule = state.rule
        if self.rule.fixable:
            self.fields["automation_mode"] = forms.ChoiceField(
                label="When it is broken",
                choices=[(mode, MODE_WORDS[mode]) for mode in reversed(MODES)],
                initial=state.setting.automation_mode,
            )
        for setting in self.rule.settings:
            self.fields[setting.key] = _field(setting, state.config.values[setting.key])

    @property
    def config(self) -> dict[str, Any]:
        """The settings alone, for `update_rule`. Only after `is_valid`."""
        return {setting.key: self.cleaned_data[setting.key] for setting in self.rule.settings}

    def refuse(self, error: Invalid) -> None:
        """Show what the verb refused at the field it named."""
        self.add_error(error.field if error.field in self.fields else None, as_sentence(error.message))


class ScheduleForm(forms.Form):
    """When all rules are checked by the clock, and how classical artists are treated."""

    interval_minutes = forms.IntegerField(
        label="Check every",
        min_value=0,
        max_value=BY_KEY["rule_schedule.interval_minutes"].high,
        help_text="In minutes, from 5. 0: only when somebody asks, and whenever an artist changes.",
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    classical_mode = forms.ChoiceField(
        label="Classical artists",
        choices=list(CLASSICAL_WORDS.items()),
        help_text="Those of libraries of the type classical, and those marked as such.",
    )

    def clean_interval_minutes(self) -> int:
        minutes: int = self.cleaned_data["interval_minutes"]
        low = BY_KEY["rule_schedule.interval_minutes"].low
        if 0 < minutes < low:
            raise forms.ValidationError(f"At least {low} minutes, or 0.")
        return minutes


def _field(setting: Setting, value: object) -> forms.Field:
    common: dict[str, Any] = {"label": setting.label, "initial": value, "help_text": _help(setting)}
    if setting.kind == "flag":
        return forms.BooleanField(required=False, **common)
    if setting.kind == "choice":
        words = SEVERITY_WORDS if setting.key == "severity" else {}
        return forms.ChoiceField(choices=[(one, words.get(one, one)) for one in setting.choices], **common)
    if setting.kind == "words":
        common["initial"] = str(value).split(",")
        boxes = forms.CheckboxSelectMultiple(attrs={"class": "checks"})
        return forms.MultipleChoiceField(choices=[(one, one) for one in setting.choices], widget=boxes, **common)
    low, high = setting.low, setting.high
    if setting.kind == "integer":
        box = forms.NumberInput(attrs={"class": "short"})
        return forms.IntegerField(min_value=int(low), max_value=int(high), widget=box, **common)
    box = forms.NumberInput(attrs={"class": "short", "step": "any"})
    return forms.FloatField(min_value=low, max_value=high, widget=box, **common)


def _help(setting: Setting) -> str:
    if setting.kind not in ("integer", "number"):
        return setting.help
    return f"{setting.help} From {setting.low:g} to {setting.high:,g}.".strip()
