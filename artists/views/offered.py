"""What pages show of the pictures that providers and the web offer."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from artists.imaging.geometry import LOW_RESOLUTION, is_low_resolution, needs_crop, required_ratio
from artists.models import ArtistImage
from artists.providers.answers import SLOT_OF_OFFER, ImageCandidate
from artists.services.pictures.offered_facts import OfferedFacts, facts_of
from artists.services.pictures.proxying import token_of
from artists.services.pictures.searching import Found
from artists.views.pictures import LABELS, Picture
from artists.views.words import source_words


@dataclass(frozen=True, slots=True)
class Candidate:
    """One offered picture. `refused` says why it cannot be used; `facts` are there once it has been fetched."""

    offer: ImageCandidate
    refused: str = ""
    facts: OfferedFacts | None = None
    same_as: Picture | None = None
    """The stored picture that it is to the eye."""

    @property
    def slot(self) -> str:
        return SLOT_OF_OFFER[self.offer.kind]

    @property
    def label(self) -> str:
        return LABELS[self.slot]

    @property
    def key(self) -> str:
        """Names it in the address of a page."""
        return hashlib.sha256(self.offer.url.encode()).hexdigest()[:12]

    @property
    def provider(self) -> str:
        return source_words(self.offer.provider)

    @property
    def src(self) -> str:
        """Ours, never the provider's; the small version where the provider has one."""
        return reverse("artists:offered", args=[token_of(self.offer.preview_url or self.offer.url)])

    @property
    def token(self) -> str:
        return token_of(self.offer.url)

    @property
    def file(self) -> str:
        """The picture itself, through us."""
        return reverse("artists:offered_file", args=[self.token])

    @property
    def width(self) -> int:
        """In pixels, as it is or as the provider says; 0 where nobody knows."""
        return self.facts.width if self.facts else self.offer.width

    @property
    def height(self) -> int:
        return self.facts.height if self.facts else self.offer.height

    @property
    def size(self) -> str:
        return f"{self.width} × {self.height}" if self.width and self.height else ""

    @property
    def weight(self) -> str:
        return f"{self.facts.format.upper()}, {filesizeformat(self.facts.bytes)}" if self.facts else ""

    @property
    def odd_shape(self) -> bool:
        """It would have to be cropped, so it is stored as it is only where a person says so."""
        return needs_crop(self.slot, self.width, self.height)

    @property
    def low_res(self) -> bool:
        return is_low_resolution(self.slot, self.width, self.height)

    @property
    def is_same(self) -> bool:
        return self.same_as is not None

    @property
    def likeness(self) -> str:
        """The fingerprint knows no colours, and a logo is little else than its colour."""
        return "looks like the current" if self.slot == "logo" else "the same picture as the current"

    @property
    def badge(self) -> str:
        """The same in a word or two; blank where it is another picture."""
        if not self.is_same:
            return ""
        return "looks like current" if self.slot == "logo" else "same as current"

    @property
    def discouraged(self) -> list[str]:
        """Why one would rather not take it, in words."""
        said = []
        if self.low_res:
            least = LOW_RESOLUTION[self.slot]
            said.append(f"low resolution: {least[0]} × {least[1]} is the least for a {self.label.lower()}")
        if self.odd_shape:
            shape = self.width / self.height
            said.append(f"another shape: {shape:.2f} : 1 where {required_ratio(self.slot) or 0:.2f} : 1 is wanted")
        if self.same_as is not None:
            said.append(f"{self.likeness} {self.same_as.label.lower()}{self._compared(self.same_as)}")
        return said

    def _compared(self, stored: Picture) -> str:
        if not self.facts:
            return ""
        ours, theirs = stored.image.width * stored.image.height, self.facts.width * self.facts.height
        return ", larger" if theirs > ours else ", smaller" if theirs < ours else ", of the same size"


def candidates_of(found: Found, images: Iterable[ArtistImage] = ()) -> list[Candidate]:
    """`images` are the stored ones, so that the same picture is known again."""
    stored = [Picture(image) for image in images if image.exists and image.perceptual_hash]
    usable = [_candidate(offer, stored) for offer in found.candidates]
    return [*usable, *(Candidate(offer, reason) for offer, reason in found.refused)]


def _candidate(offer: ImageCandidate, stored: Sequence[Picture]) -> Candidate:
    facts = facts_of(offer.url)
    seen, slot = facts or facts_of(offer.preview_url), SLOT_OF_OFFER[offer.kind]
    same = (each for each in stored if each.image.kind == slot and seen is not None)
    found = next((each for each in same if seen and seen.is_same(slot, each.image.perceptual_hash)), None)
    return Candidate(offer, facts=facts, same_as=found)


def failures_in_words(errors: Iterable[str]) -> list[str]:
    """ "fanarttv: image fetch failed" for people."""
    return [f"{source_words(error.partition(':')[0])} did not answer" for error in errors]
