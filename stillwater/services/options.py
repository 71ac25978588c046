"""Application options (stillwater/option_registry.py): read and change them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from stillwater import events, vault
from stillwater.errors import Invalid
from stillwater.models import Option
from stillwater.option_registry import BY_KEY, REGISTRY
from stillwater.option_spec import plain

_SECRET_WORDS = ("api_key", "apikey", "secret", "password", "passphrase", "token")


def option(key: str) -> str:
    """The stored value or the registry's default. An unknown key that is not stored is ''; a secret one is sealed.

    A stored value that is wrong by now (bounds change, rows are imported) counts as not stored.
    """
    row = Option.objects.filter(pk=key).values_list("value", flat=True).first()
    if row is not None and _is_valid(key, row):
        return row
    return BY_KEY[key].default if key in BY_KEY else ""


def option_flag(key: str) -> bool:
    return option(key) == "true"


def option_number(key: str) -> int:
    return int(option(key))


def option_json(key: str) -> Any:
    return json.loads(option(key))


def all_options() -> dict[str, str]:
    """Every option by key, without the secret ones (the reference leaked those: behaviour.md 13)."""
    values = {spec.key: spec.default for spec in REGISTRY}
    stored = Option.objects.values_list("key", "value")
    values |= {key: value for key, value in stored if _is_valid(key, value)}
    return {key: value for key, value in sorted(values.items()) if not is_secret(key)}


def change_options(changes: Mapping[str, object]) -> dict[str, str]:
    """Store all or none. Unknown keys are kept as they come (contract), secrets sealed by the vault.

    Raises Invalid at the first bad one.
    """
    normal = {key: _normal(key, value) for key, value in changes.items()}
    with transaction.atomic():
        for key, value in normal.items():
            kept = vault.seal(value) if value and is_secret(key) else value
            Option.objects.update_or_create(pk=key, defaults={"value": kept})
        events.publish("settings.changed", {"keys": sorted(normal)})
    return normal


def options_under(prefix: str) -> dict[str, str]:
    """What is stored below a prefix, in one query; secrets are sealed. For a noun that has a reader of its own."""
    return dict(Option.objects.filter(pk__startswith=prefix).values_list("key", "value"))


def forget_options(keys: Iterable[str]) -> None:
    """They are as if they had never been set."""
    names = sorted(keys)
    with transaction.atomic():
        deleted, _ = Option.objects.filter(pk__in=names).delete()
        if deleted:
            events.publish("settings.changed", {"keys": names})


def _normal(key: str, value: object) -> str:
    if not key or len(key) > 120:
        raise Invalid("setting names have 1 to 120 characters", key)
    if key == "auth.providers.local.enabled" and plain(value) != "true":
        raise Invalid("local sign-in cannot be switched off", key)
    if key in BY_KEY:
        return BY_KEY[key].normal(value)
    return json.dumps(value) if isinstance(value, (list, dict)) else plain(value)


def is_secret(key: str) -> bool:
    """Its value is never shown, whoever asks."""
    return key.lower().endswith(_SECRET_WORDS)


def sealed_options() -> list[str]:
    """Stored secrets as the vault closed them, for the check that its key still fits."""
    stored = Option.objects.values_list("key", "value")
    return [value for key, value in stored if is_secret(key) and vault.is_sealed(value)]


def _is_valid(key: str, value: str) -> bool:
    try:
        return _normal(key, value) == value
    except Invalid:
        return False
