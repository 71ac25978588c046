"""The forms of the artist pages. They only shape what was typed; the verbs decide whether it will do."""

from collections.abc import Callable

from django import forms

from stillwater.errors import Invalid, StillwaterError, as_sentence


class AliasForm(forms.Form):
    alias = forms.CharField(label="Another name", max_length=500)


class MemberForm(forms.Form):
    """One member to add; the names are those of the contract."""

    member_name = forms.CharField(label="Name", max_length=500)
    instruments = forms.CharField(label="Instruments", required=False, help_text="With commas: drums, vocals.")
    date_joined = forms.CharField(label="Joined", required=False, max_length=60)
    date_left = forms.CharField(label="Left", required=False, max_length=60)
    is_original_member = forms.BooleanField(label="From the beginning", required=False)

    def row(self) -> dict[str, object]:
        typed = self.cleaned_data
        return {**typed, "instruments": [part for part in typed["instruments"].split(",") if part.strip()]}


class RenameForm(forms.Form):
    new_dirname = forms.CharField(label="New name of the folder", max_length=255, strip=False)


class ExcludeForm(forms.Form):
    reason = forms.CharField(label="Why", required=False, max_length=200)


def tried(form: forms.Form, verb: Callable[[], object]) -> int:
    """Run a verb with what a valid form holds. Returns 200, or what the answer's status is once a refusal shows."""
    if not form.is_valid():
        return 422
    try:
        verb()
    except StillwaterError as refusal:
        field = refusal.field if isinstance(refusal, Invalid) and refusal.field in form.fields else None
        form.add_error(field, as_sentence(refusal.message))
        return 422 if isinstance(refusal, Invalid) else refusal.status
    return 200
