"""What is fetched at all, and who stands in: one scraper configuration, read from JSON, checked, laid over another.

Facts: providers.md 7. A field that a configuration does not name is not fetched (its "completeness is unchecked").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from artists.providers.orders import DEFAULT_CHAINS, DEFAULT_ORDER, Category, category_of, default_primary

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Whether a field is fetched. `primary` is asked after the field's own order; blank: nobody in particular."""

    field: str
    primary: str = ""
    enabled: bool = True

    @property
    def category(self) -> Category:
        return category_of(self.field)


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a connection decides for itself."""

    fields: frozenset[str] = frozenset()
    chains: frozenset[str] = frozenset()

    def as_json(self) -> dict[str, dict[str, bool]]:
        return {
            "fields": dict.fromkeys(sorted(self.fields), True),
            "fallback_chains": dict.fromkeys(sorted(self.chains), True),
        }


@dataclass(frozen=True, slots=True)
class ScraperPlan:
    """One configuration: rules by field, and the chain of each category."""

    fields: Mapping[str, FieldRule]
    chains: Mapping[Category, tuple[str, ...]]

    def fetches(self, field: str) -> bool:
        rule = self.fields.get(field)
        return rule is not None and rule.enabled

    def backups(self, field: str) -> tuple[str, ...]:
        """Who is asked for the field after its own order: the primary, then the chain."""
        rule = self.fields.get(field)
        primary = (rule.primary,) if rule and rule.primary else ()
        return (*primary, *self.chains.get(category_of(field), ()))

    def under(self, own: "ScraperPlan", overrides: Overrides) -> "ScraperPlan":
        """This plan with those entries of `own` that are overridden there and present."""
        fields = {name: rule for name, rule in own.fields.items() if name in overrides.fields}
        chains = {name: chain for name, chain in own.chains.items() if name in overrides.chains}
        return ScraperPlan({**self.fields, **fields}, {**self.chains, **chains})

    def as_json(self) -> dict[str, list[dict[str, Any]]]:
        return {
            "fields": [
                {"field": rule.field, "primary": rule.primary, "enabled": rule.enabled, "category": rule.category}
                for rule in self.fields.values()
            ],
            "fallback_chains": [
                {"category": category, "providers": list(chain)} for category, chain in self.chains.items()
            ],
        }


def default_plan() -> ScraperPlan:
    fields = {field: FieldRule(field, default_primary(field)) for field in DEFAULT_ORDER}
    return ScraperPlan(fields, dict(DEFAULT_CHAINS))


def read_plan(raw: Any, known: frozenset[str]) -> ScraperPlan:
    """A configuration from JSON; `known` are the providers there are. Raises ValueError with what is wrong."""
    if not isinstance(raw, Mapping):
        raise ValueError("the configuration must be an object")
    rules = [_rule(entry, known) for entry in _objects(raw, "fields")]
    chains = dict(_chain(entry, known) for entry in _objects(raw, "fallback_chains"))
    fields = {rule.field: rule for rule in rules}
    if len(fields) != len(rules):
        raise ValueError("fields names a field twice")
    return ScraperPlan(fields, chains)


def read_overrides(raw: Any) -> Overrides:
    """Which entries a connection replaces. Raises ValueError with what is wrong."""
    if raw is None:
        return Overrides()
    if not isinstance(raw, Mapping):
        raise ValueError("overrides must be an object")
    fields, chains = _chosen(raw, "fields"), _chosen(raw, "fallback_chains")
    for field in fields:
        _require_field(field)
    return Overrides(fields, chains)


def _objects(raw: Json, key: str) -> list[Json]:
    entries = raw.get(key)
    if entries is None:
        return []
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise ValueError(f"{key} must be a list of objects")
    return entries


def _rule(entry: Json, known: frozenset[str]) -> FieldRule:
    field, primary, enabled = entry.get("field"), entry.get("primary") or "", entry.get("enabled", False)
    _require_field(field)
    if primary:
        _require_provider(primary, known)
    if not isinstance(enabled, bool):
        raise ValueError(f"enabled of {field} must be true or false")
    return FieldRule(str(field), primary, enabled)


def _chain(entry: Json, known: frozenset[str]) -> tuple[Category, tuple[str, ...]]:
    category = next((name for name in DEFAULT_CHAINS if name == entry.get("category")), None)
    providers = entry.get("providers") or []
    if category is None:
        raise ValueError(f"category must be one of {', '.join(DEFAULT_CHAINS)}")
    if not isinstance(providers, list):
        raise ValueError("providers must be a list of names")
    for provider in providers:
        _require_provider(provider, known)
    return category, tuple(dict.fromkeys(providers))


def _chosen(raw: Json, key: str) -> frozenset[str]:
    flags = raw.get(key) or {}
    if not isinstance(flags, Mapping) or not all(isinstance(flag, bool) for flag in flags.values()):
        raise ValueError(f"overrides.{key} must map names to true or false")
    return frozenset(name for name, flag in flags.items() if flag)


def _require_field(field: Any) -> None:
    if not isinstance(field, str) or field not in DEFAULT_ORDER:
        raise ValueError(f"unknown field: {_shown(field)}")


def _require_provider(provider: Any, known: frozenset[str]) -> None:
    if not isinstance(provider, str) or provider not in known:
        raise ValueError(f"unknown provider: {_shown(provider)}")


def _shown(value: Any) -> str:
    return str(value)[:60]
