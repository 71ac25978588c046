"""The second page of a fresh Stillwater: choose the music folder, start, and read what is wrong."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from artists.forms.artist import tried
from artists.forms.library import PROPOSED, QuickStartForm
from artists.models import Library
from artists.services.libraries import create_library
from artists.services.profiles import activate_profile, get_profile
from artists.tasks.scanning import start_scan
from artists.views.folders import preview_context, tree
from stillwater.errors import StillwaterError
from stillwater.views.access import administrators_only, require_administrator


@administrators_only
def quick_start(request: HttpRequest) -> HttpResponse:
    """The button beside the path shows what the folder would bring, for those whose browser runs no scripts.

    What servers do to the files is told next, where there is anything to tell.
    """
    starts = request.method == "POST" and "look" not in request.POST
    form = QuickStartForm(request.POST) if starts else QuickStartForm(initial=request.POST.dict())
    if starts and tried(form, lambda: _start(request, form)) == 200:
        return redirect("connections:conflict_step")
    typed = form.data if form.is_bound else form.initial
    context = {
        "form": form,
        "folders": _tree(),
        "has_libraries": Library.objects.exists(),
        **preview_context(typed.get("path", ""), with_profiles=True, chosen=typed.get("profile", "")),
    }
    return render(request, "artists/quick_start.html", context, status=422 if form.errors else 200)


def _start(request: HttpRequest, form: QuickStartForm) -> None:
    person = require_administrator(request)
    profile = get_profile(form.cleaned_data["profile"]) if form.cleaned_data["profile"] else None
    library = create_library(name=form.library_name(), path=form.cleaned_data["path"], **PROPOSED)
    if profile is not None:
        activate_profile(profile)
    _job, is_new = start_scan(person, library.pk)
    if not is_new:
        messages.info(request, f"Another scan is running. Scan {library.name} when it has ended.")


def _tree() -> list[object]:
    """Nothing where even the first folder cannot be read: the path can still be typed."""
    try:
        return list(tree())
    except StillwaterError:
        return []
