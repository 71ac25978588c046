"""Who may change what: manual and automatic sources against field locks, artist locks and image locks. Pure."""

from collections.abc import Mapping

from artists.fields import BY_KEY, LOCKABLE
from artists.models import Artist

MANUAL, REVERT = "manual", "revert"
MOVE = "move"
"""The artist's pictures follow it to another place: they stay what they are, so no lock is in the way."""

FIELD_LOCKED = "field is locked"
ARTIST_LOCKED = "artist is locked"
IMAGE_LOCKED = "image is locked"
NAME_KEPT = "name cannot be cleared"


def is_automatic(source: str) -> bool:
    """Anything but a person's own edit, the taking back of a change, and what changes nothing but a place."""
    return source not in (MANUAL, REVERT, MOVE)


def permitted(artist: Artist, values: Mapping[str, object], source: str) -> tuple[dict[str, object], dict[str, str]]:
    """What of `values` may be written to this row as it is now, and why the rest may not.

    Field locks bind everybody. The artist's lock binds automatic sources, and only what a person could have
    entered: what a scan sees of the folder is noted all the same.
    """
    refused = {key: reason for key in values if (reason := _reason(artist, key, values[key], source))}
    return {key: value for key, value in values.items() if key not in refused}, refused


def _reason(artist: Artist, key: str, value: object, source: str) -> str:
    if key in LOCKABLE and key in artist.locked_fields:
        return FIELD_LOCKED
    if artist.locked and is_automatic(source) and _is_content(key):
        return ARTIST_LOCKED
    if key in BY_KEY and not BY_KEY[key].clearable and not value:
        return NAME_KEPT
    return ""


def _is_content(key: str) -> bool:
    return key in LOCKABLE or key == "aliases"
