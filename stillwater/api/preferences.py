"""The caller's own preferences."""

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict

from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.services import preferences

router = Router(tags=["Preferences"])


class Preferences(Schema):
    """All values are text, as the contract has them; switched-off confirmations come along as further keys."""

    model_config = ConfigDict(extra="allow")

    theme: str
    sidebar_state: str
    content_width: str
    font_family: str
    font_size: str
    letter_spacing: str
    thumbnail_size: str
    reduced_motion: str
    lite_mode: str
    language: str
    notification_enabled: str
    page_size: str
    metadata_languages: str
    auto_fetch_images: str
    metadata_name_romanization_fallback: str
    bg_opacity: str


class Preference(Schema):
    key: str
    value: str


class PreferenceChange(Schema):
    value: str


@router.get(
    "/preferences",
    operation_id="getPreferences",
    url_name="preferences",
    response={200: Preferences, **errors(401, 500)},
)
def get_preferences(request: HttpRequest) -> Preferences:
    """Every preference, stored or default."""
    return Preferences(**preferences.preferences_of(caller(request)))


@router.get(
    "/preferences/{key}",
    operation_id="getPreference",
    url_name="preference",
    response={200: Preference, **errors(400, 401, 500)},
)
def get_preference(request: HttpRequest, key: str) -> Preference:
    """One preference."""
    return Preference(key=key, value=preferences.preference_of(caller(request), key))


@router.put(
    "/preferences/{key}",
    operation_id="updatePreference",
    url_name="update_preference",
    response={200: Preference, **errors(400, 401, 500)},
)
def update_preference(request: HttpRequest, key: str, payload: PreferenceChange) -> Preference:
    """Change one preference."""
    return Preference(key=key, value=preferences.change_preference(caller(request), key, payload.value))
