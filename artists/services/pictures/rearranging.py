"""Removes pictures and reorders backdrops: the files are numbered as the profile counts, without gaps."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from artists.folders.naming import ImageNaming, split_name
from artists.folders.storable import on_disk, storable
from artists.imaging.decoding import MAX_BYTES
from artists.models import Artist
from artists.services.change import Change
from artists.services.collections import COLLECTIONS, Row
from artists.services.file_changes import present_hash
from artists.services.gates import require_write
from artists.services.operations import operation
from artists.services.permission import MANUAL
from artists.services.pictures.places import names_in, picture_folder, slot_names, twins
from artists.services.pictures.saving import known_kind
from artists.services.profiles import active_naming
from stillwater.errors import Invalid, NotFound
from stillwater.files import read_bytes_limited
from stillwater.models import User


@dataclass(frozen=True, slots=True)
class Rearranged:
    """`names` are the files that were removed, `count` the backdrops that are left."""

    names: tuple[str, ...]
    count: int
    change: Change


@dataclass(frozen=True, slots=True)
class _Backdrop:
    """One that stays: its row as it is, its bytes, and the names that it shall have."""

    row: Row
    data: bytes
    names: tuple[str, ...]


def remove_pictures(
    artist: Artist, kind: str, *, source: str = MANUAL, actor: User | None = None, group: UUID | None = None
) -> Rearranged:
    """Remove the picture of a kind under all its names and formats; of fanart, every backdrop.

    Raises Invalid, NotFound where there is none, WriteBlocked, Locked for automatic sources, and the disk's refusals:
    then everything is still there.
    """
    kind = known_kind(kind)
    rows = _rows(artist, kind)
    if not rows:
        raise NotFound("image not found")
    if kind == "fanart":
        return rearrange_fanart(artist, [], source=source, actor=actor, group=group)
    require_write("image", artist)
    folder = picture_folder(artist)
    names = [on_disk(rows[0]["file_name"]), *slot_names(active_naming(), kind, ".jpg")]
    present = names_in(folder)
    doomed = [*(folder / name for name in names if name in present), *twins(folder, present, names)]
    with operation(artist, source=source, summary=f"Removed the {kind}", actor=actor, group=group) as change:
        for path in dict.fromkeys(doomed):
            change.remove_file(path)
        change.after_files(lambda done: done.set_rows(f"images.{kind}", []))
    return Rearranged(tuple(path.name for path in dict.fromkeys(doomed)), 0, change)


def rearrange_fanart(
    artist: Artist,
    order: Sequence[int],
    *,
    source: str = MANUAL,
    actor: User | None = None,
    group: UUID | None = None,
) -> Rearranged:
    """Keep the backdrops of these slots, in this order; the others are removed. Numbers follow, formats stay.

    Every byte that moves is kept first, so that a run that was cut off can be taken back. Raises Invalid for a slot
    that is not there or is named twice, and as `remove_pictures`.
    """
    rows = {row["slot"]: row for row in _rows(artist, "fanart")}
    if len(set(order)) != len(order) or not set(order) <= rows.keys():
        raise Invalid("order must name each backdrop at most once", "order")
    require_write("image", artist)
    folder, naming = picture_folder(artist), active_naming()
    kept = [_backdrop(folder, rows[slot], naming, number) for number, slot in enumerate(order)]
    removed = len(rows) - len(kept)
    summary = f"Removed {removed} backdrop{'s' if removed > 1 else ''}" if removed else "Reordered the backdrops"
    with operation(artist, source=source, summary=summary, actor=actor, group=group) as change:
        gone = _plan(change, folder, kept, list(rows.values()))
        change.after_files(_describe(folder, kept))
    return Rearranged(gone, len(kept), change)


def permutation_of(artist: Artist, order: Sequence[int]) -> list[int]:
    """The order, if it names every backdrop once. Raises Invalid."""
    slots = sorted(row["slot"] for row in _rows(artist, "fanart"))
    if sorted(order) != slots:
        raise Invalid("order must be a permutation of all backdrops", "order")
    return list(order)


def _rows(artist: Artist, kind: str) -> list[Row]:
    return [row for row in COLLECTIONS[f"images.{kind}"].read(artist) if row["exists"]]


def _backdrop(folder: Path, row: Row, naming: ImageNaming, number: int) -> _Backdrop:
    name = on_disk(row["file_name"])
    names = slot_names(naming, "fanart", split_name(name)[1], number)
    return _Backdrop(row, read_bytes_limited(folder / name, MAX_BYTES), tuple(names))


def _plan(change: Change, folder: Path, kept: Sequence[_Backdrop], rows: Sequence[Row]) -> tuple[str, ...]:
    """Write what lies elsewhere by now, then remove the names that nobody has any more."""
    wanted = [name for backdrop in kept for name in backdrop.names]
    for backdrop in kept:
        digest = hashlib.sha256(backdrop.data).hexdigest()
        for name in backdrop.names:
            if present_hash(folder / name) != digest:
                change.write_file(folder / name, backdrop.data)
    present = names_in(folder)
    old = [on_disk(row["file_name"]) for row in rows]
    doomed = [folder / name for name in old if name not in wanted] + twins(folder, present, wanted)
    for path in dict.fromkeys(doomed):
        change.remove_file(path)
    return tuple(path.name for path in dict.fromkeys(doomed))


def _describe(folder: Path, kept: Sequence[_Backdrop]) -> Callable[[Change], None]:
    def describe(change: Change) -> None:
        rows = []
        for number, backdrop in enumerate(kept):
            written = change.written.get(folder / backdrop.names[0])
            moved = {"mtime_ns": written.mtime_ns} if written else {}
            row = {**backdrop.row, "slot": number, "file_name": storable(backdrop.names[0]), **moved}
            rows.append(row)
        change.set_rows("images.fanart", rows)

    return describe
