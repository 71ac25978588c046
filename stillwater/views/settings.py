"""The settings of the application: one page per section of the option registry, for administrators."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from stillwater.errors import Invalid
from stillwater.option_registry import BY_KEY, REGISTRY
from stillwater.option_spec import OptionSpec
from stillwater.services.options import all_options, change_options
from stillwater.views.access import administrators_only

SECTIONS = {
    "rules": ("Rules", "When artists are checked by themselves, and what the number in the sidebar counts."),
    "images": ("Pictures", "How much room copies of pictures may take, and how often strangers are looked for."),
}
"""Section of the registry to its heading and what it is about."""
PIECES = {"images": ("artists:picture_cache", "What the picture cache holds")}
"""Section to the address, by name, of what a higher floor shows below it, and the words that lead there."""


@dataclass(frozen=True, slots=True)
class OptionField:
    """One control: what the registry says of it, what is typed or stored, and what is wrong with it."""

    spec: OptionSpec
    value: str
    is_changed: bool
    error: str = ""

    @property
    def choices(self) -> list[tuple[str, str]]:
        return list(zip(self.spec.choices, self.spec.choice_labels or self.spec.choices, strict=True))

    @property
    def default_words(self) -> str:
        if self.spec.kind == "flag":
            return "on" if self.spec.default == "true" else "off"
        return dict(self.choices).get(self.spec.default, self.spec.default)


@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    return redirect("stillwater:settings_section", section=next(iter(SECTIONS)))


@administrators_only
def section(request: HttpRequest, section: str) -> HttpResponse:
    """Show a section and store it: everything typed, or nothing while something is wrong."""
    if section not in SECTIONS:
        raise Http404
    specs = [spec for spec in REGISTRY if spec.section == section and spec.label]
    if request.method != "POST":
        return _page(request, section, _stored(specs))
    if request.POST.get("reset") in {spec.key for spec in specs}:
        return _reset(request, section, BY_KEY[request.POST["reset"]])
    typed = [_typed(spec, request.POST) for spec in specs]
    if any(field.error for field in typed):
        return _page(request, section, typed, status=422)
    change_options({field.spec.key: field.value for field in typed if field.value != all_options()[field.spec.key]})
    messages.success(request, "Saved.")
    return redirect("stillwater:settings_section", section=section)


def _stored(specs: list[OptionSpec]) -> list[OptionField]:
    values = all_options()
    return [OptionField(spec, values[spec.key], values[spec.key] != spec.default) for spec in specs]


def _typed(spec: OptionSpec, sent: Mapping[str, str]) -> OptionField:
    value = "true" if spec.kind == "flag" and spec.key in sent else sent.get(spec.key, "false").strip()
    try:
        return OptionField(spec, spec.normal(value), is_changed=value != spec.default)
    except Invalid as error:
        return OptionField(spec, value, is_changed=True, error=f"{error.message.replace(spec.key, 'This')}.")


def _reset(request: HttpRequest, section: str, spec: OptionSpec) -> HttpResponse:
    change_options({spec.key: spec.default})
    messages.success(request, f"{spec.label} has its default again.")
    return redirect("stillwater:settings_section", section=section)


def _page(request: HttpRequest, section: str, fields: list[OptionField], *, status: int = 200) -> HttpResponse:
    title, about = SECTIONS[section]
    first_wrong = next((field for field in fields if field.error), None)
    piece, piece_words = PIECES.get(section, ("", ""))
    context = {
        "piece": piece,
        "piece_words": piece_words,
        "tab": section,
        "title": title,
        "about": about,
        "fields": fields,
        "first_wrong": first_wrong,
    }
    return render(request, "stillwater/settings.html", context, status=status)
