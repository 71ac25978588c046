"""One person's preferences: every key with its values or bounds, read forgivingly, changed strictly."""

import json
import re
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Value
from django.utils import timezone

from stillwater.errors import Invalid
from stillwater.events import publish
from stillwater.json_text import read_json
from stillwater.language_tags import canonical, is_tag
from stillwater.models import Option, Preference, User

LANGUAGES = "metadata_languages"
_FLAG = ("true", "false")
_SUPPRESS = re.compile(r"suppress_confirm_[a-z0-9_]{1,80}")


@dataclass(frozen=True, slots=True)
class PreferenceSpec:
    key: str
    default: str
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0

    def normal(self, value: str) -> str:
        """The stored spelling. Raises Invalid."""
        if self.key == LANGUAGES:
            return normal_languages(value)
        if self.choices:
            if value in self.choices:
                return value
            raise Invalid(f"{self.key} must be one of {', '.join(self.choices)}", self.key)
        if value.isascii() and value.isdigit() and len(value) <= 18 and self.low <= int(value) <= self.high:
            return str(int(value))
        raise Invalid(f"{self.key} must be a whole number from {self.low} to {self.high}", self.key)


SPECS: tuple[PreferenceSpec, ...] = (
    PreferenceSpec("theme", "dark", ("dark", "light", "system")),
    PreferenceSpec("sidebar_state", "full", ("full", "icon-only", "hidden")),
    PreferenceSpec("content_width", "wide", ("narrow", "wide")),
    PreferenceSpec("font_family", "system", ("system", "inter", "atkinson")),
    PreferenceSpec("font_size", "medium", ("small", "medium", "large")),
    PreferenceSpec("letter_spacing", "normal", ("normal", "wide", "extra-wide")),
    PreferenceSpec("thumbnail_size", "medium", ("small", "medium", "large")),
    PreferenceSpec("reduced_motion", "system", ("system", "on", "off")),
    PreferenceSpec("lite_mode", "auto", ("off", "on", "auto")),
    PreferenceSpec("language", "en", ("en",)),
    PreferenceSpec("notification_enabled", "true", _FLAG),
    PreferenceSpec("page_size", "50", low=10, high=500),
    PreferenceSpec(LANGUAGES, '["en"]'),
    PreferenceSpec("auto_fetch_images", "false", _FLAG),
    PreferenceSpec("metadata_name_romanization_fallback", "true", _FLAG),
    PreferenceSpec("bg_opacity", "65", low=20, high=100),
    PreferenceSpec("artists_view", "table", ("table", "grid")),
    PreferenceSpec("density", "comfortable", ("comfortable", "compact", "spacious")),
)
BY_KEY: dict[str, PreferenceSpec] = {spec.key: spec for spec in SPECS}


_OF_THE_APPLICATION = Option.objects.filter(pk="auto_fetch_images").values_list(Value(""), "value")
"""Asked for together with the person's own, which have a key: one query for every page."""


def normal_languages(value: str) -> str:
    """1 to 20 different BCP-47 tags as a JSON list, in their canonical case; an empty list: back to the default."""
    try:
        tags = read_json(value)
    except ValueError as error:
        raise Invalid("metadata_languages must be a JSON list", "metadata_languages") from error
    if not isinstance(tags, list) or len(tags) > 20 or not all(is_tag(tag) for tag in tags):
        raise Invalid("metadata_languages must be a list of at most 20 language tags", "metadata_languages")
    normal = list(dict.fromkeys(canonical(tag) for tag in tags))
    if len(normal) != len(tags):
        raise Invalid("metadata_languages names a language twice", "metadata_languages")
    return json.dumps(normal)


def preferences_of(user: User) -> dict[str, str]:
    """Every preference with its stored or default value; a corrupt stored value counts as not stored.

    Who has not chosen whether pictures are fetched goes by the application's option of the same name.
    """
    values = {spec.key: spec.default for spec in SPECS}
    chosen = dict(user.preferences.values_list("key", "value").union(_OF_THE_APPLICATION))
    chosen.setdefault("auto_fetch_images", chosen.pop("", ""))
    for key, value in chosen.items():
        if _SUPPRESS.fullmatch(key) or (key in BY_KEY and _is_valid(BY_KEY[key], value)):
            values[key] = value
    return values


def preference_of(user: User, key: str) -> str:
    _known(key)
    return preferences_of(user).get(key, "false")


def change_preference(user: User, key: str, value: str) -> str:
    """Store one preference and return its normal spelling. Raises Invalid for an unknown key or value."""
    spec = _known(key)
    normal = spec.normal(value) if spec else _suppressed(key, value)
    with transaction.atomic():
        stored = _store(user, key, normal)
        if key == LANGUAGES:
            publish("settings.changed", {"keys": [key]})
    return stored


def _store(user: User, key: str, value: str) -> str:
    if key == LANGUAGES and value == "[]":
        user.preferences.filter(key=key).delete()
        return BY_KEY[key].default
    Preference.objects.update_or_create(user=user, key=key, defaults={"value": value, "updated_at": timezone.now()})
    return value


def _known(key: str) -> PreferenceSpec | None:
    if key not in BY_KEY and not _SUPPRESS.fullmatch(key):
        raise Invalid("unknown preference", "key")
    return BY_KEY.get(key)


def _suppressed(key: str, value: str) -> str:
    if value not in _FLAG:
        raise Invalid(f"{key} must be one of true, false", key)
    return value


def _is_valid(spec: PreferenceSpec, value: str) -> bool:
    try:
        return spec.normal(value) == value
    except Invalid:
        return False
