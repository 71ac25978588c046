"""Backdrops of one artist that show the same picture: byte for byte, or alike to the eye."""

from collections.abc import Iterable

from artists.imaging.alike import MOST_BITS, telling
from artists.imaging.hashing import HASH_BITS, similarity
from artists.models import ArtistImage


def repeats(images: Iterable[ArtistImage]) -> dict[int, int]:
    """Slot to the first slot before it with the same picture. Each is compared with what it repeats, never in a chain;
    hashes that say nothing are left out.
    """
    found: dict[int, int] = {}
    firsts: list[ArtistImage] = []
    for image in sorted(images, key=lambda image: image.slot):
        first = next((each for each in firsts if _same(each, image)), None)
        if first is None:
            firsts.append(image)
        else:
            found[image.slot] = first.slot
    return found


def _same(one: ArtistImage, other: ArtistImage) -> bool:
    if one.content_hash and one.content_hash == other.content_hash:
        return True
    if not (telling(one.perceptual_hash) and telling(other.perceptual_hash)):
        return False
    return (1 - similarity(one.perceptual_hash, other.perceptual_hash)) * HASH_BITS <= MOST_BITS
