"""What every page shows around itself: the person's preferences and the numbers of the shell."""

from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from stillwater.models import User
from stillwater.services.preferences import SPECS, preferences_of
from stillwater.shell import Shell


def shell(request: HttpRequest) -> dict[str, Any]:
    """Lazy, so that a fragment that shows neither asks for neither."""
    user = getattr(request, "user", None)
    person = user if isinstance(user, User) else None
    return {
        "shell": SimpleLazyObject(lambda: Shell.for_request(request, person)),
        "invented_providers": bool(settings.STILLWATER_DEMO and settings.STILLWATER_PROVIDERS_URL),
        "preferences": SimpleLazyObject(lambda: _preferences(person)),
    }


def _preferences(person: User | None) -> SimpleNamespace:
    """One attribute per key; somebody who is not signed in sees the defaults."""
    values = preferences_of(person) if person else {spec.key: spec.default for spec in SPECS}
    return SimpleNamespace(**values)
