"""What helps to choose a folder: the tree of folders, and what a folder would bring as a library."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from artists.folders.guessing import ProfileGuess
from artists.forms.library import QuickStartForm
from artists.services.library_preview import preview
from artists.services.profile_guess import profile_guess
from artists.services.profiles import active_profile
from stillwater.browsing import browse
from stillwater.errors import StillwaterError, as_sentence
from stillwater.views.access import administrators_only

_OF_THE_SYSTEM = frozenset(
    "bin boot dev etc lib lib32 lib64 libx32 proc run sbin snap sys tmp usr lost+found".split()  # noqa: SIM905 - a list to read
)
"""Folders of the root that hold no music; a person can still type one."""


@dataclass(frozen=True, slots=True)
class TreeFolder:
    name: str
    path: str


@require_safe
@administrators_only
def children(request: HttpRequest) -> HttpResponse:
    """The folders inside one, as a part of the tree."""
    context: dict[str, object] = {}
    try:
        context["folders"] = tree(request.GET.get("path", ""))
    except StillwaterError as error:
        context["problem"] = as_sentence(error.message)
    return render(request, "artists/_folders.html", context)


@require_safe
@administrators_only
def look(request: HttpRequest) -> HttpResponse:
    """What the typed folder would bring; with `profiles`, the players to choose from too."""
    context = preview_context(request.GET.get("path", ""), with_profiles="profiles" in request.GET)
    return render(request, "artists/_folder_preview.html", context)


def tree(path: str = "") -> list[TreeFolder]:
    """The folders inside `path`; blank: where the tree begins. Raises what `browse` raises."""
    roots = [Path(root) for root in settings.STILLWATER_BROWSE_ROOTS]
    if not path and roots != [Path("/")]:
        return [TreeFolder(str(root), str(root)) for root in roots]
    folder = browse(path or "/", roots)
    hidden = _OF_THE_SYSTEM if folder.path == "/" else frozenset()
    base = folder.path.rstrip("/")
    return [TreeFolder(name, f"{base}/{name}") for name in folder.entries if name not in hidden]


def preview_context(path: str, *, with_profiles: bool, chosen: str = "") -> dict[str, object]:
    """For artists/_folder_preview.html. `chosen`: the profile somebody ticked already."""
    seen = preview(path) if path.strip() else None
    context: dict[str, object] = {"preview": seen, "with_profiles": with_profiles}
    if with_profiles:
        guess = profile_guess(seen.path) if seen and not seen.problem else ProfileGuess()
        active = active_profile()
        context["guess"] = guess
        context["profiles"] = QuickStartForm.profiles()
        context["chosen"] = chosen or guess.profile_id or (active.pk if active else "")
    return context
