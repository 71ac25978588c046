"""Asks every available provider about a name or an MBID and hands over what they say; nothing is stored."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from artists.providers.answers import ImageCandidate, SearchHit
from artists.providers.base import Lookup, Provider
from artists.providers.errors import ProviderError
from artists.providers.merge import FieldResult, merge
from artists.providers.outcomes import Outcome
from artists.services.asking import Asked, ask
from artists.services.pictures.offering import offered_pictures
from artists.services.providers.access import available_providers
from artists.services.providers.orders import orders_of
from artists.services.refresh_changes import named_results
from artists.services.sources import needed_providers, sources_of_scope
from stillwater.errors import Invalid
from stillwater.models import User


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the providers say of somebody who need not be in the library.

    `results` by field as a refresh would decide; `outcomes` who was asked and why some have no answer; `errors` name
    the providers that could not be asked about pictures.
    """

    results: tuple[FieldResult, ...]
    outcomes: dict[str, Outcome]
    images: tuple[ImageCandidate, ...]
    errors: dict[str, str]


def search_everywhere(name: str) -> list[SearchHit]:
    """The hits of every provider that can be searched, best first; one that fails is passed by. Raises Invalid."""
    wanted = name.strip()
    if not wanted:
        raise Invalid("name is required", "name")
    searching = [each for each in available_providers() if "search" in each.spec.abilities]
    with ThreadPoolExecutor(max_workers=max(1, len(searching))) as pool:
        found = [hit for hits in pool.map(lambda each: _hits(each, wanted), searching) for hit in hits]
    return sorted(found, key=lambda hit: -hit.score)


def fetch_everywhere(*, mbid: str = "", name: str = "", actor: User | None = None) -> Fetched:
    """What a refresh would be told of an artist with this MBID, or of this name. Raises Invalid for neither."""
    if not mbid.strip() and not name.strip():
        raise Invalid("mbid or name is required", "mbid")
    sources = sources_of_scope(orders_of(), actor)
    ids = {"musicbrainz": mbid.strip().lower()} if mbid.strip() else {}
    asked = Asked(Lookup(name.strip(), ids), tuple(filter(None, (name.strip(),))))
    outcomes = ask(asked, sources.panel, needed_providers(sources))
    merged = merge(outcomes, sources.order, sources.panel.languages)
    named = named_results(outcomes, sources.panel.languages, romanise=sources.panel.romanise)
    results = (*named, *merged.values())
    known = {result.field.removesuffix("_id"): str(result.value) for result in named if result.field.endswith("_id")}
    lookup = replace(asked.lookup, ids={**known, **ids})
    offers = offered_pictures(sources.panel.providers.values(), lookup, sources.panel.budget)
    return Fetched(results, outcomes, offers.pictures, offers.errors)


def _hits(provider: Provider, name: str) -> list[SearchHit]:
    try:
        return provider.search(name)
    except ProviderError:
        return []
