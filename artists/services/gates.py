"""The guards that higher floors join at start-up: each may hold back a write of NFO files or pictures."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, Protocol

from artists.models import Artist
from artists.services.places import NFO_NAME, folder_of
from stillwater.errors import WriteBlocked

Axis = Literal["nfo", "image"]
AXES: tuple[Axis, ...] = ("nfo", "image")
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".tbn"})


class Guard(Protocol):
    """Says for which of these artists an axis must not be written now, and why; by their keys."""

    def __call__(self, axis: Axis, artists: Sequence[Artist]) -> Mapping[int, WriteBlocked]: ...


class WriterFinder(Protocol):
    """Names the program that may write this artist's NFO as `type:name`; blank when it knows of none."""

    def __call__(self, artist: Artist) -> str: ...


_guards: list[Guard] = []
_finders: list[WriterFinder] = []


def join_guard(guard: Guard) -> None:
    """Called once, from an app's ready()."""
    if guard not in _guards:
        _guards.append(guard)


def leave_guard(guard: Guard) -> None:
    """For tests that join one of their own."""
    _guards.remove(guard)


def join_writer_finder(finder: WriterFinder) -> None:
    """Called once, from an app's ready()."""
    if finder not in _finders:
        _finders.append(finder)


def write_block(axis: Axis, artist: Artist) -> WriteBlocked | None:
    """The first guard's reason against the write."""
    return write_blocks(axis, [artist]).get(artist.pk)


def write_blocks(axis: Axis, artists: Sequence[Artist]) -> dict[int, WriteBlocked]:
    """The same for many, by their keys; who may be written is left out. A few queries, however many they are."""
    found: dict[int, WriteBlocked] = {}
    for guard in reversed(_guards):
        found.update(guard(axis, artists))
    return found


def require_write(axis: Axis, artist: Artist) -> None:
    """Raises WriteBlocked. Asked before every write of an NFO or a picture, whoever wants it."""
    block = write_block(axis, artist)
    if block is not None:
        raise block


def require_files(artist: Artist, paths: Iterable[Path]) -> None:
    """The same for the files that an operation is about to change, whichever verb wants it. Raises WriteBlocked."""
    for axis in sorted({axis for path in paths for axis in axes_of(artist, path)}):
        require_write(axis, artist)


def axes_of(artist: Artist, path: Path) -> tuple[Axis, ...]:
    """What a path in an artist's folder is to the guards; the folder itself is both, for all in it moves along."""
    folder = folder_of(artist)
    if folder is None or (folder != path and folder not in path.parents):
        return ()
    if folder == path:
        return AXES
    if path.name.lower() == NFO_NAME:
        return ("nfo",)
    return ("image",) if path.suffix.lower() in _PICTURES else ()


def external_writer(artist: Artist) -> str:
    """Who else may have written the artist's NFO, as `type:name`; blank when nobody knows."""
    return next((name for finder in _finders if (name := finder(artist))), "")
