"""The fix that takes a backdrop from the artist that it does not belong to; its bytes are kept for undoing."""

from dataclasses import dataclass
from typing import ClassVar

from artists.models import ArtistImage
from artists.providers.registry import BY_NAME
from artists.services.file_changes import present_hash
from artists.services.gates import Axis
from artists.services.pictures.places import picture_path
from artists.services.pictures.rearranging import rearrange_fanart
from rules.fixes.base import Aid, Case, Fix, Mended, Stage
from stillwater.errors import Conflict, Unprocessable


@dataclass(frozen=True, slots=True)
class Claim:
    """One artist's claim to a picture."""

    image: ArtistImage

    @property
    def weight(self) -> int:
        """2: a person chose it here; 1: a provider gave it by the artist's identifier; 0: nobody knows."""
        provider = BY_NAME.get(self.image.source)
        by_identifier = provider is not None and "images" in provider.spec.abilities
        return 2 if self.image.locked else int(by_identifier)


class BorrowedBackdropFix(Fix):
    """Removes the backdrops that another artist has with better right: chosen by hand before fetched before unknown.

    Where the rights are equal nobody knows whose the picture is, and a person has to say so.
    """

    touches: ClassVar[str] = "The files of this artist's copy, which are kept; never the other artist's. Asks nobody."
    stage: ClassVar[Stage] = "picture"
    axis: ClassVar[Axis] = "image"

    def would(self, _case: Case) -> str:
        return "Remove the backdrops that belong to another artist; the bytes are kept for undoing"

    def mend(self, case: Case, aid: Aid) -> Mended:
        """Every file is looked at anew: ours, and the one of the artist that keeps the picture."""
        images = list(case.artist.images.filter(kind="fanart", exists=True).order_by("slot"))
        owners = {image.slot: owner for image in images if (owner := _owner(image)) is not None}
        for image in images:
            _require_unchanged([image, *([owners[image.slot]] if image.slot in owners else [])])
        if not owners:
            raise Unprocessable(_why_not(images))
        left = [image.slot for image in images if image.slot not in owners]
        done = rearrange_fanart(case.artist, left, source=case.source, actor=aid.actor, group=aid.group)
        names = sorted({owner.artist.name for owner in owners.values()})
        return Mended(done.change.operation, f"kept by {', '.join(names)}"[:300])


def _owner(image: ArtistImage) -> ArtistImage | None:
    """The one picture of another artist whose claim outweighs ours and everybody's; None where there is none."""
    others = sorted(map(Claim, _elsewhere(image)), key=lambda claim: -claim.weight)
    if not others or others[0].weight <= Claim(image).weight:
        return None
    rivals = {claim.image.artist_id for claim in others if claim.weight == others[0].weight}
    return others[0].image if len(rivals) == 1 else None


def _elsewhere(image: ArtistImage) -> list[ArtistImage]:
    if not image.content_hash:
        return []
    same = ArtistImage.objects.filter(content_hash=image.content_hash, kind="fanart", exists=True)
    return list(same.exclude(artist=image.artist_id).select_related("artist").order_by("artist", "slot"))


def _require_unchanged(images: list[ArtistImage]) -> None:
    for image in images:
        if present_hash(picture_path(image)) != image.content_hash:
            raise Conflict(f"{image.file_name} of {image.artist.name} has been changed since the last scan")


def _why_not(images: list[ArtistImage]) -> str:
    shared = [(image, others) for image in images if (others := _elsewhere(image))]
    if not shared:
        return "no other artist has one of these backdrops any more"
    names = ", ".join(sorted({other.artist.name for _image, others in shared for other in others}))
    if any(Claim(image).weight > max(Claim(other).weight for other in others) for image, others in shared):
        return f"the picture belongs here; it is to be removed from {names}"
    return f"nobody can tell whose picture it is: {names} has it with the same right"
