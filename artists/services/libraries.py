"""Add, change and remove a library; every refusal says what is wrong with the folder."""

import os
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from artists.folders.storable import on_disk
from artists.models import Artist, Library, Membership
from artists.services.library_paths import checked_path, refuse_data_folder, refuse_overlap
from artists.services.scanner.removal import delete_unneeded, remove_from
from artists.services.scanner.scanning import survey
from artists.services.snapshots import follow_library
from stillwater.errors import Conflict, Invalid, NotFound
from stillwater.events import publish
from stillwater.numbers import whole_number

TYPES = ("regular", "classical")
WATCH_MODES = (0, 1, 2, 3)
POLL_SECONDS = (60, 300, 900, 1800)
CHANGEABLE = ("name", "path", "type", "fs_watch", "fs_poll_interval", "nfo_lock_data")


def library_by_id(library_id: str | int) -> Library:
    """Raises NotFound, also for what is no key at all."""
    library = Library.objects.filter(pk=whole_number(str(library_id)) or 0).first()
    if library is None:
        raise NotFound("library not found")
    return library


def library_at(path: str) -> Library | None:
    """The library whose folder this is, however it is spelled. Raises Invalid for what can be no library."""
    real = os.path.realpath(on_disk(checked_path(os.path.abspath(path))))
    libraries = Library.objects.exclude(path="")
    return next((library for library in libraries if os.path.realpath(on_disk(library.path)) == real), None)


def create_library(*, name: str = "", path: str = "", type: str = "regular", **values: Any) -> Library:
    """Add a library. A blank path: artists come from a server alone; a blank name: that of the folder.

    Raises Invalid for what is wrong with the folder, Conflict for a taken name or a folder of another library.
    """
    library = Library()
    _assign(library, {"path": path, "type": type, **values})
    _assign(library, {"name": name or os.path.basename(library.path)})
    _save(library)
    publish("library.changed", {"library_id": library.pk})
    return library


def change_library(library: Library, changes: Mapping[str, Any]) -> Library:
    """Change the named values and no others. A new path takes the artists along: their folders are expected there.

    Raises Invalid, or Conflict for a taken name.
    """
    old_path, old_type = library.path, library.type
    _assign(library, changes)
    with transaction.atomic():
        if library.path != old_path:
            _relocate(library, old_path)
        _save(library)
        if library.type != old_type:
            _retype(library)
    publish("library.changed", {"library_id": library.pk})
    return library


def _retype(library: Library) -> None:
    """Rules judge classical artists in another way."""
    artists = Artist.objects.filter(memberships__library=library)
    artists.update(is_classical=library.type == "classical", dirty_since=timezone.now())


def delete_library(library: Library, *, delete_artists: bool = False) -> int:
    """Remove a library; nothing on disk is touched. Returns how many artists went with it.

    With `delete_artists`, those that are in no other library and that no server still needs.
    """
    artist_ids = list(library.memberships.values_list("artist_id", flat=True))
    with transaction.atomic():
        library.delete()
        deleted = delete_unneeded(artist_ids) if delete_artists else []
    publish("library.removed", {"artist_ids": artist_ids})
    return len(deleted)


def confirm_removals(library: Library) -> int:
    """A person says that vanished folders are really gone: their artists leave the library. Returns how many.

    Those that merely moved stay. Raises Conflict while the root itself cannot be read, and when by now something else
    is missing than the person was asked about: that is a new question.
    """
    found = survey(library)
    asked = Library.objects.filter(pk=library.pk).values_list("scan_problem", flat=True).first()
    if found.listing.problem:
        raise Conflict(found.listing.problem)
    if found.problem not in ("", asked):
        Library.objects.filter(pk=library.pk).update(scan_problem=found.problem[:500])
        raise Conflict(found.problem)
    gone = [artist.pk for artist in found.vanished]
    remove_from(library, gone)
    Library.objects.filter(pk=library.pk).update(scan_problem="", root_device=found.listing.device)
    return len(gone)


def keep_everything(library: Library) -> None:
    """A person says that what vanished will come back: nobody leaves, and the next scan looks again."""
    Library.objects.filter(pk=library.pk).update(scan_problem="")


def artist_count(library: Library) -> int:
    return Membership.objects.filter(library=library).count()


def artist_counts() -> dict[int, int]:
    """Of every library, by key."""
    counted = Library.objects.annotate(count=Count("memberships")).order_by()
    return dict(counted.values_list("pk", "count"))


def _assign(library: Library, changes: Mapping[str, Any]) -> None:
    for key, value in changes.items():
        if key not in CHANGEABLE:
            raise Invalid(f"unknown field: {key}", key)
        setattr(library, key, _CHECKS[key](library, value))


def _name(library: Library, value: object) -> str:
    name = " ".join(str(value or "").split())
    if not name:
        raise Invalid("name is required", "name")
    if len(name) > 200:
        raise Invalid("name is longer than 200 characters", "name")
    return name


def _path(library: Library, value: object) -> str:
    text = str(value or "").strip()
    if text == library.path:
        return text
    path = checked_path(text) if text else ""
    if path:
        refuse_data_folder(path)
        refuse_overlap(path, besides=library.pk)
    return path


def _one_of(key: str, allowed: tuple[Any, ...]) -> Any:
    def check(_library: Library, value: object) -> Any:
        if value not in allowed or isinstance(value, bool):
            raise Invalid(f"{key} must be one of {', '.join(map(str, allowed))}", key)
        return value

    return check


def _lock_data(_library: Library, value: object) -> bool:
    if not isinstance(value, bool):
        raise Invalid("nfo_lock_data must be true or false", "nfo_lock_data")
    return value


_CHECKS: dict[str, Any] = {
    "name": _name,
    "path": _path,
    "type": _one_of("type", TYPES),
    "fs_watch": _one_of("fs_watch", WATCH_MODES),
    "fs_poll_interval": _one_of("fs_poll_interval", POLL_SECONDS),
    "nfo_lock_data": _lock_data,
}


def _save(library: Library) -> None:
    try:
        with transaction.atomic():
            library.save()
    except IntegrityError as error:
        raise Conflict("a library with this name already exists") from error


def _relocate(library: Library, old_path: str) -> None:
    """The same music under another path, such as another mount: the next scan finds every artist where it is now."""
    library.root_device, library.scan_problem = "", ""
    artists = Artist.objects.filter(memberships__library=library, path__startswith=f"{old_path}/") if old_path else None
    if artists is not None and library.path:
        follow_library(artists, old_path, library.path)
        try:
            with transaction.atomic():
                artists.update(path=Concat(Value(library.path), Substr("path", len(old_path) + 1)))
        except IntegrityError as error:
            raise Conflict("another artist already has a folder in there") from error
