"""Who may be asked for what when an artist is refreshed: providers at hand, the order of each field, languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from artists.fields import IDENTIFIER_FIELDS
from artists.matching.similarity import identity_key
from artists.models import Artist
from artists.providers.base import Lookup, Provider
from artists.providers.errors import AuthRequired
from artists.providers.merge import MERGED_FIELDS
from artists.services.asking import MUSICBRAINZ, Asked, Panel
from artists.services.facts import MAX_KEY
from artists.services.providers.access import Purpose, budget_of, provider_of
from artists.services.providers.languages import languages_for, romanises_for
from artists.services.providers.orders import Orders, orders_of
from artists.services.providers.scraper import scope_of
from artists.services.providers.settings import (
    ProviderSettings,
    can_supply,
    known_names,
    metadata_specs,
    provider_settings,
)
from stillwater.models import User
from stillwater.services.options import option


@dataclass(frozen=True, slots=True)
class Sources:
    """`order`: for each field that is fetched at all, its providers, first choice first."""

    panel: Panel
    order: Mapping[str, tuple[str, ...]]


def sources_for(artist: Artist, actor: User | None = None, purpose: Purpose = "page") -> Sources:
    """As it is set up here for the artist's libraries, in the languages of whoever asks.

    Providers without their key stay in the orders: they are not asked, and the trace says why.
    """
    return sources_of_scope(orders_of(scope_of(artist)), actor, purpose)


def sources_of_scope(orders: Orders, actor: User | None = None, purpose: Purpose = "page") -> Sources:
    """The same for nobody's library: as it is set up for a scope."""
    ranked = {key: orders.ranked(key) for key in MERGED_FIELDS}
    order = {key: names for key, names in ranked.items() if names}
    if MUSICBRAINZ in known_names():
        order["disambiguation"] = (MUSICBRAINZ,)  # only MusicBrainz tells namesakes apart in words
    names = {MUSICBRAINZ, *(name for names in order.values() for name in names)}
    return Sources(panel_of(names, actor, purpose, orders.settings), order)


def offering(artist: Artist, key: str, actor: User | None = None) -> tuple[Panel, tuple[str, ...]]:
    """Every provider that can say something of one field, by its order and then the rest, fetched or not."""
    orders = orders_of(scope_of(artist))
    able = (spec.name for spec in metadata_specs() if can_supply(spec.name, key))
    names = tuple(dict.fromkeys((*orders.ranked(key), *able)))
    return panel_of({MUSICBRAINZ, *names}, actor, "page", orders.settings), names


def panel_of(
    names: Iterable[str], actor: User | None = None, purpose: Purpose = "page", known: ProviderSettings | None = None
) -> Panel:
    """These providers with a session each. `purpose` job: as long as it takes."""
    settings, budget = known or provider_settings(), budget_of(purpose)
    providers, unavailable = dict[str, Provider](), dict[str, str]()
    for name in sorted(set(names) & known_names()):
        try:
            providers[name] = provider_of(name, purpose, settings, budget=budget)
        except AuthRequired as error:
            unavailable[name] = error.message
    threshold = int(option("provider.name_similarity_threshold"))
    return Panel(providers, unavailable, languages_for(actor), romanises_for(actor), threshold, budget)


def needed_providers(sources: Sources) -> list[str]:
    """Those that some field wants, each once; nobody else is asked."""
    return list(dict.fromkeys(name for providers in sources.order.values() for name in providers))


def whom(artist: Artist) -> Asked:
    """The artist as providers are asked about it, with every name under which it is known here."""
    ids = {key.removesuffix("_id"): getattr(artist, key) for key in sorted(IDENTIFIER_FIELDS)}
    others = dict(artist.provider_records.exclude(external_id="").values_list("provider", "external_id"))
    lookup = Lookup(artist.name, {provider: key for provider, key in {**others, **ids}.items() if key})
    names = (artist.name, artist.sort_name, *(alias.alias for alias in artist.aliases.all()))
    return Asked(lookup, names, unique=not _has_namesake(artist))


def _has_namesake(artist: Artist) -> bool:
    """Another artist of the library has the same name: whoever is looked up by it may be either of the two."""
    key = identity_key(artist.name)[:MAX_KEY]
    others = Artist.objects.exclude(pk=artist.pk).exclude(name_key="").filter(name_key=key)
    spelled = artist.name.casefold()
    return not key or any(name.casefold() == spelled for name in others.values_list("name", flat=True))
