"""Makes a provider ready to be asked on this machine: its key, its addresses, its rate."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from django.conf import settings as configuration

from artists.providers import registry
from artists.providers.base import Provider, ProviderSpec
from artists.providers.errors import AuthRequired
from artists.providers.session import PAGE_SECONDS, PATIENCE, Access, Session
from artists.services.providers.misses import remembering
from artists.services.providers.settings import Mirror, ProviderSettings, metadata_specs, provider_settings, spec_of
from stillwater.outbound import Budget

Purpose = Literal["page", "job"]
"""A person waits for the answer, or nobody does."""


def budget_of(purpose: Purpose) -> Budget | None:
    """The time that everything asked for one page shares, from now on; a job takes as long as it takes."""
    return Budget.of(PAGE_SECONDS) if purpose == "page" else None


def access_of(
    name: str, purpose: Purpose = "page", known: ProviderSettings | None = None, *, budget: Budget | None = None
) -> Access:
    """How the provider is reached. Raises Invalid for an unknown one, AuthRequired where it lacks the key it needs.

    Whoever asks several providers reads the settings once and hands them in as `known`, and one `budget` for all.
    """
    spec, decided = spec_of(name), known or provider_settings()
    key = decided.key_of(name) if spec.key != "none" else ""
    if spec.key == "required" and not key:
        raise AuthRequired(name, "there is no key")
    access = replace(plain_access(spec), key=key, patience=PATIENCE[purpose], budget=budget or budget_of(purpose))
    return with_mirror(access, spec, decided.mirror_of(spec))


def session_of(
    name: str, purpose: Purpose = "page", known: ProviderSettings | None = None, *, budget: Budget | None = None
) -> Session:
    """One session serves one piece of work, such as one artist: it remembers what it was told."""
    return Session(spec_of(name), access_of(name, purpose, known, budget=budget))


def provider_of(
    name: str, purpose: Purpose = "page", known: ProviderSettings | None = None, *, budget: Budget | None = None
) -> Provider:
    """The provider with a fresh session. A job does not ask again within a day for what the provider did not have.

    Raises as `access_of` does.
    """
    session = session_of(name, purpose, known, budget=budget)
    return remembering(class_of(name)(session), session.access, fresh=purpose == "page")


def class_of(name: str) -> type[Provider]:
    """Of a provider or a web search. Raises Invalid for an unknown one."""
    spec = spec_of(name)
    return next(each for each in (*registry.PROVIDERS, *registry.WEB_SEARCHES) if each.spec == spec)


def available_providers(purpose: Purpose = "page", known: ProviderSettings | None = None) -> Iterator[Provider]:
    """All that can be asked now, in display order; one whose key cannot be opened is left out."""
    decided, budget = known or provider_settings(), budget_of(purpose)
    for spec in metadata_specs():
        try:
            yield provider_of(spec.name, purpose, decided, budget=budget)
        except AuthRequired:
            continue


def plain_access(spec: ProviderSpec) -> Access:
    """Without a key: at its own addresses, or where STILLWATER_PROVIDERS_URL has all of them (the demo's world)."""
    origin: str = configuration.STILLWATER_PROVIDERS_URL
    if not origin:
        return Access()
    services = {service: f"{origin}/{spec.name}/{service}" for service in spec.services}
    return Access(services=services, private=frozenset({origin}))


def with_mirror(access: Access, spec: ProviderSpec, mirror: Mirror | None) -> Access:
    """An administrator typed the mirror's address, so exactly this origin may lie in a private network."""
    if mirror is None:
        return access
    services = {**access.services, next(iter(spec.services)): mirror.base_url}
    return replace(access, services=services, per_second=mirror.rate_limit, private=access.private | {mirror.base_url})
