"""Backdrops one by one: some are removed, one moves by a place or to the front."""

from collections.abc import Collection, Sequence
from typing import Literal

from artists.models import Artist
from artists.services.pictures.rearranging import Rearranged, rearrange_fanart
from stillwater.errors import Conflict, Invalid
from stillwater.models import User

Way = Literal["left", "right", "first"]


def slots_there(artist: Artist) -> list[int]:
    """The slots that have a backdrop, in their order."""
    found = artist.images.filter(kind="fanart", exists=True).order_by("slot")
    return list(found.values_list("slot", flat=True))


def remove_backdrops(artist: Artist, slots: Collection[int], *, actor: User | None = None) -> Rearranged:
    """Remove these; the others close up. Raises Invalid for none or for one that is not there, and as rearranging."""
    there = slots_there(artist)
    if not slots or not set(slots) <= set(there):
        raise Invalid("indices must name backdrops that are there", "indices")
    return rearrange_fanart(artist, [slot for slot in there if slot not in slots], actor=actor)


def moved(there: Sequence[int], slot: int, way: Way) -> list[int]:
    """The order after one step; at an end the same order. Raises Invalid for a slot that is not there."""
    if slot not in there:
        raise Invalid("there is no such backdrop", "slot")
    place = there.index(slot)
    to = {"left": place - 1, "right": place + 1, "first": 0}[way]
    rest = [each for each in there if each != slot]
    to = max(0, min(to, len(rest)))
    return [*rest[:to], slot, *rest[to:]]


def require_same(seen: Sequence[str], present: Sequence[str]) -> None:
    """What somebody saw must still be there before it is put in another order. Raises Conflict."""
    if sorted(seen) != sorted(present):
        raise Conflict("the backdrops have changed since; look again")
