"""The settings page on how files are named: the profiles of players, which one counts, and one's own names."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from artists.forms.artist import tried
from artists.forms.settings import ProfileForm
from artists.models import PlatformProfile
from artists.services import profiles
from stillwater.views.access import administrators_only


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """All profiles, the active one first."""
    shown = PlatformProfile.objects.order_by("-is_active", "name")
    context = {"tab": "profiles", "profiles": shown, "editable": profiles.EDITABLE_BUILTINS}
    return render(request, "artists/profiles.html", context)


@administrators_only
def profile(request: HttpRequest, key: str) -> HttpResponse:
    """Change the names of a profile of one's own, or of the one called Custom."""
    shown = profiles.get_profile(key)
    form = ProfileForm(request.POST or None, initial=ProfileForm.values_of(shown))
    if request.method == "POST" and tried(form, lambda: profiles.update_profile(shown, **form.changes())) == 200:
        messages.success(request, f"{shown.name} is saved. The next scan looks at every folder again.")
        return redirect("artists:profiles")
    return _form_page(request, form, title=f"File names of {PlatformProfile.objects.get(pk=key).name}", shown=shown)


@administrators_only
def add(request: HttpRequest) -> HttpResponse:
    """A profile of one's own, beginning with the names of the active one."""
    active = profiles.active_profile()
    initial = {**ProfileForm.values_of(active), "name": ""} if active else {}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and tried(form, lambda: profiles.create_profile(**form.changes())) == 200:
        messages.success(request, "The profile is added. It counts once you use it.")
        return redirect("artists:profiles")
    return _form_page(request, form, title="New profile", shown=None)


@require_POST
@administrators_only
def activate(request: HttpRequest, key: str) -> HttpResponse:
    """From now on files are named as this player wants them."""
    chosen = profiles.activate_profile(profiles.get_profile(key))
    messages.success(request, f"{chosen.name} names the files from now on. The next scan looks at every folder again.")
    return redirect("artists:profiles")


@require_POST
@administrators_only
def remove(request: HttpRequest, key: str) -> HttpResponse:
    profiles.delete_profile(gone := profiles.get_profile(key))
    messages.success(request, f"{gone.name} is removed.")
    return redirect("artists:profiles")


def _form_page(request: HttpRequest, form: ProfileForm, *, title: str, shown: PlatformProfile | None) -> HttpResponse:
    context = {"tab": "profiles", "form": form, "title": title, "profile": shown}
    return render(request, "artists/profile.html", context, status=422 if form.errors else 200)
