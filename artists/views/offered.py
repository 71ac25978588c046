"""What pages show of the pictures that providers and the web offer."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from artists.imaging.geometry import is_low_resolution, needs_crop
from artists.providers.answers import SLOT_OF_OFFER, ImageCandidate
from artists.services.pictures.proxying import token_of
from artists.services.pictures.searching import Found
from artists.views.pictures import LABELS
from artists.views.words import source_words


@dataclass(frozen=True, slots=True)
class Candidate:
    """One offered picture; `refused` says why it cannot be used."""

    offer: ImageCandidate
    refused: str = ""

    @property
    def slot(self) -> str:
        return SLOT_OF_OFFER[self.offer.kind]

    @property
    def label(self) -> str:
        return LABELS[self.slot]

    @property
    def provider(self) -> str:
        return source_words(self.offer.provider)

    @property
    def src(self) -> str:
        """Ours, never the provider's; the small version where the provider has one."""
        return reverse("artists:offered", args=[token_of(self.offer.preview_url or self.offer.url)])

    @property
    def size(self) -> str:
        return f"{self.offer.width} × {self.offer.height}" if self.offer.width and self.offer.height else ""

    @property
    def odd_shape(self) -> bool:
        """It would have to be cropped, so it is stored as it is only where a person says so."""
        return needs_crop(self.slot, self.offer.width, self.offer.height)

    @property
    def low_res(self) -> bool:
        return is_low_resolution(self.slot, self.offer.width, self.offer.height)


def candidates_of(found: Found) -> list[Candidate]:
    usable = [Candidate(offer) for offer in found.candidates]
    return [*usable, *(Candidate(offer, reason) for offer, reason in found.refused)]


def failures_in_words(errors: Iterable[str]) -> list[str]:
    """ "fanarttv: image fetch failed" for people."""
    return [f"{source_words(error.partition(':')[0])} did not answer" for error in errors]
