"""In which languages metadata is wanted: those of the person who asks, in the background those of the owner."""

import json
from collections.abc import Sequence

from stillwater.models import Role, User
from stillwater.services.preferences import preference_of


def languages_for(user: User | None) -> Sequence[str]:
    """BCP 47 tags, the preferred one first; `None`: nobody asks (providers.md 6, Preferences)."""
    person = user or owner()
    return tuple(json.loads(preference_of(person, "metadata_languages"))) if person else ("en",)


def romanises_for(user: User | None) -> bool:
    """Whether a name in a script that the person does not read may be turned round from its sort name."""
    person = user or owner()
    return person is None or preference_of(person, "metadata_name_romanization_fallback") == "true"


def owner() -> User | None:
    """For whom the background works: the protected account, else the oldest active administrator."""
    administrators = User.objects.filter(is_active=True, role=Role.ADMINISTRATOR)
    return administrators.order_by("-is_protected", "pk").first()
