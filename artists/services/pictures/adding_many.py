"""Takes several backdrops at once, from addresses or from files; those of one call are one run for undoing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar
from uuid import UUID, uuid4

from artists.models import Artist
from artists.services.gates import require_write
from artists.services.pictures.adding import UPLOADED, Upload, in_hand
from artists.services.pictures.fetching import fetch_picture
from artists.services.pictures.saving import Origin, Saved, save_picture
from stillwater.errors import Invalid, StillwaterError
from stillwater.models import User

MOST_AT_ONCE = 20

Given = TypeVar("Given")


class NamedUpload(Upload, Protocol):
    """A file whose name people know it by."""

    @property
    def name(self) -> str | None: ...


@dataclass
class Batch:
    """What came of several pictures: those stored, and why the others were not."""

    saved: list[Saved] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def add_backdrops(artist: Artist, urls: Sequence[str], *, actor: User | None = None) -> Batch:
    """Fetch up to 20 backdrops, each once. Raises Invalid for none or too many."""
    wanted = list(dict.fromkeys(url.strip() for url in urls if url.strip()))
    if not 0 < len(wanted) <= MOST_AT_ONCE:
        raise Invalid(f"urls must name 1 to {MOST_AT_ONCE} pictures", "urls")

    def fetched(url: str, group: UUID) -> Saved:
        return save_picture(artist, "fanart", fetch_picture(url), Origin("url", url), actor=actor, group=group)

    return _each(artist, wanted, fetched, lambda url: "")


def upload_backdrops(artist: Artist, files: Sequence[NamedUpload], *, actor: User | None = None) -> Batch:
    """Store up to 20 files in their order, of whatever shape. Raises Invalid for none or too many."""
    if not 0 < len(files) <= MOST_AT_ONCE:
        raise Invalid(f"choose 1 to {MOST_AT_ONCE} pictures at once", "file")

    def taken(file: NamedUpload, group: UUID) -> Saved:
        with in_hand(file) as data:
            return save_picture(artist, "fanart", data, UPLOADED, actor=actor, group=group)

    return _each(artist, files, taken, lambda file: f"{file.name}: ")


def _each(
    artist: Artist, given: Iterable[Given], take: Callable[[Given, UUID], Saved], named: Callable[[Given], str]
) -> Batch:
    require_write("image", artist)
    batch, group = Batch(), uuid4()
    for each in given:
        try:
            batch.saved.append(take(each, group))
        except StillwaterError as problem:
            batch.errors.append(f"{named(each)}{problem.message}")
    return batch
