"""Whom to ask for a field, and in what order: what people decided about it, then who stands in."""

from dataclasses import dataclass

from artists.models import GLOBAL_SCOPE
from artists.providers.orders import DEFAULT_ORDER
from artists.providers.scraping import ScraperPlan
from artists.services.providers.scraper import scraping_of
from artists.services.providers.settings import ProviderSettings, can_supply, provider_settings


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders of one scope, read once for a whole piece of work."""

    settings: ProviderSettings
    plan: ScraperPlan

    def ranked(self, field: str) -> tuple[str, ...]:
        """All that may be asked for the field, best first, with or without their key; empty: it is not fetched.

        The field's own order, then the configured primary, then the chain of its category. Whoever is switched off
        for the field does not come back through the chain (providers.md 11, quirk 11).
        """
        if field not in DEFAULT_ORDER or not self.plan.fetches(field):
            return ()
        priority = self.settings.priority_of(field)
        if not priority.enabled:
            return ()
        names = dict.fromkeys((*priority.enabled, *self.plan.backups(field)))
        return tuple(name for name in names if name not in priority.disabled and can_supply(name, field))

    def of(self, field: str) -> tuple[str, ...]:
        """Those of them that can be asked now."""
        return tuple(name for name in self.ranked(field) if self.settings.is_available(name))

    def fields(self) -> tuple[str, ...]:
        """The fields and kinds of picture for which somebody can be asked."""
        return tuple(field for field in DEFAULT_ORDER if self.of(field))


def orders_of(scope: str = GLOBAL_SCOPE) -> Orders:
    """Two queries."""
    return Orders(provider_settings(), scraping_of(scope).plan)


def order_for(field: str, scope: str = GLOBAL_SCOPE) -> tuple[str, ...]:
    """The providers to ask for one field of artists in a scope (`scope_of` an artist), in order."""
    return orders_of(scope).of(field)
