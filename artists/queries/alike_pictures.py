"""Pictures that several artists have: byte for byte the same, or alike to the eye."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from django.db.models import Count, F

from artists.models import AlikePicture, ArtistImage, SharedPictures

EXACT, NEAR = "exact", "near"
WAYS = {EXACT: "Same file", NEAR: "Look the same"}


class Member(NamedTuple):
    """A picture of a group, by its key."""

    image: int
    artist: int
    content: str


class Found(NamedTuple):
    key: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class AlikeGroup:
    """The pictures of one group, the largest first. `more`: how many are not shown."""

    key: str
    images: tuple[ArtistImage, ...]
    more: int = 0

    @property
    def stand_in(self) -> str:
        """Why the picture shows nobody; blank where it does."""
        return next((image.stand_in for image in self.images if image.stand_in), "")


def group_key(members: Iterable[tuple[int, str]]) -> str:
    """Of artist and content; the same for the same ones in any order."""
    return sha256(repr(sorted(set(members))).encode()).hexdigest()


def open_groups(way: str) -> list[Found]:
    """Every group that nobody has said may share, that of the most artists first; three queries, however many."""
    kept = set(SharedPictures.objects.values_list("key", flat=True))
    groups = [Found(key, tuple(members)) for key, members in _FINDERS[way]().items() if key not in kept]
    return sorted(groups, key=lambda group: (-len({member.artist for member in group.members}), group.key))


def with_images(groups: Sequence[Found], most: int) -> list[AlikeGroup]:
    """The pictures themselves, at most so many of each group; one query."""
    shown = {group.key: [member.image for member in group.members[:most]] for group in groups}
    rows = ArtistImage.objects.select_related("artist").in_bulk([pk for keys in shown.values() for pk in keys])
    return [
        AlikeGroup(
            group.key,
            tuple(sorted((rows[pk] for pk in shown[group.key] if pk in rows), key=_largest_first)),
            len(group.members) - len(shown[group.key]),
        )
        for group in groups
    ]


def _largest_first(image: ArtistImage) -> tuple[int, int]:
    return -image.width * image.height, image.pk


def _exact() -> Mapping[str, list[Member]]:
    """First the hashes that occur twice, from the index alone; then the rows of those."""
    known = ArtistImage.objects.exclude(content_hash="").order_by()
    doubled = known.values("content_hash").annotate(many=Count("pk")).filter(many__gt=1).values("content_hash")
    rows = known.filter(content_hash__in=doubled, exists=True).values_list("pk", "artist", "content_hash")
    return _of_several((member.content, member) for member in map(Member._make, rows))


def _near() -> Mapping[str, list[Member]]:
    rows = AlikePicture.objects.filter(image__exists=True, image__content_hash=F("content_hash")).order_by()
    named = rows.values_list("key", "image", "image__artist", "content_hash")
    return _of_several((key, Member(image, artist, content)) for key, image, artist, content in named)


_FINDERS = {EXACT: _exact, NEAR: _near}


def _of_several(named: Iterable[tuple[str, Member]]) -> dict[str, list[Member]]:
    """Groups of two artists or more, by their key."""
    found: dict[str, list[Member]] = defaultdict(list)
    for name, member in named:
        found[name].append(member)
    several = [sorted(members) for members in found.values() if len({member.artist for member in members}) > 1]
    return {group_key((member.artist, member.content) for member in members): members for members in several}
