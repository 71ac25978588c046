"""What people decide about pictures of other programs: they may stay, here or everywhere, or they go."""

import os
from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from artists.fields import IMAGE_KINDS
from artists.folders.storable import on_disk
from artists.models import AllowedFile, ArtistImage, ForeignFile, Operation
from artists.queries.foreign_files import listed_files
from artists.services.change import Change
from artists.services.collections import COLLECTIONS
from artists.services.file_changes import ChangedMeanwhile
from artists.services.foreign.examining import examine
from artists.services.foreign.telling import tell
from artists.services.gates import require_write
from artists.services.operations import operation
from artists.services.places import require_folder
from artists.services.scanner.foreign_pictures import note_files
from artists.services.scanner.scanning import scan_artist
from stillwater.errors import Invalid
from stillwater.models import User

DISMISSED = "dismissed"
AT_ONCE = 500
_LOOKED_AT_NOW = 20


def allow(file: ForeignFile, *, everywhere: bool = False, note: str = "") -> AllowedFile:
    """These bytes may lie in the artist's folder, or in anybody's; they are reported no more. Raises Invalid for a
    file that was not looked at yet. Allowing it twice is no mistake.
    """
    if not file.content_hash:
        raise Invalid("this file has not been looked at yet")
    with transaction.atomic():
        entry, _ = AllowedFile.objects.get_or_create(
            content_hash=file.content_hash,
            artist=None if everywhere else file.artist,
            defaults={"file_name": file.file_name, "note": note[:300]},
        )
        covered = ForeignFile.objects.filter(content_hash=file.content_hash)
        (covered if everywhere else covered.filter(artist_id=file.artist_id)).delete()
    tell()
    return entry


def dismiss(files: QuerySet[ForeignFile] | None = None) -> int:
    """Allow everywhere what these files hold, or all that are listed; returns how many rows went.

    What could not be looked at stays.
    """
    chosen = (listed_files() if files is None else files).exclude(content_hash="").order_by()
    names = dict(chosen.values_list("content_hash", "file_name"))
    gone = 0
    for some in _pieces(sorted(names)):
        with transaction.atomic():
            AllowedFile.objects.bulk_create(
                [AllowedFile(content_hash=digest, file_name=names[digest], note=DISMISSED) for digest in some],
                ignore_conflicts=True,
            )
            gone += ForeignFile.objects.filter(content_hash__in=some).delete()[0]
    tell()
    return gone


def forbid(entry: AllowedFile) -> None:
    """Take it off the list: pictures with these bytes that stand in a slot are reported again."""
    images = ArtistImage.objects.filter(content_hash=entry.content_hash, exists=True)
    if entry.artist_id is not None:
        images = images.filter(artist_id=entry.artist_id)
    back = [
        ForeignFile(artist_id=artist, file_name=name, size_bytes=size)
        for artist, name, size in images.exclude(artist__path="").values_list("artist", "file_name", "bytes").order_by()
    ]
    with transaction.atomic():
        entry.delete()
        note_files(back)
    if len(back) <= _LOOKED_AT_NOW:
        examine(ForeignFile.objects.filter(artist_id__in=[file.artist_id for file in back], content_hash=""), workers=1)


def delete(file: ForeignFile, *, actor: User | None = None, group: UUID | None = None) -> Operation | None:
    """Remove the file; its bytes are kept for the way back. None where it is not there any more.

    Raises WriteBlocked, Conflict where other bytes lie there by now (they are looked at anew), and the disk's refusals.
    """
    artist = file.artist
    path = require_folder(artist) / on_disk(file.file_name)
    if not os.path.lexists(path):
        _let_go(file)
        return None
    require_write("image", artist)
    summary = f"Removed {file.file_name}, which another program had put there"[:300]
    try:
        with operation(artist, summary=summary, actor=actor, group=group) as change:
            change.remove_file(path, based_on=file.content_hash)
            change.after_files(partial(leave_slots, names={file.file_name}))
    except ChangedMeanwhile:
        examine(ForeignFile.objects.filter(pk=file.pk), workers=1)
        raise
    _let_go(file)
    scan_artist(artist)  # another file may stand in its slot now
    return change.operation


def _let_go(file: ForeignFile) -> None:
    file.delete()
    tell()


def leave_slots(change: Change, names: set[str]) -> None:
    """A step for `change.after_files`: files of these names (storable spelling) stand in no slot any more."""
    for kind in IMAGE_KINDS:
        rows = COLLECTIONS[f"images.{kind}"].read(change.artist)
        left = [row for row in rows if row["file_name"] not in names]
        if len(left) < len(rows):
            change.set_rows(f"images.{kind}", [{**row, "slot": number} for number, row in enumerate(left)])


def _pieces(digests: list[str]) -> Iterable[list[str]]:
    return (digests[start : start + AT_ONCE] for start in range(0, len(digests), AT_ONCE))
