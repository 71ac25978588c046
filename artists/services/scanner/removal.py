"""Artists whose folders are gone: flagged at first sight, removed at the second, never when the disk looks unwell.

Those that people worked on are only removed by people.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from artists.folders.storable import on_disk
from artists.models import Artist, Library, Membership, MetadataChange
from artists.services.keeping import needed_elsewhere
from artists.services.permission import MANUAL
from artists.services.scanner.identity import KnownArtist
from artists.services.scanner.walking import is_gone
from stillwater.events import publish

MOST_LOST = 0.2
_AT_ONCE = 200


def why_stop(*, known: int, vanished: int, listed: int, other_device: bool) -> str:
    """Why a scan must not believe its eyes, in a sentence that asks; blank when all is well."""
    if not vanished:
        return ""
    if not listed:
        return f"the folder is empty, but {known} artists are known in it; nothing was changed. Is the disk mounted?"
    gone = f"{vanished} of {known} artist folders are gone; nothing was changed."
    if other_device:
        return f"the folder is on another disk than before and {gone} Is the right disk mounted?"
    if vanished > known * MOST_LOST:
        return f"{gone} Confirm their removal, or bring the disk back and scan again."
    return ""


class Leave(NamedTuple):
    """Keys of artists whose folders are gone: seen so for the first time, removed, and kept until a person decides."""

    flagged: list[int]
    removed: list[int]
    kept: set[int]


def take_leave(library: Library, vanished: Sequence[KnownArtist]) -> Leave:
    """Flag those that are gone for the first time and remove the others, unless people worked on them.

    The scan may have taken long: who is back by now, or was renamed meanwhile, stays.
    """
    vanished = _still_gone(vanished)
    flagged = [artist.pk for artist in vanished if not artist.is_missing]
    for some in _chunks(flagged):
        now = timezone.now()
        Artist.objects.filter(pk__in=some, missing_since=None).update(missing_since=now, updated_at=now)
    going = [artist.pk for artist in vanished if artist.is_missing]
    kept = _touched_by_people(going)
    return Leave(flagged, remove_from(library, [key for key in going if key not in kept]), kept)


def question_about(kept: int) -> str:
    """What a person is asked about artists who were kept; blank for none."""
    if not kept:
        return ""
    who = "1 artist that was" if kept == 1 else f"{kept} artists that were"
    return f"the folder of {who} edited or locked by hand is gone. Confirm the removal, or bring the folder back."


def _touched_by_people(artist_ids: Sequence[int]) -> set[int]:
    """Nobody else has what a person typed or locked: such artists stay flagged until a person confirms that they go."""
    found: set[int] = set()
    typed = MetadataChange.objects.filter(artist=OuterRef("pk"), source=MANUAL)
    by_people = Q(locked=True, lock_source="user") | ~Q(locked_fields=[]) | Exists(typed)
    for some in _chunks(artist_ids):
        found.update(Artist.objects.filter(by_people, pk__in=some).values_list("pk", flat=True))
    return found


def remove_from(library: Library, artist_ids: Sequence[int]) -> list[int]:
    """Take artists out of a library; those that nobody else needs are deleted. Returns the deleted ones."""
    deleted: list[int] = []
    for some in _chunks(artist_ids):
        with transaction.atomic():
            if not Library.objects.select_for_update().filter(pk=library.pk).first():
                return deleted
            Membership.objects.filter(library=library, artist_id__in=some).delete()
            deleted += delete_unneeded(some)
            left = Artist.objects.filter(pk__in=some, path__startswith=f"{library.path}/")
            left.update(path="", folder_stamp="", missing_since=None, nfo_exists=False, nfo_state="missing")
    return deleted


def delete_unneeded(artist_ids: Iterable[int]) -> list[int]:
    """Delete those of the artists that are in no library and that no higher floor keeps."""
    orphans = Artist.objects.filter(pk__in=list(artist_ids), memberships=None).values_list("pk", flat=True)
    going = sorted(set(orphans) - needed_elsewhere(orphans))
    Artist.objects.filter(pk__in=going).delete()
    if going:
        publish("artists.removed", {"artist_ids": going})
    return going


def _still_gone(vanished: Sequence[KnownArtist]) -> list[KnownArtist]:
    paths: dict[int, str] = {}
    for some in _chunks([artist.pk for artist in vanished]):
        paths |= dict(Artist.objects.filter(pk__in=some).order_by().values_list("pk", "path"))
    return [artist for artist in vanished if paths.get(artist.pk) == artist.path and is_gone(on_disk(artist.path))]


def _chunks(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))
