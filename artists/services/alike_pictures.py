"""Pictures of several artists that are the same: found, removed where they do not belong, or allowed to be shared."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from artists.imaging.alike import groups_alike, telling
from artists.models import AlikePicture, Artist, ArtistImage, Operation, SharedPictures
from artists.queries.alike_pictures import WAYS, group_key, open_groups
from artists.services.pictures.rearranging import rearrange_fanart, remove_pictures
from stillwater.errors import Conflict, NotFound
from stillwater.models import User

KINDS = ("thumb", "fanart")
"""Of logos and banners the hash sees little but that there is lettering."""
AT_ONCE = 500

Thing = TypeVar("Thing")
Wanted = tuple[str, int, str]


def find_near_pictures() -> int:
    """Look for near pictures among those of all artists, kind by kind; returns how many groups there are.

    Placeholders are left out: they are all alike. Only what differs from the last look is written.
    """
    wanted = {each for kind in KINDS for each in _near_of(kind)}
    rows = AlikePicture.objects.order_by().values_list("pk", "key", "image", "content_hash")
    stored = {(key, image, content): pk for pk, key, image, content in rows}
    for some in _pieces(sorted(pk for each, pk in stored.items() if each not in wanted)):
        AlikePicture.objects.filter(pk__in=some).delete()
    for pieces in _pieces(sorted(wanted - stored.keys())):
        _insert(pieces)
    return len({key for key, _image, _content in wanted})


def remove_here(
    image_id: int, content_hash: str, *, actor: User | None = None, group: UUID | None = None
) -> Operation | None:
    """Take the picture from its artist, with a way back; others keep it.

    Raises NotFound, Conflict where the slot shows another picture by now, WriteBlocked, and the disk's refusals.
    """
    image = ArtistImage.objects.select_related("artist").filter(pk=image_id).first()
    if image is None or not image.exists:
        raise NotFound("image not found")
    if image.content_hash != content_hash:
        raise Conflict("the picture has been changed since")
    if image.kind != "fanart":
        return remove_pictures(image.artist, image.kind, actor=actor, group=group).change.operation
    slots = image.artist.images.filter(kind="fanart", exists=True).exclude(pk=image.pk).order_by("slot")
    left = list(slots.values_list("slot", flat=True))
    return rearrange_fanart(image.artist, left, actor=actor, group=group).change.operation


def share(key: str, *, actor: User | None = None) -> SharedPictures:
    """The artists of this group may have the picture; it is suggested no more. Raises NotFound."""
    known = SharedPictures.objects.filter(key=key).first()
    if known is not None:
        return known
    group = next((found for way in WAYS for found in open_groups(way) if found.key == key), None)
    if group is None:
        raise NotFound("no such group of pictures")
    artists = Artist.objects.filter(pk__in={member.artist for member in group.members})
    names = list(artists.order_by("name").values_list("name", flat=True))
    return SharedPictures.objects.get_or_create(key=key, defaults={"names": names, "kept_by": actor})[0]


def suggest_again(key: str) -> None:
    """Raises NotFound."""
    if not SharedPictures.objects.filter(key=key).delete()[0]:
        raise NotFound("nobody said that this group may share")


def _near_of(kind: str) -> Iterator[Wanted]:
    images = _comparable(kind)
    groups = _groups(dict(images.values_list("perceptual_hash").annotate(many=Count("pk"))))
    places: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        for each in group:
            places[each].append(number)
    members: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    rows = images.values_list("pk", "artist", "content_hash", "perceptual_hash")
    for pk, artist, content, perceptual in rows.iterator():
        for number in places.get(perceptual, ()):
            members[number].append((pk, artist, content))
    for found in members.values():
        if _is_news(found):
            key = group_key((artist, content) for _pk, artist, content in found)
            yield from ((key, pk, content) for pk, _artist, content in found)


def _groups(counts: Mapping[str, int]) -> list[frozenset[str]]:
    """Of near hashes, and of single ones that several pictures have. `counts`: how many pictures have each."""
    near = groups_alike(counts)
    grouped = {each for group in near for each in group}
    doubled = (each for each, many in counts.items() if many > 1 and each not in grouped and telling(each))
    return [*near, *(frozenset({each}) for each in doubled)]


def _is_news(found: Sequence[tuple[int, int, str]]) -> bool:
    """Several artists, and not byte for byte the same: that is told already."""
    return len({artist for _pk, artist, _content in found}) > 1 and len({content for _pk, _a, content in found}) > 1


def _comparable(kind: str) -> QuerySet[ArtistImage]:
    rows = ArtistImage.objects.filter(kind=kind, exists=True, problem="", stand_in="").order_by()
    return rows.exclude(content_hash="").exclude(perceptual_hash="")


def _insert(some: Sequence[Wanted]) -> None:
    """A picture that went meanwhile is left out."""
    with transaction.atomic():
        there = set(ArtistImage.objects.filter(pk__in=[pk for _key, pk, _c in some]).values_list("pk", flat=True))
        AlikePicture.objects.bulk_create(
            [AlikePicture(key=key, image_id=pk, content_hash=content) for key, pk, content in some if pk in there],
            ignore_conflicts=True,
        )


def _pieces(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    return (things[start : start + AT_ONCE] for start in range(0, len(things), AT_ONCE))
