"""System checks with hints: what would fail later is said at the start."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from stillwater import vault
from stillwater.services import options

Samples = Callable[[], Iterable[str]]

_sealed: list[Samples] = [options.sealed_options]


def join_sealed(samples: Samples) -> None:
    """A floor that stores sealed secrets offers some of them, so that a lost key is noticed at the start."""
    _sealed.append(samples)


@register(Tags.database)
def encryption_key(databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """A lost key stops the start; it is never made anew over what it alone can open (S53)."""
    if not databases:
        return []
    try:
        samples = [sealed for source in _sealed for sealed in source()]
    except DatabaseError:
        return []  # before the first migration there is nothing sealed
    problem = vault.key_problem(bool(samples))
    if problem:
        hint = "Put the old encryption.key back, or set STILLWATER_ENCRYPTION_KEY to it."
        return [Error(problem, hint=hint, id="stillwater.E001")]
    unopened = vault.check_key(samples) if samples else 0
    if unopened:
        hint = "Type those keys again on the settings page."
        return [Warning(f"{unopened} stored secrets cannot be opened", hint=hint, id="stillwater.W001")]
    return []


@register(Tags.files)
def data_folder(**_options: Any) -> list[CheckMessage]:
    """Everything is kept there, so it has to be writable."""
    folder = settings.STILLWATER_DATA
    if folder.exists() and not folder.is_dir():
        return [Error(f"{folder} is not a folder", hint="Set STILLWATER_DATA to a folder.", id="stillwater.E002")]
    return []
