"""The form of a webhook. It shapes what was typed; the verbs decide whether it will do."""

from typing import Any

from django import forms

from connections.hooks.bodies import RECEIVERS
from connections.hooks.happenings import HAPPENINGS
from connections.models import Webhook
from stillwater.forms import CalmForm


class WebhookForm(CalmForm):
    """A webhook, new or known. A known address is not shown again: with most receivers it is as good as a key."""

    name = forms.CharField(label="Name", max_length=200)
    type = forms.ChoiceField(
        label="Who receives it", choices=[(receiver.name, receiver.label) for receiver in RECEIVERS.values()]
    )
    url = forms.CharField(
        label="Address",
        max_length=2000,
        help_text="With everything that belongs to it, such as Gotify's ?token=.",
        widget=forms.TextInput(attrs={"placeholder": "https://", "spellcheck": "false", "autocomplete": "off"}),
    )
    allow_private = forms.BooleanField(
        label="It is in my own network",
        required=False,
        help_text="Otherwise only addresses on the public internet are reached.",
    )
    events = forms.MultipleChoiceField(
        label="Tell it when",
        choices=list(HAPPENINGS.items()),
        initial=list(HAPPENINGS),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick one."},
    )
    enabled = forms.BooleanField(label="Switched on", required=False, initial=True)

    def __init__(self, data: Any = None, *, known: Webhook | None = None) -> None:
        super().__init__(data, initial=_values(known))
        if known is not None:
            self.fields["url"].required = False
            self.fields["url"].help_text = "Empty: it stays as it is. What is stored is not shown."
            self.fields["url"].widget.attrs["placeholder"] = f"{known.shown_target}/…"

    def changes(self) -> dict[str, Any]:
        """For the verb; an address that was left empty is not among them."""
        return {name: value for name, value in self.cleaned_data.items() if (name, value) != ("url", "")}


def _values(known: Webhook | None) -> dict[str, Any]:
    if known is None:
        return {}
    return {name: getattr(known, name) for name in ("name", "type", "allow_private", "events", "enabled")}
