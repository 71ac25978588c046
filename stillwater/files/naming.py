"""The names our own temporary entries carry, so that a sweep knows them from anybody else's."""

import re
import secrets

_TEMPORARY = re.compile(r"\.stillwater-[0-9a-f]{16}\.tmp")
_MOVING = re.compile(r"(?P<name>.+)\.stillwater-[0-9a-f]{16}\.moving", re.DOTALL)


def temporary_name() -> str:
    """For bytes that are not yet in place; safe to delete when stranded."""
    return f".stillwater-{secrets.token_hex(8)}.tmp"


def is_temporary(name: str) -> bool:
    return _TEMPORARY.fullmatch(name) is not None


def moving_name(name: str) -> str:
    """For a real file or folder halfway through a rename; never to be deleted, only put back."""
    return f"{name}.stillwater-{secrets.token_hex(8)}.moving"


def is_stray(name: str) -> bool:
    """Whether a write or a renaming of ours is under way there, or was cut off."""
    return ".stillwater-" in name and (is_temporary(name) or bool(name_before_moving(name)))


def name_before_moving(name: str) -> str:
    """The name an entry had before its rename was cut off; empty when it is not one of ours."""
    match = _MOVING.fullmatch(name)
    return match["name"] if match else ""
