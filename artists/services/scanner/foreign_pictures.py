"""Which pictures of a known folder are new in it or in the place of others: noted by name, looked at later.

The first complete look at a folder is the base line: whatever lies there then is at home.
"""

from collections.abc import Iterable, Mapping, Sequence

from artists.models import Artist, ArtistImage, ForeignFile
from artists.services.scanner.inspection import FolderFacts, KnownImage

BaseLines = Mapping[int, Sequence[KnownImage]]
"""By artist, the pictures in no slot as the last look found them; artists without a base line are not in it."""


def base_lines(artist_ids: Iterable[int]) -> BaseLines:
    rows = Artist.objects.filter(pk__in=list(artist_ids)).order_by().values_list("pk", "other_pictures")
    return {pk: [KnownImage(*each) for each in others] for pk, others in rows if others is not None}


def others_changed(bases: BaseLines, found: Mapping[int, FolderFacts]) -> set[int]:
    """The artists in whose folder a picture came that is in no slot."""
    return {pk for pk, others in bases.items() if not set(found[pk].others) <= set(others)}


def newcomers(
    artist_id: int, others: Sequence[KnownImage], stored: Iterable[ArtistImage], facts: FolderFacts
) -> list[ForeignFile]:
    """A picture whose name, size or time is none of those known. One that was only renamed is no newcomer."""
    images = {image.file_name: image for image in stored if image.exists}
    known = {image.file_name: KnownImage(image.file_name, image.bytes, image.mtime_ns) for image in images.values()}
    known |= {other.file_name: other for other in others}
    seen = {each.file_name: each for each in _seen(facts)}
    moved = {(each.size, each.mtime_ns) for name, each in known.items() if name not in seen}
    return [
        ForeignFile(
            artist_id=artist_id,
            file_name=name,
            size_bytes=each.size,
            replaced=name in known,
            replaced_hash=images[name].content_hash if name in images else "",
        )
        for name, each in seen.items()
        if known.get(name) != each and (each.size, each.mtime_ns) not in moved
    ]


def note_files(files: Sequence[ForeignFile]) -> None:
    """A file that is noted already has to be looked at once more."""
    ForeignFile.objects.bulk_create(
        files,
        update_conflicts=True,
        unique_fields=["artist", "file_name"],
        update_fields=["content_hash", "unreadable", "size_bytes", "replaced", "replaced_hash", "detected_at"],
    )


def _seen(facts: FolderFacts) -> Iterable[KnownImage]:
    yield from facts.others
    for image in facts.images:
        if not image.unreachable:
            yield KnownImage(image.file_name, image.size, image.mtime_ns)
