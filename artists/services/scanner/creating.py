"""New artist folders become rows: artist, membership and pictures of a whole batch in one short transaction."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from artists.fields import BY_KEY
from artists.folders.storable import storable
from artists.models import Artist, Library
from artists.services.facts import derived_columns
from artists.services.scanner.conditions import Conditions
from artists.services.scanner.folder_columns import folder_columns
from artists.services.scanner.inserting import artist_rows, insert_artists, insert_images, insert_memberships
from artists.services.scanner.inspection import Inspected, NfoFacts
from artists.services.scanner.standing import require_standing
from artists.services.values import clean
from stillwater.errors import Invalid

LONGEST_NAME = 500
IMPORTED = "imported"
FILESYSTEM = "filesystem"


class Newcomer(NamedTuple):
    """An artist that a scan has just made."""

    pk: int
    name: str


def create_artists(library: Library, conditions: Conditions, found: Sequence[Inspected]) -> list[Newcomer]:
    """Everything that a new folder says is taken over; one bad value is left out.

    Folders that another scan took in at the same moment are passed by. Raises LibraryChanged.
    """
    artists = [_columns(library, conditions, folder) for folder in found]
    try:
        return _insert(library, artists, found)
    except IntegrityError:
        paths = [folder.path for folder in found]
        taken = set(Artist.objects.filter(path__in=paths).values_list("path", flat=True))
        if not taken:
            raise
        return create_artists(library, conditions, [folder for folder in found if folder.path not in taken])


def _insert(library: Library, artists: Sequence[dict[str, Any]], found: Sequence[Inspected]) -> list[Newcomer]:
    columns, rows = artist_rows(artists)
    with transaction.atomic():
        require_standing(library)
        keys = insert_artists(columns, rows, [folder.path for folder in found])
        insert_memberships(library, keys.values(), FILESYSTEM)
        insert_images((keys[folder.path], image) for folder in found for image in folder.facts.images)
    return [Newcomer(keys[artist["path"]], artist["name"]) for artist in artists]


def _columns(library: Library, conditions: Conditions, folder: Inspected) -> dict[str, Any]:
    """The columns of a new artist that its folder says something about."""
    folder_name = storable(folder.name)[:LONGEST_NAME]
    values = _values(folder.facts.nfo)
    name = str(values.setdefault("name", folder_name))
    sort_name = str(values.setdefault("sort_name", name))
    nfo = folder.facts.nfo
    reason = conditions.why_excluded(folder_name, name, str(values.get("musicbrainz_id", "")))
    return {
        **values,
        **folder_columns(folder.facts, folder.stamp),
        **_lock(nfo),
        **derived_columns(name, sort_name, folder.path, str(values.get("biography", ""))),
        "path": folder.path,
        "metadata_sources": dict.fromkeys(_from_file(nfo, values), "nfo"),
        "is_excluded": bool(reason),
        "exclusion_reason": reason,
        "is_classical": library.type == "classical",
        "nfo_hash": nfo.digest if nfo and nfo.state == "ok" else "",
    }


def _values(nfo: NfoFacts | None) -> dict[str, object]:
    """The file's values that pass the checks of their fields; an orchestra spelled wrongly is no type at all."""
    values: dict[str, object] = {}
    for key, value in (nfo.values if nfo else {}).items():
        if not value:
            continue
        try:
            cleaned = clean(key, value)
        except Invalid:
            continue
        if cleaned:
            values[key] = cleaned
    return values


def _from_file(nfo: NfoFacts | None, values: dict[str, object]) -> list[str]:
    return [key for key in (nfo.values if nfo else {}) if key in values and key in BY_KEY]


def _lock(nfo: NfoFacts | None) -> dict[str, object]:
    """The only moment at which a file may lock an artist: later it could be our own mark that comes back."""
    if nfo is None or not nfo.lock_data:
        return {}
    return {"locked": True, "lock_source": IMPORTED, "locked_at": timezone.now()}
