"""Providers on this machine: who can be asked, with which key, in what order, and in which languages."""

from artists.services.providers.access import access_of, available_providers, provider_of, session_of
from artists.services.providers.languages import languages_for, romanises_for
from artists.services.providers.orders import Orders, order_for, orders_of
from artists.services.providers.scraper import scope_of, scopes_of
from artists.services.providers.settings import ProviderSettings, provider_settings

__all__ = [
    "Orders",
    "ProviderSettings",
    "access_of",
    "available_providers",
    "languages_for",
    "order_for",
    "orders_of",
    "provider_of",
    "provider_settings",
    "romanises_for",
    "scope_of",
    "scopes_of",
    "session_of",
]
