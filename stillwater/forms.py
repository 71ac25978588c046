"""The forms of floor 1: first account, sign-in, password, API token."""

from typing import Any

from django import forms

from stillwater.models import User
from stillwater.services.tokens import SCOPES


class CalmForm(forms.Form):
    """Puts the focus on the first field that is wrong."""

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        wrong = [name for name in self.fields if name in self.errors]
        if wrong:
            for name, each in self.fields.items():
                each.widget.attrs.pop("autofocus", None)
                if name == wrong[0]:
                    each.widget.attrs["autofocus"] = True


class SetupForm(CalmForm):
    """The first account."""

    username = forms.CharField(
        label="Username", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label="Password",
        help_text="At least 8 characters.",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class LoginForm(CalmForm):
    username = forms.CharField(
        label="Username", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label="Password", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class PasswordForm(CalmForm):
    """One's own password: the present one proves who asks."""

    current = forms.CharField(
        label="Present password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label="New password",
        help_text="At least 8 characters. Every other device is signed out.",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


SCOPE_WORDS = {
    "read": "Read: look at everything, change nothing",
    "write": "Write: change artists and files too",
    "webhook": "Webhook: report what happened on another server",
    "admin": "Administrate: libraries, settings and people too",
}


class TokenForm(CalmForm):
    """A new API token; only administrators are offered the scope `admin`."""

    name = forms.CharField(label="Name", max_length=150, help_text="What will use it, such as backup script.")
    scopes = forms.MultipleChoiceField(
        label="It may", initial=["read"], widget=forms.CheckboxSelectMultiple, error_messages={"required": "Tick one."}
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [scope for scope in SCOPES if scope != "admin" or person.is_administrator]
        self.fields["scopes"].choices = [(scope, SCOPE_WORDS[scope]) for scope in offered]  # type: ignore[attr-defined]
