"""Keeps the bytes of replaced and removed files in the data folder under their SHA-256, and sweeps old ones."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from artists.models import Artist, FileSnapshot
from stillwater.errors import Gone
from stillwater.files import FileMissing, NameTaken, create_file, make_folder, read_bytes_limited, remove_file

LARGEST = 128 * 1024 * 1024
"""Bytes of one file; far beyond any picture that the program takes."""


def keep(data: bytes) -> str:
    """Store the bytes unless they are there already; returns their SHA-256 in hex. Raises what the disk says."""
    digest = hashlib.sha256(data).hexdigest()
    place = _place(digest)
    if not place.exists():
        make_folder(place.parent, root=settings.STILLWATER_DATA)
        try:
            create_file(place, data, root=settings.STILLWATER_DATA, mode=0o600)
        except NameTaken:
            return digest  # another process kept the same bytes at the same moment
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


def is_kept(digest: str) -> bool:
    return _place(digest).exists()


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
    digests -= set(FileSnapshot.objects.filter(content_hash__in=digests).values_list("content_hash", flat=True))
    return sum(remove_file(_place(digest), root=settings.STILLWATER_DATA) for digest in digests if is_kept(digest))


def _place(digest: str) -> Path:
    folder: Path = settings.STILLWATER_DATA / "snapshots" / digest[:2]
    return folder / digest
