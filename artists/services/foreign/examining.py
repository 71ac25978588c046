"""Looks at pictures that a scan noted as new: those that are ours, known or allowed are let go, the others shown."""

import os
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from artists.folders.storable import on_disk
from artists.imaging.ownership import Ownership, all_ownerships
from artists.imaging.source import Failure
from artists.models import AllowedFile, ArtistImage, FileSnapshot, ForeignFile
from artists.services.foreign.telling import tell
from artists.services.parallel import cores, spread
from stillwater.progress import Progress, no_progress

AT_ONCE = 64
_GONE = (Failure.GONE, Failure.IRREGULAR)

Looks = Mapping[ForeignFile, Ownership]


@dataclass(slots=True)
class ExaminedFiles:
    """How many were looked at, are foreign, were let go, could not be read (those stay as they are)."""

    looked_at: int = 0
    foreign: int = 0
    let_go: int = 0
    unreadable: int = 0

    def as_plain(self) -> dict[str, Any]:
        return asdict(self) | {"message": f"{self.foreign} of {self.looked_at} pictures are foreign"}


def waiting() -> QuerySet[ForeignFile]:
    """Noted by a scan, not looked at yet."""
    return ForeignFile.objects.filter(content_hash="", unreadable=False)


def examine(
    files: QuerySet[ForeignFile] | None = None, *, progress: Progress = no_progress, workers: int | None = None
) -> ExaminedFiles:
    """Look at these files, or at every one; nobody is let go because it could not be read. Raises Cancelled."""
    chosen = ForeignFile.objects.all() if files is None else files
    result, total = ExaminedFiles(), chosen.count()
    queue: deque[list[ForeignFile]] = deque()
    for found in spread(all_ownerships, _pieces(chosen, queue), workers=cores() if workers is None else workers):
        _settle(dict(zip(queue.popleft(), found, strict=True)), result)
        progress(result.looked_at, total, f"{result.looked_at} of {total} pictures")
    if result.looked_at:
        tell()
    return result


def _pieces(chosen: QuerySet[ForeignFile], queue: deque[list[ForeignFile]]) -> Iterator[list[str]]:
    last = 0
    rows = chosen.select_related("artist").order_by("pk")
    while some := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        last = some[-1].pk
        queue.append(some)
        yield [os.path.join(on_disk(file.artist.path), on_disk(file.file_name)) for file in some]


def _settle(looks: Looks, result: ExaminedFiles) -> None:
    read = {file: look for file, look in looks.items() if not look.failure}
    going = [file for file, look in looks.items() if look.failure in _GONE]
    with transaction.atomic():
        at_home = _at_home(read)
        going += at_home
        still = ForeignFile.objects.select_for_update().in_bulk([file.pk for file in read if file not in at_home])
        staying = [_filled(file, read[file]) for file in still.values()]
        unread = [file for file, look in looks.items() if look.failure and look.failure not in _GONE]
        ForeignFile.objects.bulk_create(
            staying,
            update_conflicts=True,
            unique_fields=["artist", "file_name"],
            update_fields=["content_hash", "size_bytes", "unreadable"],
        )
        ForeignFile.objects.filter(pk__in=[file.pk for file in unread]).update(unreadable=True)
        ForeignFile.objects.filter(pk__in=[file.pk for file in going]).delete()
    result.looked_at += len(looks)
    result.foreign += len(staying)
    result.let_go += len(going)
    result.unreadable += len(unread)


def _filled(file: ForeignFile, look: Ownership) -> ForeignFile:
    file.content_hash, file.size_bytes, file.unreadable = look.digest, look.size, False
    return file


def _at_home(looks: Looks) -> list[ForeignFile]:
    """Ours by their mark, by what an operation wrote or moved there, copies of known pictures, and what is allowed."""
    artists = {file.artist_id for file in looks}
    digests = {look.digest for look in looks.values()}
    allowed = set(AllowedFile.objects.filter(content_hash__in=digests).values_list("artist_id", "content_hash"))
    ours = FileSnapshot.objects.filter(operation__artist_id__in=artists)
    written = set(ours.filter(after_hash__in=digests).values_list("operation__artist_id", "after_hash"))
    moved = set(ours.exclude(moved_to="").values_list("operation__artist_id", "moved_to"))
    images = ArtistImage.objects.filter(artist_id__in=artists, content_hash__in=digests, exists=True).order_by()
    known = set(images.values_list("artist_id", "content_hash", "file_name"))

    def is_at_home(file: ForeignFile, look: Ownership) -> bool:
        mine = (file.artist_id, look.digest)
        return (
            look.ours
            or look.digest == file.replaced_hash
            or not {mine, (None, look.digest)}.isdisjoint(allowed)
            or mine in written
            or (file.artist_id, file.file_path) in moved
            or any((artist, digest) == mine and name != file.file_name for artist, digest, name in known)
        )

    return [file for file, look in looks.items() if is_at_home(file, look)]
