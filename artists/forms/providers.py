"""The forms of the provider settings: a key, a mirror, the scraper configuration."""

from typing import Any

from django import forms

from artists.providers.base import ProviderSpec
from artists.providers.orders import DEFAULT_CHAINS, DEFAULT_ORDER
from artists.providers.scraping import Overrides, ScraperPlan
from artists.queries.providers import field_label
from artists.services.providers.settings import can_supply, metadata_specs
from stillwater.forms import CalmForm

PART_LABELS = {"api_key": "Key", "client_id": "Client ID", "client_secret": "Client secret"}


class KeyForm(CalmForm):
    """What a person types once. After a refusal it is still there, for the same person, to be stored anyway."""

    def __init__(self, spec: ProviderSpec, data: Any = None) -> None:
        super().__init__(data, auto_id=f"key-{spec.name}-%s")
        for part in spec.key_parts:
            widget = forms.PasswordInput(render_value=True, attrs={"autocomplete": "off", "spellcheck": "false"})
            self.fields[part] = forms.CharField(label=PART_LABELS.get(part, part), widget=widget)

    def parts(self) -> dict[str, str]:
        return dict(self.cleaned_data)


class MirrorForm(CalmForm):
    base_url = forms.CharField(
        label="Address of the mirror",
        max_length=500,
        help_text="Such as http://192.168.1.5:5000/ws/2. It may lie in your own network.",
    )
    rate_limit = forms.FloatField(
        label="Requests per second",
        required=False,
        min_value=0,
        max_value=100,
        help_text="At most 100; empty: 10.",
        widget=forms.NumberInput(attrs={"class": "short", "step": "any"}),
    )


class ScraperForm(forms.Form):
    """Every field with its switch and primary provider, and the two chains; for a connection also what is its own."""

    def __init__(self, plan: ScraperPlan, overrides: Overrides | None = None, data: Any = None) -> None:
        super().__init__(data, initial=_values(plan, overrides))
        self.for_connection = overrides is not None
        for field in DEFAULT_ORDER:
            self.fields[f"{field}-enabled"] = forms.BooleanField(required=False)
            self.fields[f"{field}-primary"] = forms.ChoiceField(required=False, choices=_choices(field))
            self._own(field)
        for category in DEFAULT_CHAINS:
            area = forms.Textarea(attrs={"rows": 4, "data-chips": "", "spellcheck": "false"})
            help_text = "One name per line, whom to ask first on top."
            self.fields[f"{category}-chain"] = forms.CharField(required=False, widget=area, help_text=help_text)
            self._own(category)

    def rows(self) -> list[dict[str, Any]]:
        """One for each field, as the table prints it."""
        return [
            {"label": field_label(name), **{part: self[f"{name}-{part}"] for part in self._parts("enabled", "primary")}}
            for name in DEFAULT_ORDER
        ]

    def chains(self) -> list[dict[str, Any]]:
        labels = {"metadata": "Text and dates", "images": "Pictures"}
        return [
            {"label": labels[name], **{part: self[f"{name}-{part}"] for part in self._parts("chain")}}
            for name in DEFAULT_CHAINS
        ]

    def config(self) -> dict[str, Any]:
        """In the API's spelling."""
        typed = self.cleaned_data
        return {
            "fields": [
                {"field": field, "primary": typed[f"{field}-primary"], "enabled": typed[f"{field}-enabled"]}
                for field in DEFAULT_ORDER
            ],
            "fallback_chains": [
                {"category": category, "providers": typed[f"{category}-chain"].split()} for category in DEFAULT_CHAINS
            ],
        }

    def chosen(self) -> dict[str, Any]:
        """The overrides in the API's spelling."""
        own = {
            key.removesuffix("-own"): True for key, value in self.cleaned_data.items() if key.endswith("-own") and value
        }
        return {
            "fields": {name: True for name in own if name in DEFAULT_ORDER},
            "fallback_chains": {name: True for name in own if name in DEFAULT_CHAINS},
        }

    def _own(self, name: str) -> None:
        if self.for_connection:
            self.fields[f"{name}-own"] = forms.BooleanField(required=False)

    def _parts(self, *parts: str) -> tuple[str, ...]:
        return (*parts, "own") if self.for_connection else parts


def _choices(field: str) -> list[tuple[str, str]]:
    able = [(spec.name, spec.label) for spec in metadata_specs() if can_supply(spec.name, field)]
    others = [(spec.name, spec.label) for spec in metadata_specs() if not can_supply(spec.name, field)]
    return [("", "nobody in particular"), *able, *([("Say nothing about it", others)] if others else [])]  # type: ignore[list-item]


def _values(plan: ScraperPlan, overrides: Overrides | None) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in DEFAULT_ORDER:
        rule = plan.fields.get(field)
        values |= {f"{field}-enabled": plan.fetches(field), f"{field}-primary": rule.primary if rule else ""}
    values |= {f"{category}-chain": "\n".join(plan.chains.get(category, ())) for category in DEFAULT_CHAINS}
    chosen = overrides or Overrides()
    return values | {f"{name}-own": True for name in (*chosen.fields, *chosen.chains)}
