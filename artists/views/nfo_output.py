"""The settings page on what goes into artist.nfo files, with an example that follows every tick."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from artists.forms.artist import tried
from artists.forms.settings import NfoOutputForm
from artists.nfo.mapping import TARGETS, OutputMapping, apply_mapping, parse_output_mapping
from artists.services.nfo_output import change_output_mapping, output_mapping
from stillwater.views.access import administrators_only

EXAMPLE = {"genres": ["Baroque", "Choral"], "styles": ["Fugue", "choral"], "moods": ["Solemn"]}
"""Invented lists that show every effect: a style that is a genre too, spelled otherwise."""


@administrators_only
def nfo_output(request: HttpRequest) -> HttpResponse:
    stored = output_mapping()
    form = NfoOutputForm(request.POST or None, initial=NfoOutputForm.values_of(stored))
    if request.method == "POST" and tried(form, lambda: change_output_mapping(form.raw())) == 200:
        messages.success(request, "Saved. A file follows when its artist is written the next time.")
        return redirect("artists:nfo_output")
    context = {"tab": "nfo", "form": form, "example": _example(stored), "stored": EXAMPLE}
    return render(request, "artists/nfo_output.html", context, status=422 if form.errors else 200)


@require_safe
@administrators_only
def example(request: HttpRequest) -> HttpResponse:
    """What the example's file would say with the ticks as they are; nothing is stored."""
    form = NfoOutputForm(request.GET)
    mapping = parse_output_mapping(form.raw()) if form.is_valid() else output_mapping()
    return render(request, "artists/_nfo_example.html", {"example": _example(mapping), "stored": EXAMPLE})


def _example(mapping: OutputMapping) -> list[tuple[str, str]]:
    """Element and text of every line that would be written."""
    values = apply_mapping(EXAMPLE, mapping)
    return [
        (element, str(text))
        for element, field in TARGETS.items()
        if isinstance(lines := values.get(field), list)
        for text in lines
    ]
