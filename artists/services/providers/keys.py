"""The keys of providers: tried before they are stored, stored sealed, never shown again."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from artists.providers.base import ProviderSpec
from artists.services.providers.access import plain_access
from artists.services.providers.settings import PREFIX, option_keys, spec_of
from artists.services.providers.trying import UNVERIFIED, Trial, try_access
from stillwater.errors import Invalid, Unprocessable
from stillwater.events import Payload
from stillwater.services.options import change_options, forget_options

LONGEST = 500
KEY, STATUS = ".api_key", ".key_status"


class KeyRefused(Unprocessable):
    """The provider was asked with the new key and did not take it, or did not answer; nothing was stored."""

    def __init__(self, trial: Trial) -> None:
        super().__init__(UNVERIFIED, details=[trial.reason])
        self.trial = trial

    def body(self) -> dict[str, Any]:
        """The contract's shape, with our reason beside it."""
        return {"status": "test_failed", **super().body()}


def set_key(name: str, parts: Mapping[str, str], *, skip_test: bool = False) -> None:
    """Store the key of a provider; `parts` are those that its spec names (`api_key`, or the two of Spotify).

    Raises Invalid, and KeyRefused where the test fails; with `skip_test` it is stored as it is, untested.
    """
    spec = _keyed(name)
    key = _key(spec, parts)
    if not skip_test:
        (trial,) = try_access({name: replace(plain_access(spec), key=key)})
        if not trial.ok:
            raise KeyRefused(trial)
    stored, status = option_keys(name + KEY, name + STATUS)
    change_options({stored: key, status: "" if skip_test else "ok"})


def delete_key(name: str) -> None:
    """Forget the key and what was known of it. Raises Invalid for an unknown provider."""
    spec_of(name)
    forget_options(option_keys(name + KEY, name + STATUS))


def forget_status(payload: Payload) -> None:
    """A key that came by another door (the settings as a whole, an import) is untested, whatever the old one was."""
    changed = set(payload["keys"])
    renewed = {f"{key.removesuffix(KEY)}{STATUS}" for key in changed if key.startswith(PREFIX) and key.endswith(KEY)}
    forget_options(renewed - changed)


def _keyed(name: str) -> ProviderSpec:
    spec = spec_of(name)
    if spec.key == "none":
        raise Invalid(f"{spec.label} needs no key", "name")
    return spec


def _key(spec: ProviderSpec, parts: Mapping[str, str]) -> str:
    """One text, or the JSON of several; keys travel in addresses and headers, so they are plain ASCII."""
    given = {part: parts.get(part, "").strip() for part in spec.key_parts}
    for part, value in given.items():
        if not value:
            raise Invalid(f"{part} is required", part)
        if len(value) > LONGEST or not value.isascii() or not value.isprintable():
            raise Invalid(f"{part} must be at most {LONGEST} plain characters", part)
    return next(iter(given.values())) if len(given) == 1 else json.dumps(given)
