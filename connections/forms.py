"""The forms of connections. They shape what was typed; the verbs decide."""

from typing import Any

from django import forms

from connections.clients.registry import KINDS
from connections.models import Connection
from stillwater.forms import CalmForm

_KEY = forms.PasswordInput(render_value=True, attrs={"autocomplete": "off", "spellcheck": "false"})


def _name() -> forms.CharField:
    return forms.CharField(label="Name", max_length=200, help_text="What you call it, such as Living room.")


def _url() -> forms.CharField:
    return forms.CharField(
        label="Address",
        max_length=500,
        help_text="As you open it in a browser, with its path if it has one: http://192.168.1.5:8096",
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false", "autocomplete": "off"}),
    )


class ConnectForm(CalmForm):
    """A server to connect. After a failed test the key is still there, for the same person, to be stored anyway."""

    type = forms.ChoiceField(
        label="Kind",
        choices=[(name, kind.spec.label) for name, kind in KINDS.items()],
        widget=forms.RadioSelect,
    )
    name = _name()
    url = _url()
    api_key = forms.CharField(
        label="API key",
        widget=_KEY,
        help_text=" ".join(kind.spec.key_help for kind in KINDS.values()),
    )

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ConnectionForm(CalmForm):
    """A stored connection to change; its key is never shown."""

    name = _name()
    url = _url()
    api_key = forms.CharField(
        label="New API key",
        widget=_KEY,
        required=False,
        help_text="Blank: the stored one stays. Another host needs its key.",
    )
    enabled = forms.BooleanField(label="Speak with this server", required=False)

    @classmethod
    def of(cls, connection: Connection) -> "ConnectionForm":
        return cls(initial={name: getattr(connection, name) for name in ("name", "url", "enabled")})

    def changes(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class MappingForm(CalmForm):
    """A folder of the server, and where it is for us."""

    server_path = forms.CharField(
        label="Folder on the server", max_length=1000, help_text="Such as /media/music or D:\\Music."
    )
    local_path = forms.CharField(label="The same folder here", max_length=4000, help_text="Such as /music.")
