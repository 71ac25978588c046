"""What people decided about providers, read in one query: keys, their state, a mirror, the web search, orders."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from artists.providers import registry
from artists.providers.base import ProviderSpec
from artists.providers.errors import AuthRequired
from artists.providers.orders import DEFAULT_ORDER, IMAGE_FIELDS
from stillwater import vault
from stillwater.errors import Invalid
from stillwater.json_text import read_json
from stillwater.services.options import options_under

PREFIX = "provider."
KeyStatus = Literal["not_required", "unconfigured", "untested", "ok", "invalid"]
TESTED: tuple[KeyStatus, ...] = ("ok", "invalid")
DEFAULT_MIRROR_RATE, HIGHEST_RATE = 10.0, 100.0
"""Requests per second of a mirror (providers.md 2.1)."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """Another server that answers like the provider; `rate_limit` in requests per second."""

    base_url: str
    rate_limit: float


@dataclass(frozen=True, slots=True)
class Priority:
    """Who is asked for a field, in this order; `disabled` ones never, wherever else they are named."""

    field: str
    providers: tuple[str, ...]
    disabled: frozenset[str] = frozenset()

    @property
    def enabled(self) -> tuple[str, ...]:
        return tuple(name for name in self.providers if name not in self.disabled)


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """The stored options below "provider.", by what follows that word; secrets stay sealed until one is needed."""

    stored: Mapping[str, str] = field(repr=False)

    def has_key(self, name: str) -> bool:
        return bool(self.stored.get(f"{name}.api_key"))

    def key_of(self, name: str) -> str:
        """The key itself; blank without one. Raises AuthRequired where it cannot be opened any more."""
        sealed = self.stored.get(f"{name}.api_key", "")
        try:
            return vault.open_sealed(sealed) if sealed else ""
        except vault.VaultError as error:
            raise AuthRequired(name, "the stored key cannot be opened; enter it again") from error

    def status_of(self, spec: ProviderSpec) -> KeyStatus:
        if not self.has_key(spec.name):
            return "unconfigured" if spec.key == "required" else "not_required"
        stored = self.stored.get(f"{spec.name}.key_status")
        return next((status for status in TESTED if status == stored), "untested")

    def is_available(self, name: str) -> bool:
        """It can be asked: it needs no key, or has one."""
        spec = spec_or_none(name)
        return spec is not None and (spec.key != "required" or self.has_key(name))

    def mirror_of(self, spec: ProviderSpec) -> Mirror | None:
        base_url = self.stored.get(f"{spec.name}.base_url", "")
        if not spec.mirror or not base_url:
            return None
        return Mirror(base_url, _rate(self.stored.get(f"{spec.name}.rate_limit", "")))

    def searches_web(self, name: str) -> bool:
        return self.stored.get(f"websearch.{name}.enabled") == "true"

    def priority_of(self, name: str) -> Priority:
        """The stored order with missing defaults appended; a corrupt one counts as none (providers.md 5)."""
        chosen = _names(self.stored.get(f"priority.{name}", "")) or ()
        engines = tuple(spec.name for spec in web_engines() if self.searches_web(spec.name))
        usual = (*DEFAULT_ORDER[name], *(engines if name in IMAGE_FIELDS else ()))
        banned = {spec.name for spec in web_engines()} - set(engines)
        order = dict.fromkeys(each for each in (*chosen, *usual) if each in known_names() - banned)
        disabled = frozenset(_names(self.stored.get(f"priority.{name}.disabled", "")) or ())
        return Priority(name, tuple(order), disabled & set(order))

    def priorities(self) -> list[Priority]:
        return [self.priority_of(name) for name in DEFAULT_ORDER]


def provider_settings() -> ProviderSettings:
    stored = options_under(PREFIX)
    return ProviderSettings({key.removeprefix(PREFIX): value for key, value in stored.items()})


def metadata_specs() -> tuple[ProviderSpec, ...]:
    """Of all providers that describe artists, in display order."""
    return tuple(provider.spec for provider in registry.PROVIDERS)


def web_engines() -> tuple[ProviderSpec, ...]:
    """Of those that only search the web for pictures, and never on their own."""
    return tuple(provider.spec for provider in registry.WEB_SEARCHES)


def known_names() -> frozenset[str]:
    return frozenset(spec.name for spec in (*metadata_specs(), *web_engines()))


def spec_or_none(name: str) -> ProviderSpec | None:
    return next((spec for spec in (*metadata_specs(), *web_engines()) if spec.name == name), None)


def spec_of(name: str) -> ProviderSpec:
    """Raises Invalid: the contract answers an unknown name with 400."""
    spec = spec_or_none(name)
    if spec is None:
        raise Invalid("unknown provider", "name")
    return spec


def can_supply(name: str, field_name: str) -> bool:
    """Its adapter declares that it may have something to say about the field."""
    spec = spec_or_none(name)
    return spec is not None and field_name in (spec.images if field_name in IMAGE_FIELDS else spec.fields)


def option_keys(*parts: str) -> Iterable[str]:
    return [PREFIX + part for part in parts]


def _names(text: str) -> tuple[str, ...] | None:
    """A stored list of names; None where there is none that can be read."""
    try:
        value: Any = read_json(text)
    except ValueError:
        return None
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return None
    return tuple(value)


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        return DEFAULT_MIRROR_RATE
    return rate if 0 < rate <= HIGHEST_RATE else DEFAULT_MIRROR_RATE
