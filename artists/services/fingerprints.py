"""Takes the fingerprints of new pictures on all cores: content hash, perceptual hash, padding, placeholder."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from artists.folders.storable import on_disk
from artists.imaging.fingerprint import Fingerprint
from artists.imaging.source import Failure
from artists.models import ArtistImage
from artists.services.fingerprinting import PictureTask, fingerprint_all
from artists.services.parallel import cores, spread
from stillwater.events import publish
from stillwater.progress import Progress, no_progress

AT_ONCE = 32
SAVED_AT_ONCE = 256

_COLUMNS = ("content_hash", "perceptual_hash", "padding", "placeholder", "stand_in", "problem", "fingerprinted")


@dataclass(slots=True)
class FingerprintResult:
    """How many pictures were looked at, and how many could not be."""

    pictures: int = 0
    unreadable: int = 0

    def as_plain(self) -> dict[str, Any]:
        return asdict(self) | {"message": f"{self.pictures} pictures"}


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A picture without a fingerprint, as its row described the file."""

    pk: int
    artist_id: int
    kind: str
    file_name: str
    size: int
    mtime_ns: int
    folder: str

    @property
    def task(self) -> PictureTask:
        path = os.path.join(on_disk(self.folder), on_disk(self.file_name))
        return PictureTask(path, self.kind, self.size, self.mtime_ns)


def waiting_count() -> int:
    return ArtistImage.objects.filter(fingerprinted=False, exists=True).exclude(artist__path="").count()


def take_fingerprints(*, progress: Progress = no_progress, workers: int | None = None) -> FingerprintResult:
    """Look at every picture that has no fingerprint yet; publishes `images.fingerprinted` {artist_ids} per batch.

    A picture that could not be reached stays waiting for the next time. Killed, the next run goes on where this one
    was. Raises Cancelled.
    """
    result, total = FingerprintResult(), waiting_count()
    queue: deque[list[_Waiting]] = deque()
    batch: list[tuple[_Waiting, Fingerprint | None]] = []
    for found in spread(fingerprint_all, _pieces(queue), workers=cores() if workers is None else workers):
        batch += zip(queue.popleft(), found, strict=True)
        if len(batch) >= SAVED_AT_ONCE:
            _save(batch, result)
            batch = []
            progress(result.pictures + result.unreadable, total, f"{result.pictures} of {total} pictures")
    _save(batch, result)
    progress(total, total, f"{result.pictures} of {total} pictures")
    return result


def _pieces(queue: deque[list[_Waiting]]) -> Iterator[list[PictureTask]]:
    """Pieces of work; what they are about waits in the queue, in the same order."""
    last = 0
    while some := _next(last):
        last = some[-1].pk
        for start in range(0, len(some), AT_ONCE):
            piece = some[start : start + AT_ONCE]
            queue.append(piece)
            yield [waiting.task for waiting in piece]


def _next(last: int) -> list[_Waiting]:
    images = ArtistImage.objects.filter(fingerprinted=False, exists=True, pk__gt=last).exclude(artist__path="")
    columns = ("pk", "artist_id", "kind", "file_name", "bytes", "mtime_ns", "artist__path")
    return [_Waiting(*row) for row in images.order_by("pk").values_list(*columns)[:1024]]


def _save(batch: Sequence[tuple[_Waiting, Fingerprint | None]], result: FingerprintResult) -> None:
    """Only where the row still describes the file that was looked at."""
    known = {waiting.pk: (waiting, found) for waiting, found in batch if found is not None and _is_told(found)}
    with transaction.atomic():
        rows = []
        for image in ArtistImage.objects.select_for_update().filter(pk__in=known).order_by():
            waiting, found = known[image.pk]
            if (image.file_name, image.bytes, image.mtime_ns) == (waiting.file_name, waiting.size, waiting.mtime_ns):
                rows.append(_filled(image, found))
        ArtistImage.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["artist", "kind", "slot"], update_fields=_COLUMNS
        )
    result.pictures += len(known)
    result.unreadable += len(batch) - len(known)
    if rows:
        publish("images.fingerprinted", {"artist_ids": sorted({image.artist_id for image in rows})})


def _is_told(found: Fingerprint) -> bool:
    return found.failure not in (Failure.UNREACHABLE, Failure.GONE)


def _filled(image: ArtistImage, found: Fingerprint) -> ArtistImage:
    image.content_hash, image.perceptual_hash = found.content_hash, found.perceptual_hash
    image.padding = None if found.failure else found.padding
    image.placeholder, image.stand_in = found.placeholder, found.stand_in
    image.problem = found.error[:300]
    image.fingerprinted = True
    return image
