"""Who is asked for pictures of an artist where nobody chose them by hand, and what they offer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from artists.models import Artist
from artists.providers.base import Provider
from artists.services.pictures.offering import Offers, offered_pictures
from artists.services.providers.access import Purpose
from artists.services.providers.orders import orders_of
from artists.services.providers.scraper import scope_of
from artists.services.sources import panel_of, whom
from stillwater.models import User

__all__ = ["Offers", "PictureSources", "offers_of", "picture_sources_for"]


@dataclass(frozen=True, slots=True)
class PictureSources:
    """`order`: kind to the names of its providers, first choice first."""

    providers: Mapping[str, Provider]
    order: Mapping[str, tuple[str, ...]]


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
    return offered_pictures(sources.providers.values(), replace(whom(artist).lookup, name=""))
