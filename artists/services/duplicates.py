"""What people say of a suggested group of duplicates: that it is none, or that it may be one after all."""

from artists.models import IgnoredDuplicates
from artists.queries.duplicates import NEAR, SURE, DuplicateGroup, duplicate_groups
from stillwater.errors import NotFound
from stillwater.models import User

LONGEST_REASON = 500


def ignore_group(key: str, *, actor: User | None = None) -> IgnoredDuplicates:
    """Suggest this group no more, unless somebody joins it or another reason turns up.

    Ignoring it twice is no mistake. Raises NotFound for a group that is not there (any more).
    """
    known = IgnoredDuplicates.objects.filter(key=key).first()
    if known is not None:
        return known
    group = _group(key)
    if group is None:
        raise NotFound("no such group of duplicates")
    values = {
        "artist_ids": group.ids,
        "names": [artist.name for artist in group.artists],
        "reason": group.reason[:LONGEST_REASON],
        "ignored_by": actor,
    }
    return IgnoredDuplicates.objects.get_or_create(key=key, defaults=values)[0]


def restore_group(key: str) -> None:
    """Suggest it again. Raises NotFound."""
    if not IgnoredDuplicates.objects.filter(key=key).delete()[0]:
        raise NotFound("this group is not ignored")


def _group(key: str) -> DuplicateGroup | None:
    """Near names are looked for only when nothing surer has this key: that takes seconds."""
    for kinds in (SURE, (*SURE, NEAR)):
        for group in duplicate_groups(kinds, together=True):
            if group.key == key:
                return group
    return None
