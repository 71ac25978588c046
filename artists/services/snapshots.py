"""Keeps the bytes of replaced and removed files in the data folder under their SHA-256, and sweeps old ones."""

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from artists.models import Artist, FileSnapshot
from stillwater.errors import Gone
from stillwater.files import (
    STRANDED_SECONDS,
    FileMissing,
    exclusive,
    make_folder,
    note_use,
    read_bytes_limited,
    remove_file,
    sweep_stray_temps,
    write_file,
)

LARGEST = 128 * 1024 * 1024
"""Bytes of one file; far beyond any picture that the program takes."""

AT_ONCE = 200
_HEX = 64


def keep(data: bytes) -> str:
    """Store the bytes unless they are there already; returns their SHA-256 in hex. Raises what the disk says.

    From then on they are young: a sweep that runs before an operation names them leaves them alone.
    """
    digest = hashlib.sha256(data).hexdigest()
    place = _place(digest)
    with exclusive(_turn()):
        if _is_whole(place, len(data)) and note_use(place):
            return digest
        make_folder(place.parent, root=settings.STILLWATER_DATA)
        write_file(place, data, root=settings.STILLWATER_DATA, mode=0o600)
    return digest


def kept(digest: str) -> bytes:
    """The bytes stored under that hash. Raises Gone when they have been swept or do not match their name."""
    try:
        data = read_bytes_limited(_place(digest), LARGEST)
    except FileMissing:
        raise Gone("the earlier file is no longer kept") from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise Gone("the kept copy of the earlier file is damaged")
    return data


def oldest_kept() -> datetime:
    """The moment before which operations can no longer be undone (STILLWATER_KEEP_CHANGES_DAYS)."""
    return timezone.now() - timedelta(days=settings.STILLWATER_KEEP_CHANGES_DAYS)


def follow_folder(artist_id: int, old: str, new: str) -> None:
    """The kept files of a folder (storable paths) are to be restored where the folder is now."""
    FileSnapshot.objects.filter(operation__artist_id=artist_id, path__startswith=f"{old}/").update(
        path=Concat(Value(new), Substr("path", len(old) + 1))
    )


def follow_library(artists: QuerySet[Artist], old: str, new: str) -> None:
    """The same for all folders of a library that got another root, and for the ways of their renamings."""
    snapshots = FileSnapshot.objects.filter(operation__artist__in=artists)
    for column in ("path", "moved_to"):
        there = snapshots.filter(**{f"{column}__startswith": f"{old}/"})
        there.update(**{column: Concat(Value(new), Substr(column, len(old) + 1))})


def sweep_snapshots() -> int:
    """Forget the file snapshots of operations that are too old; returns how many kept files were deleted.

    Bytes that a younger operation shares stay.
    """
    old = FileSnapshot.objects.filter(operation__created_at__lt=oldest_kept())
    digests = set(old.exclude(content_hash="").values_list("content_hash", flat=True))
    old.delete()
    return _forget(digests) if digests else 0


def sweep_orphans() -> int:
    """Delete what no operation names: a crash, or an operation that came to nothing, left it; returns how many."""
    places = [place for folder in _folders() for place in sorted(folder.iterdir())]
    digests = {place.name for place in places if len(place.name) == _HEX}
    for folder in _folders():
        sweep_stray_temps(folder, before=time.time() - STRANDED_SECONDS)
    return _forget(digests)


def _forget(digests: Iterable[str]) -> int:
    """Whoever keeps bytes makes them young, so the age tells of an operation that is under way."""
    count = 0
    for some in _pieces(sorted(digests)):
        with exclusive(_turn()):
            named = set(FileSnapshot.objects.filter(content_hash__in=some).values_list("content_hash", flat=True))
            count += sum(_forgotten(digest) for digest in some if digest not in named)
    return count


def _pieces(digests: Sequence[str]) -> Iterator[Sequence[str]]:
    return (digests[start : start + AT_ONCE] for start in range(0, len(digests), AT_ONCE))


def _forgotten(digest: str) -> bool:
    place = _place(digest)
    try:
        young = time.time() - place.stat().st_mtime < STRANDED_SECONDS
    except OSError:
        return False
    return not young and remove_file(place, root=settings.STILLWATER_DATA)


def _is_whole(place: Path, size: int) -> bool:
    """A power cut may have left a shorter file of that name."""
    try:
        return place.stat().st_size == size
    except OSError:
        return False


def _folders() -> list[Path]:
    home: Path = settings.STILLWATER_DATA / "snapshots"
    return sorted(home.iterdir()) if home.is_dir() else []


def _turn() -> Path:
    folder: Path = settings.STILLWATER_DATA / "locks"
    return folder / "snapshots"


def _place(digest: str) -> Path:
    folder: Path = settings.STILLWATER_DATA / "snapshots" / digest[:2]
    return folder / digest
