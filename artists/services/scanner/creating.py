"""New artist folders become rows: artist, membership and pictures of a whole batch in one short transaction."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from artists.fields import BY_KEY
from artists.folders.storable import storable
from artists.models import Artist, Library
from artists.services.facts import derive
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


def create_artists(library: Library, conditions: Conditions, found: Sequence[Inspected]) -> list[Artist]:
    """Everything that a new folder says is taken over; one bad value is left out.

    Folders that another scan took in at the same moment are passed by. Raises LibraryChanged.
    """
    artists = [_artist(library, conditions, folder) for folder in found]
    try:
        _insert(library, artists, found)
    except IntegrityError:
        paths = [folder.path for folder in found]
        taken = set(Artist.objects.filter(path__in=paths).values_list("path", flat=True))
        if not taken:
            raise
        return create_artists(library, conditions, [folder for folder in found if folder.path not in taken])
    return artists


def _insert(library: Library, artists: Sequence[Artist], found: Sequence[Inspected]) -> None:
    rows = artist_rows(artists)
    pictures = [(artist, image) for artist, folder in zip(artists, found, strict=True) for image in folder.facts.images]
    with transaction.atomic():
        require_standing(library)
        insert_artists(artists, rows)
        insert_memberships(library, artists, FILESYSTEM)
        insert_images((artist.pk, image) for artist, image in pictures)


def _artist(library: Library, conditions: Conditions, folder: Inspected) -> Artist:
    folder_name = storable(folder.name)[:LONGEST_NAME]
    values = _values(folder.facts.nfo)
    name = str(values.setdefault("name", folder_name))
    values.setdefault("sort_name", name)
    reason = conditions.why_excluded(folder_name, name, str(values.get("musicbrainz_id", "")))
    artist = Artist(
        **values,
        **folder_columns(folder.facts, folder.stamp),
        **_lock(folder.facts.nfo),
        path=folder.path,
        metadata_sources=dict.fromkeys(_from_file(folder.facts.nfo, values), "nfo"),
        is_excluded=bool(reason),
        exclusion_reason=reason,
        is_classical=library.type == "classical",
        nfo_hash=folder.facts.nfo.digest if folder.facts.nfo and folder.facts.nfo.state == "ok" else "",
    )
    derive(artist, aliases=())
    return artist


def _values(nfo: NfoFacts | None) -> dict[str, object]:
    """The file's values that pass the checks of their fields; an orchestra spelled wrongly is no type at all."""
    values: dict[str, object] = {}
    for key, value in (nfo.values if nfo else {}).items():
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
