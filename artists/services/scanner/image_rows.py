"""The picture rows of inspected folders: which are new, which differ, which files are gone for sure."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count, Q

from artists.imaging.geometry import is_low_resolution
from artists.models import ArtistImage
from artists.services.scanner.inspection import ImageFacts, KnownImage

Slot = tuple[str, int]
Stored = Mapping[Slot, ArtistImage]

_COLUMNS = (
    "exists", "file_name", "format", "width", "height", "bytes", "mtime_ns", "problem", "low_res",
    "content_hash", "perceptual_hash", "padding", "fingerprinted", "source",
)  # fmt: skip


def stored_images(artist_ids: Iterable[int]) -> dict[int, dict[Slot, ArtistImage]]:
    """The rows by artist and slot."""
    rows: dict[int, dict[Slot, ArtistImage]] = {artist_id: {} for artist_id in artist_ids}
    for image in ArtistImage.objects.filter(artist_id__in=rows).order_by():
        rows[image.artist_id][image.kind, image.slot] = image
    return rows


def known_images(artist_ids: Iterable[int]) -> dict[int, dict[Slot, KnownImage]]:
    """The files that need not be opened again; one that could not be reached is given another chance."""
    known: dict[int, dict[Slot, KnownImage]] = {artist_id: {} for artist_id in artist_ids}
    settled = ArtistImage.objects.filter(Q(fingerprinted=True) | Q(problem=""), artist_id__in=known, exists=True)
    columns = ("artist_id", "kind", "slot", "file_name", "bytes", "mtime_ns")
    for artist_id, kind, slot, *file in settled.order_by().values_list(*columns):
        known[artist_id][kind, slot] = KnownImage(*file)
    return known


def changed_in(found: Mapping[int, Sequence[ImageFacts]]) -> set[int]:
    """The artists of whose pictures, as they were just seen, any row may differ."""
    existing = ArtistImage.objects.filter(artist_id__in=found, exists=True).order_by()
    counts = dict(existing.values_list("artist_id").annotate(count=Count("pk")))
    return {
        artist_id
        for artist_id, images in found.items()
        if counts.get(artist_id, 0) != len(images) or not all(image.unchanged for image in images)
    }


def new_row(artist_id: int, facts: ImageFacts) -> ArtistImage:
    return _filled(ArtistImage(artist_id=artist_id, kind=facts.kind, slot=facts.slot), facts)


def changed_rows(artist_id: int, stored: Stored, found: Sequence[ImageFacts]) -> list[ArtistImage]:
    """Rows to save. What could not be looked at keeps its facts and says why; what the listing lacks is gone."""
    rows = [row for facts in found if (row := _changed(artist_id, stored, facts)) is not None]
    seen = {(facts.kind, facts.slot) for facts in found}
    for slot, image in stored.items():
        if slot not in seen and image.exists:
            image.exists = False
            rows.append(image)
    return rows


def save_images(rows: Sequence[ArtistImage]) -> None:
    """Insert or overwrite by slot; placeholder, lock and time of writing of a stored row stay."""
    ArtistImage.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["artist", "kind", "slot"], update_fields=_COLUMNS, batch_size=1000
    )


def _changed(artist_id: int, stored: Stored, facts: ImageFacts) -> ArtistImage | None:
    image = stored.get((facts.kind, facts.slot))
    if image is None:
        return new_row(artist_id, facts)
    if facts.unchanged:
        return None
    if facts.unreachable:
        was = image.problem, image.fingerprinted
        image.problem, image.fingerprinted = facts.problem, False  # settled, it would never be looked at again
        return image if was != (facts.problem, False) else None
    if image.exists and image.problem == facts.problem and _file_of(image) == _file_in(facts):
        return None
    image.source = ""
    return _filled(image, facts)


def _filled(image: ArtistImage, facts: ImageFacts) -> ArtistImage:
    """The hashes of an earlier file are taken away; its placeholder stays until the new one is drawn."""
    image.exists = True
    image.file_name, image.bytes, image.mtime_ns = _file_in(facts)
    image.format, image.width, image.height = facts.format, facts.width, facts.height
    image.problem = facts.problem[:300]
    image.low_res = is_low_resolution(facts.kind, facts.width, facts.height)
    image.content_hash = image.perceptual_hash = ""
    image.padding = None
    image.fingerprinted = False
    return image


def _file_of(image: ArtistImage) -> tuple[str, int, int]:
    return image.file_name, image.bytes, image.mtime_ns


def _file_in(facts: ImageFacts) -> tuple[str, int, int]:
    return facts.file_name, facts.size, facts.mtime_ns
