"""Artists whose folders are gone: flagged at first sight, removed at the second, never when the disk looks unwell."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from artists.folders.storable import on_disk
from artists.models import Artist, Library, Membership
from artists.services.keeping import needed_elsewhere
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


def take_leave(library: Library, vanished: Sequence[KnownArtist]) -> tuple[list[int], list[int]]:
    """Flag those that are gone for the first time and remove the others; returns both lists of keys.

    The scan may have taken long: who is back by now, or was renamed meanwhile, stays.
    """
    vanished = _still_gone(vanished)
    flagged = [artist.pk for artist in vanished if not artist.is_missing]
    for some in _chunks(flagged):
        now = timezone.now()
        Artist.objects.filter(pk__in=some, missing_since=None).update(missing_since=now, updated_at=now)
    removed = remove_from(library, [artist.pk for artist in vanished if artist.is_missing])
    return flagged, removed


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
