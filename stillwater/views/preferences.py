"""The page of one's own preferences: each is saved as soon as it is chosen, or all with a button."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from stillwater.errors import Invalid
from stillwater.preference_words import BY_KEY, GROUPS, PreferenceWords
from stillwater.services.preferences import change_preference, preferences_of
from stillwater.views.access import signed_in


@dataclass(frozen=True, slots=True)
class PreferenceField:
    """One control: its words, the value in the spelling of the page, and what is wrong with it."""

    words: PreferenceWords
    value: str
    error: str = ""
    is_saved: bool = False

    @property
    def choices(self) -> list[tuple[str, str, str]]:
        """Value, name, what it means."""
        return [(value, *text.partition("|")[::2]) for value, text in self.words.choices.items()]


def page(request: HttpRequest) -> HttpResponse:
    """All of them; a POST (the button, without scripts) saves all, and shows again what is wrong."""
    if request.method != "POST":
        return _page(request, {})
    wrong = {key: field for key in BY_KEY if (field := _save(request, key)).error}
    if wrong:
        return _page(request, wrong, status=422)
    messages.success(request, "Saved.")
    return redirect("stillwater:preferences")


@require_POST
def change(request: HttpRequest, key: str) -> HttpResponse:
    """One of them; answers with its control."""
    if key not in BY_KEY:
        raise Http404
    field = _save(request, key)
    return render(request, "stillwater/_preference.html", {"field": field}, status=422 if field.error else 200)


def _save(request: HttpRequest, key: str) -> PreferenceField:
    words, person = BY_KEY[key], signed_in(request)
    typed = request.POST.get(key, "false" if words.control == "switch" else "").strip()
    try:
        stored = change_preference(person, key, _stored(words, typed))
    except Invalid as error:
        return PreferenceField(words, typed, error=f"{error.message.replace(key, 'This')}.")
    return PreferenceField(words, _shown(words, stored), is_saved=True)


def _page(request: HttpRequest, wrong: Mapping[str, PreferenceField], *, status: int = 200) -> HttpResponse:
    values = preferences_of(signed_in(request))
    groups = [
        (title, [wrong.get(words.key) or PreferenceField(words, _shown(words, values[words.key])) for words in group])
        for title, group in GROUPS
    ]
    return render(request, "stillwater/preferences.html", {"groups": groups}, status=status)


def _stored(words: PreferenceWords, typed: str) -> str:
    """Languages are typed with commas and stored as a JSON list."""
    if words.control != "languages":
        return typed
    return json.dumps([tag.strip() for tag in typed.split(",") if tag.strip()])


def _shown(words: PreferenceWords, stored: str) -> str:
    return ", ".join(json.loads(stored)) if words.control == "languages" else stored
