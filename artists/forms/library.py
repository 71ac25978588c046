"""The forms of libraries: quick start, add and change. They shape what was typed; the verbs decide."""

from typing import Any

from django import forms

from artists.models import Library, PlatformProfile
from stillwater.forms import CalmForm

WATCH = ((0, "Not at all"), (1, "At once, where the disk tells"), (2, "By looking now and then"), (3, "Both"))
PROPOSED: dict[str, Any] = {"type": "regular", "fs_watch": 1, "fs_poll_interval": 300}
"""What a new library begins with: changes on disk are noticed."""
PLAYERS = {"kodi": 1, "jellyfin": 2, "emby": 3, "plex": 4}
POLL = ((60, "every minute"), (300, "every 5 minutes"), (900, "every 15 minutes"), (1800, "every 30 minutes"))


def _path_field() -> forms.CharField:
    return forms.CharField(
        label="Folder",
        help_text="The folder that holds one folder per artist, as the computer Stillwater runs on calls it.",
        widget=forms.TextInput(attrs={"placeholder": "/music", "spellcheck": "false", "autocomplete": "off"}),
    )


class QuickStartForm(CalmForm):
    """The first library, and the player its files are for."""

    path = _path_field()
    name = forms.CharField(label="Name", max_length=200, required=False, help_text="Blank: the folder's own name.")
    profile = forms.CharField(required=False)

    def library_name(self) -> str:
        """What was typed, else the folder's name."""
        typed: str = self.cleaned_data["name"]
        return typed.strip() or self.cleaned_data["path"].rstrip("/ ").rpartition("/")[2] or "Music"

    @staticmethod
    def profiles() -> list[PlatformProfile]:
        """The players most people have first, one's own names last."""
        return sorted(PlatformProfile.objects.all(), key=lambda profile: (PLAYERS.get(profile.pk, 9), profile.name))


class LibraryForm(CalmForm):
    """A library, new or known."""

    name = forms.CharField(label="Name", max_length=200)
    path = _path_field()
    type = forms.ChoiceField(
        label="Kind",
        choices=[("regular", "Regular"), ("classical", "Classical")],
        help_text="Artists of a classical library are checked as the settings say.",
    )
    fs_watch = forms.TypedChoiceField(
        label="Notice changes on disk",
        choices=WATCH,
        coerce=int,
        help_text="A scan finds them in any case.",
    )
    fs_poll_interval = forms.TypedChoiceField(label="Look", choices=POLL, coerce=int)
    nfo_lock_data = forms.BooleanField(
        label="Write a lock for media servers into every artist.nfo",
        required=False,
        help_text="Emby and Jellyfin then leave the artist's metadata alone.",
    )

    @classmethod
    def of(cls, library: Library) -> "LibraryForm":
        return cls(initial={name: getattr(library, name) for name in cls.base_fields})

    def changes(self) -> dict[str, Any]:
        """What the verbs take."""
        return dict(self.cleaned_data)
