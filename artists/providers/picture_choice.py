"""Which of the offered pictures goes into an empty slot without a person: pure (providers.md 8, auto pick)."""

from collections.abc import Iterable, Mapping, Sequence

from artists.imaging.geometry import is_low_resolution
from artists.providers.answers import ImageCandidate, ImageOffer

FITS: Mapping[str, frozenset[ImageOffer]] = {
    "thumb": frozenset({"thumb"}),
    "fanart": frozenset({"fanart"}),
    "logo": frozenset({"logo", "hdlogo"}),
}
"""The slots that are filled without a person, and what fits them as it is: a wide thumb would have to be cropped."""


def best_first(kind: str, offers: Iterable[ImageCandidate], order: Sequence[str]) -> list[ImageCandidate]:
    """What fits the slot: most likes first, then the larger, then by the order of providers; each address once.

    Those known to be too small are left out; those of unknown size come last and are measured once they are here.
    """
    fitting = {offer.url: offer for offer in offers if offer.kind in FITS[kind] and offer.provider in order}
    large = [offer for offer in fitting.values() if not is_low_resolution(kind, offer.width, offer.height)]
    return sorted(large, key=lambda offer: (-offer.likes, -offer.width * offer.height, order.index(offer.provider)))
