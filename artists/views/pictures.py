"""What pages show of a picture: its addresses, its placeholder, and its facts in words."""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat

from artists.fields import IMAGE_KINDS
from artists.imaging.geometry import needs_crop, required_ratio
from artists.models import ArtistImage
from artists.services.thumbnails import WIDTHS, version_of
from artists.views.words import source_words
from stillwater.many_urls import url_of

LABELS = {"thumb": "Thumb", "fanart": "Backdrop", "logo": "Logo", "banner": "Banner"}
MOST_PADDING = 0.15
"""Share of a logo's area that may be empty: the default of the rule logo_padding."""
SMALLEST, MIDDLE, LARGEST = WIDTHS


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture that exists, ready for a template."""

    image: ArtistImage

    @property
    def small(self) -> str:
        return self._address(SMALLEST)

    @property
    def src(self) -> str:
        return self._address(MIDDLE)

    @property
    def largest(self) -> str:
        return self._address(LARGEST)

    @property
    def srcset(self) -> str:
        return f"{self._address(MIDDLE)} {MIDDLE}w, {self._address(LARGEST)} {LARGEST}w"

    @property
    def placeholder(self) -> str:
        """A data address of 16 pixels, or nothing."""
        return self.image.placeholder if self.image.placeholder.startswith("data:image/") else ""

    @property
    def label(self) -> str:
        name = LABELS[self.image.kind]
        return f"{name} {self.image.slot + 1}" if self.image.slot else name

    @property
    def size(self) -> str:
        return f"{self.image.width} × {self.image.height}" if self.image.width else ""

    @property
    def facts(self) -> str:
        """Format, shape and weight: "JPEG · 1.78 : 1 · 1.2 MB"."""
        shape = f"{self.image.width / self.image.height:.2f} : 1" if self.image.width and self.image.height else ""
        weight = filesizeformat(self.image.bytes) if self.image.bytes else ""
        return " · ".join(part for part in (self.image.format.upper(), shape, weight) if part)

    @property
    def odd_shape(self) -> str:
        """What shape it has, and which it should have; blank where it fits."""
        image = self.image
        if not needs_crop(image.kind, image.width, image.height):
            return ""
        return f"{image.width / image.height:.2f} : 1, should be {required_ratio(image.kind) or 0:.2f} : 1"

    @property
    def empty_border(self) -> str:
        """How much of a logo is nothing, where that is more than a rule would let pass; "34 %"."""
        share = self.image.padding or 0
        return f"{share:.0%}".replace("%", " %") if self.image.kind == "logo" and share >= MOST_PADDING else ""

    @property
    def is_hand_picked(self) -> bool:
        """A person brought it, or locked what was fetched: no automatic writer replaces it."""
        return self.image.locked and self.image.last_written_at is not None

    @property
    def version(self) -> str:
        """Tells whether it is still the picture that somebody saw."""
        return version_of(self.image)

    @property
    def file(self) -> str:
        """The file itself, in its own size."""
        image = self.image
        return f"{url_of('artists:picture_file', image.artist_id, image.kind, image.slot)}?v={self.version}"

    @property
    def source(self) -> str:
        return source_words(self.image.source) if self.image.source else ""

    def _address(self, width: int) -> str:
        image = self.image
        path = url_of("artists:thumbnail", image.artist_id, image.kind, image.slot)
        return f"{path}?w={width}&v={version_of(image)}"


@dataclass(frozen=True, slots=True)
class Slot:
    """One place for a picture, filled or not."""

    kind: str
    picture: Picture | None

    @property
    def label(self) -> str:
        return self.picture.label if self.picture else LABELS[self.kind]

    @property
    def shape(self) -> str:
        """The class of the slot's frame."""
        return {"fanart": "wide", "banner": "banner-slot"}.get(self.kind, "")


def slots_of(images: list[ArtistImage]) -> list[Slot]:
    """Every kind once, further backdrops behind the first; a kind without a picture is an empty slot."""
    there = sorted((image for image in images if image.exists), key=lambda image: image.slot)
    slots: list[Slot] = []
    for kind in (*(kind for kind in IMAGE_KINDS if kind != "fanart"), "fanart"):
        filled = [Slot(kind, Picture(image)) for image in there if image.kind == kind]
        slots += filled or [Slot(kind, None)]
    return slots


def first_of(kind: str, images: list[ArtistImage]) -> Picture | None:
    """The picture of a kind that stands for it, unless there is none that can be shown."""
    return next(iter(shown_of(kind, images)), None)


def shown_of(kind: str, images: list[ArtistImage]) -> list[Picture]:
    """Those that can be shown, in their order."""
    found = [image for image in images if image.kind == kind and image.exists and not image.problem]
    return [Picture(image) for image in sorted(found, key=lambda image: image.slot)]
