"""What is shown of each provider: to people on the settings page, to programs over REST."""

from dataclasses import dataclass

from artists.fields import BY_KEY
from artists.providers.base import ProviderSpec
from artists.providers.orders import DEFAULT_ORDER, LABELS
from artists.services.providers.settings import (
    KeyStatus,
    Mirror,
    Priority,
    ProviderSettings,
    can_supply,
    metadata_specs,
    provider_settings,
    spec_of,
    spec_or_none,
    web_engines,
)


@dataclass(frozen=True, slots=True)
class ProviderState:
    """One provider as it stands; `rate_limit` in requests per second, that of its mirror where it has one."""

    spec: ProviderSpec
    has_key: bool
    status: KeyStatus
    mirror: Mirror | None

    @property
    def name(self) -> str:
        return self.spec.name

    @property
    def display_name(self) -> str:
        return self.spec.label

    @property
    def requires_key(self) -> bool:
        return self.spec.key == "required"

    @property
    def optional_key(self) -> bool:
        return self.spec.key == "optional"

    @property
    def takes_key(self) -> bool:
        return self.spec.key != "none"

    @property
    def can_be_asked(self) -> bool:
        return self.has_key or not self.requires_key

    @property
    def access_tier(self) -> str:
        return self.spec.tier

    @property
    def help_url(self) -> str:
        return self.spec.help_url

    @property
    def rate_limit(self) -> float:
        return self.mirror.rate_limit if self.mirror else self.spec.per_second

    @property
    def supports_base_url(self) -> bool:
        return self.spec.mirror

    @property
    def gives(self) -> list[str]:
        """Labels of the fields and kinds of picture that it may say something about."""
        return [field_label(field) for field in DEFAULT_ORDER if can_supply(self.name, field)]


@dataclass(frozen=True, slots=True)
class WebEngine:
    name: str
    display_name: str
    enabled: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One provider in the order of one field; `note` says why it is not asked although it is on."""

    name: str
    label: str
    enabled: bool
    note: str


@dataclass(frozen=True, slots=True)
class FieldOrder:
    """One field's order as the settings page shows it."""

    field: str
    label: str
    places: list[Place]
    is_changed: bool


def provider_states() -> list[ProviderState]:
    """Of all that describe artists, in display order. One query."""
    known = provider_settings()
    return [_state(spec, known) for spec in metadata_specs()]


def provider_state(name: str) -> ProviderState:
    """Raises Invalid for an unknown provider."""
    return _state(spec_of(name), provider_settings())


def web_search_states() -> list[WebEngine]:
    known = provider_settings()
    return [WebEngine(spec.name, spec.label, known.searches_web(spec.name)) for spec in web_engines()]


def field_orders() -> list[FieldOrder]:
    """Every field's order. One query."""
    known = provider_settings()
    return [_order(priority, known) for priority in known.priorities()]


def field_order(field: str) -> FieldOrder:
    known = provider_settings()
    return _order(known.priority_of(field), known)


def field_label(field: str) -> str:
    return BY_KEY[field].label if field in BY_KEY else LABELS[field]


def _state(spec: ProviderSpec, known: ProviderSettings) -> ProviderState:
    return ProviderState(spec, known.has_key(spec.name), known.status_of(spec), known.mirror_of(spec))


def _order(priority: Priority, known: ProviderSettings) -> FieldOrder:
    places = [_place(name, priority, known) for name in priority.providers]
    changed = any(f"priority.{priority.field}{end}" in known.stored for end in ("", ".disabled"))
    return FieldOrder(priority.field, field_label(priority.field), places, changed)


def _place(name: str, priority: Priority, known: ProviderSettings) -> Place:
    spec = spec_or_none(name)
    note = ""
    if spec and "web_search" in spec.abilities:
        note = "asked only when you search"
    elif not can_supply(name, priority.field):
        note = "says nothing about this"
    elif not known.is_available(name):
        note = "no key"
    return Place(name, spec.label if spec else name, name not in priority.disabled, note)
