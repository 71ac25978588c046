"""Who is asked for pictures of an artist, and what they offer."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from artists.models import Artist
from artists.providers.answers import ImageCandidate
from artists.providers.base import Provider
from artists.providers.errors import NothingFound, ProviderError
from artists.services.providers.access import Purpose
from artists.services.providers.orders import orders_of
from artists.services.providers.scraper import scope_of
from artists.services.sources import panel_of, whom
from stillwater.models import User


@dataclass(frozen=True, slots=True)
class PictureSources:
    """`order`: kind to the names of its providers, first choice first."""

    providers: Mapping[str, Provider]
    order: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Offers:
    """`down`: who could not be asked, with the reason."""

    pictures: tuple[ImageCandidate, ...]
    down: tuple[str, ...]


def picture_sources_for(
    artist: Artist, kinds: Sequence[str], actor: User | None = None, purpose: Purpose = "job"
) -> PictureSources:
    """As it is set up here for the artist's libraries, by default with a job's patience."""
    orders = orders_of(scope_of(artist))
    order = {kind: orders.ranked(kind) for kind in kinds}
    names = {name for ranked in order.values() for name in ranked}
    return PictureSources(panel_of(names, actor, purpose, orders.settings).providers, order)


def offers_of(artist: Artist, sources: PictureSources) -> Offers:
    """By identifiers alone: a picture found by name may be a namesake's."""
    lookup, down = replace(whom(artist).lookup, name=""), list[str]()

    def of(provider: Provider) -> list[ImageCandidate]:
        try:
            return provider.images(lookup)
        except NothingFound:
            return []
        except ProviderError as error:
            down.append(f"{provider.spec.label} {error.message}")
            return []

    with ThreadPoolExecutor(max_workers=max(1, len(sources.providers))) as pool:
        found = list(pool.map(of, sources.providers.values()))
    return Offers(tuple(offer for offers in found for offer in offers), tuple(down))
