"""The forms of the settings that floor 2 owns: what NFO files say, and how players name their files."""

from collections.abc import Mapping
from typing import Any

from django import forms

from artists.models import PlatformProfile
from artists.nfo.mapping import SOURCES, TARGETS, OutputMapping
from stillwater.forms import CalmForm

SOURCE_CHOICES = [(source, source.capitalize()) for source in SOURCES]
MODES = {
    "stored": ("As they are stored", "Genres, styles and moods go into their own elements."),
    "sources": ("Choose what is a genre", "For players that show nothing but genres."),
    "remap": ("A mapping of your own", "What each element takes; an element without a tick is not written."),
}


def _ticks(label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=SOURCE_CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )


class NfoOutputForm(CalmForm):
    """The three ways of writing lists, each with its own ticks."""

    mode = forms.ChoiceField(choices=[(mode, words[0]) for mode, words in MODES.items()])
    genre_sources = _ticks("Written as genre")
    moods_as_styles = forms.BooleanField(label="Write moods among the styles too", required=False)
    remap_genre = _ticks("Genre takes")
    remap_style = _ticks("Style takes")
    remap_mood = _ticks("Mood takes")

    @staticmethod
    def values_of(mapping: OutputMapping) -> dict[str, Any]:
        """What the form shows for a stored mapping."""
        remap: Mapping[str, Any] = mapping.advanced_remap or {element: (field,) for element, field in TARGETS.items()}
        mode = "remap" if mapping.advanced_remap is not None else "stored" if mapping.default_behavior else "sources"
        return {
            "mode": mode,
            "genre_sources": list(mapping.genre_sources),
            "moods_as_styles": mapping.moods_as_styles,
            **{f"remap_{element}": list(remap.get(element, ())) for element in TARGETS},
        }

    def raw(self) -> dict[str, object]:
        """The setting in the API's spelling."""
        typed = self.cleaned_data
        remap = {element: sources for element in TARGETS if (sources := typed[f"remap_{element}"])}
        return {
            "default_behavior": typed["mode"] != "sources",
            "moods_as_styles": typed["moods_as_styles"],
            "genre_sources": typed["genre_sources"] or ["genres"],
            "advanced_remap": remap if typed["mode"] == "remap" else None,
        }

    def modes(self) -> list[tuple[str, str, str]]:
        """Value, name, what it means."""
        return [(mode, *words) for mode, words in MODES.items()]


def _names(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"data-chips": "", "rows": 2, "aria-label": label, "spellcheck": "false"}),
    )


class ProfileForm(CalmForm):
    """How a player wants its files named; one name per line, the first one counts."""

    name = forms.CharField(label="Name", max_length=100)
    thumb = _names("Thumbnail", "The first name counts; further ones are written as copies.")
    fanart = _names("Fanart", "Further pictures are numbered: fanart2.jpg, fanart3.jpg…")
    logo = _names("Logo", "PNG, for a logo needs transparency.")
    banner = _names("Banner")
    nfo_enabled = forms.BooleanField(label="Write artist.nfo files", required=False)

    @staticmethod
    def values_of(profile: PlatformProfile) -> dict[str, Any]:
        names = {kind: "\n".join(values) for kind, values in profile.image_naming.items()}
        return {**names, "name": profile.name, "nfo_enabled": profile.nfo_enabled}

    def changes(self) -> dict[str, Any]:
        """What the verbs take."""
        kinds = ("thumb", "fanart", "logo", "banner")
        naming = {
            kind: [line.strip() for line in self.cleaned_data[kind].splitlines() if line.strip()] for kind in kinds
        }
        return {
            "name": self.cleaned_data["name"],
            "nfo_enabled": self.cleaned_data["nfo_enabled"],
            "image_naming": naming,
        }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
