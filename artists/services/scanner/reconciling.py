"""Folders of artists that are known already: what changed on disk is taken over, and nothing else."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from artists.models import Artist, Library, Membership
from artists.services.bulk import ArtistUpdate, bulk_apply
from artists.services.nfo_output import news_for
from artists.services.scanner.conditions import Conditions
from artists.services.scanner.creating import FILESYSTEM, IMPORTED
from artists.services.scanner.folder_columns import folder_columns
from artists.services.scanner.foreign_pictures import base_lines, newcomers, note_files, others_changed
from artists.services.scanner.image_rows import changed_in, changed_rows, save_images, stored_images
from artists.services.scanner.inspection import Inspected
from artists.services.scanner.standing import require_standing
from artists.services.snapshots import follow_folder

SOURCE = "scan"

_ASKED = (
    "path", "name", "musicbrainz_id", "genres", "styles", "moods", "locked", "nfo_hash", "nfo_written_hash",
    "exclusion_by_hand", "updated_at", "dirty_since",
)  # fmt: skip
_DECIDED_BY_PEOPLE = ("locked", "exclusion_by_hand")


class Changed(NamedTuple):
    """A folder that has been looked into, and the artist it belongs to; `joins`: it may not be in the library yet."""

    artist_id: int
    folder: Inspected
    joins: bool = False
    path: str | None = None
    """Where the artist was when the scan looked for it; None asks nobody."""

    def seen(self, artist: Artist) -> dict[str, object]:
        """What the row must still say when this is saved. `artist`: as the values were made from it."""
        place = {} if self.path is None else {"path": self.path}
        return {**self.folder.seen, **place, **{column: getattr(artist, column) for column in _DECIDED_BY_PEOPLE}}


def update_artists(
    library: Library | None, conditions: Conditions, found: Sequence[Changed], *, group: UUID
) -> list[int]:
    """Save what differs; returns the artists in whose folder anything did.

    The stamp is saved last: a scan that is killed before looks into the same folders again. So does the next one
    where an edit, a renaming or a removal has overtaken the look. Raises LibraryChanged.
    """
    if library is not None:
        _join(library, [each for each in found if each.joins])
    with_new_pictures = _update_images(found)
    artists = Artist.objects.only(*_ASKED).in_bulk([each.artist_id for each in found])
    updates = [
        ArtistUpdate(
            artist,
            _values(artist, conditions, each.folder) | _dirty(artist.pk in with_new_pictures),
            seen=each.seen(artist),
        )
        for each in found
        if (artist := artists.get(each.artist_id)) is not None
    ]
    before = {update.artist.pk: _seen(update.artist) for update in updates}
    bulk_apply(updates, source=SOURCE, group=group)
    _follow(found, artists)
    moved = {update.artist.pk for update in updates if before[update.artist.pk] != _seen(update.artist)}
    return sorted(moved | with_new_pictures)


def _join(library: Library, joining: Sequence[Changed]) -> None:
    """An artist that was known without a folder, elsewhere, or in a library that was removed, is in this one now.

    It has one folder, so it is in no other library that has folders.
    """
    artist_ids = [each.artist_id for each in joining]
    with transaction.atomic():
        require_standing(library)
        elsewhere = Membership.objects.filter(artist_id__in=artist_ids, source=FILESYSTEM).exclude(library__path="")
        elsewhere.exclude(library=library).delete()
        Membership.objects.bulk_create(
            [Membership(artist_id=artist_id, library=library) for artist_id in artist_ids], ignore_conflicts=True
        )


def _follow(found: Sequence[Changed], artists: Mapping[int, Artist]) -> None:
    """The files that are kept of a folder that moved are to be restored where it is now."""
    for each in found:
        artist = artists.get(each.artist_id)
        if artist is not None and each.path and each.path != artist.path:
            follow_folder(artist.pk, each.path, artist.path)


def _update_images(found: Sequence[Changed]) -> set[int]:
    facts = {each.artist_id: each.folder.facts for each in found}
    seen = {artist_id: each.images for artist_id, each in facts.items()}
    changed, bases = changed_in(seen), base_lines(facts)
    with transaction.atomic():
        stored = stored_images(changed | others_changed(bases, facts))
        note_files(
            [
                file
                for artist_id, images in stored.items()
                if artist_id in bases
                for file in newcomers(artist_id, bases[artist_id], images.values(), facts[artist_id])
            ]
        )
        rows = [row for artist_id in changed for row in changed_rows(artist_id, stored[artist_id], seen[artist_id])]
        save_images(rows)
    return {row.artist_id for row in rows}


def _values(artist: Artist, conditions: Conditions, folder: Inspected) -> dict[str, object]:
    values = folder_columns(folder.facts, folder.stamp)
    values |= {"path": folder.path, "missing_since": None}
    values |= _imported(artist, conditions, folder)
    return values | _excluded(artist, conditions, folder.name)


def _imported(artist: Artist, conditions: Conditions, folder: Inspected) -> dict[str, object]:
    """What the file says, when it is another one than we last read or wrote; what it does not say stays.

    An older one of ours that somebody has put back is news too: `nfo_hash` alone is the last one, whoever wrote it.
    What it says to a locked artist stays news until that is unlocked.
    """
    nfo = folder.facts.nfo
    if nfo is None or nfo.state != "ok" or nfo.digest == artist.nfo_hash or artist.locked:
        return {}
    locks = {"locked": True, "lock_source": IMPORTED, "locked_at": timezone.now()}
    stated = news_for(artist, nfo.values, conditions.mapping)
    return stated | {"nfo_hash": nfo.digest} | (locks if not artist.nfo_hash and nfo.lock_data else {})


def _excluded(artist: Artist, conditions: Conditions, folder: str) -> dict[str, object]:
    if artist.exclusion_by_hand:
        return {}
    reason = conditions.why_excluded(folder, artist.name, artist.musicbrainz_id)
    return {"is_excluded": bool(reason), "exclusion_reason": reason}


def _dirty(has_new_pictures: bool) -> dict[str, object]:
    """Rules ask the pictures too, so the artist has to be evaluated although its own columns are the same."""
    return {"dirty_since": timezone.now()} if has_new_pictures else {}


def _seen(artist: Artist) -> tuple[object, object]:
    return artist.updated_at, artist.dirty_since
