"""Locks and unlocks an artist, one of its fields, one of its images: what is locked no automatic change touches."""

from collections.abc import Callable
from uuid import UUID

from django.utils import timezone

from artists.fields import BY_KEY, LOCKABLE
from artists.models import Artist, ArtistImage
from artists.services.collections import COLLECTIONS, Row
from artists.services.operations import operation
from artists.services.writeback import follow_nfo
from stillwater.errors import Conflict, NotFound
from stillwater.models import User


def lock_artist(
    artist: Artist, *, actor: User | None = None, lock_source: str = "user", group: UUID | None = None
) -> Artist:
    """Raises Conflict when it is locked already. `lock_source`: user or imported."""
    if artist.locked:
        raise Conflict("artist is already locked")
    with operation(artist, summary="Locked the artist", actor=actor, group=group) as change:
        change.set_facts(locked=True, lock_source=lock_source, locked_at=timezone.now())
    return artist


def unlock_artist(artist: Artist, *, actor: User | None = None, group: UUID | None = None) -> Artist:
    """A lockdata in its artist.nfo goes too, or the file would lock it again elsewhere. Raises Conflict when it is not
    locked."""
    if not artist.locked:
        raise Conflict("artist is not locked")
    with operation(artist, summary="Unlocked the artist", actor=actor, group=group) as change:
        change.set_facts(locked=False, lock_source="", locked_at=None, folder_stamp="")  # what waits is read now
        follow_nfo(change)
    return artist


def lock_field(artist: Artist, key: str, *, actor: User | None = None) -> Artist:
    """Locking a locked field changes nothing. Raises NotFound for a field that nobody can lock."""
    key = _lockable(key)
    return _set_locks(artist, lambda locked: locked | {key}, f"Locked {_label(key)}", actor)


def unlock_field(artist: Artist, key: str, *, actor: User | None = None) -> Artist:
    """Unlocking an open field changes nothing. Raises NotFound for a field that nobody can lock."""
    key = _lockable(key)
    return _set_locks(artist, lambda locked: locked - {key}, f"Unlocked {_label(key)}", actor)


def lock_image(artist: Artist, image_id: int, *, actor: User | None = None) -> ArtistImage:
    """Raises NotFound for an image that is not this artist's."""
    return _set_image_lock(artist, image_id, True, "Locked an image", actor)


def unlock_image(artist: Artist, image_id: int, *, actor: User | None = None) -> ArtistImage:
    """Raises NotFound for an image that is not this artist's."""
    return _set_image_lock(artist, image_id, False, "Unlocked an image", actor)


def _lockable(key: str) -> str:
    key = key.strip().lower()
    if key not in LOCKABLE:
        raise NotFound("unknown field")
    return key


def _label(key: str) -> str:
    return BY_KEY[key].label.lower() if key in BY_KEY else key


def _set_locks(artist: Artist, revised: Callable[[set[str]], set[str]], summary: str, actor: User | None) -> Artist:
    """From the locks as they are stored: two people may lock two fields at the same moment."""
    with operation(artist, summary=summary, actor=actor) as change:
        change.revise("locked_fields", lambda stored: sorted(revised(set(stored.locked_fields))))
    return artist


def _set_image_lock(artist: Artist, image_id: int, locked: bool, summary: str, actor: User | None) -> ArtistImage:
    image = artist.images.filter(pk=image_id).first()
    if image is None:
        raise NotFound("image not found")
    key, slot = f"images.{image.kind}", image.slot

    def with_lock(stored: Artist) -> list[Row]:
        rows = COLLECTIONS[key].read(stored)
        return [{**row, "locked": locked} if row["slot"] == slot else row for row in rows]

    with operation(artist, summary=summary, actor=actor) as change:
        change.revise(key, with_lock)
    image.refresh_from_db()
    return image
