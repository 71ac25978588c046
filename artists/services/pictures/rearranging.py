"""Removes pictures and reorders backdrops: the files are numbered as the profile counts, without gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from artists.folders.naming import ImageNaming, split_name
from artists.folders.storable import on_disk, storable
from artists.imaging.decoding import MAX_BYTES
from artists.models import Artist
from artists.services.change import Change
from artists.services.collections import COLLECTIONS, Row
from artists.services.gates import require_write
from artists.services.operations import operation
from artists.services.permission import MANUAL
from artists.services.pictures.places import copies_of, names_in, picture_folder, slot_names, twins
from artists.services.pictures.saving import known_kind
from artists.services.profiles import active_naming
from stillwater.errors import Conflict, Invalid, NotFound
from stillwater.files import printable, read_bytes_limited
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
    data: bytes = field(repr=False)
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What one rearranging does in the folder; `lying` are the bytes that are there, each file read once."""

    folder: Path
    kept: tuple[_Backdrop, ...]
    doomed: tuple[Path, ...]
    lying: Mapping[str, bytes] = field(repr=False)


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
    doomed: list[Path] = []

    def collect(change: Change) -> None:
        doomed.extend(_files_of_slot(change.artist, kind, rows[0]))
        for path in doomed:
            change.remove_file(path)
        change.after_files(lambda change: change.set_rows(f"images.{kind}", []))

    with operation(artist, source=source, summary=f"Removed the {kind}", actor=actor, group=group) as change:
        change.before_rows(collect)
    return Rearranged(tuple(path.name for path in doomed), 0, change)


def _files_of_slot(artist: Artist, kind: str, row: Row) -> list[Path]:
    """Every file that shows the picture to any player; links before what they lead to."""
    folder = picture_folder(artist)
    names = [on_disk(row["file_name"]), *slot_names(active_naming(), kind, ".jpg")]
    present = names_in(folder)
    found = [*(folder / name for name in names if name in present), *twins(folder, present, names)]
    return sorted(dict.fromkeys(found), key=lambda path: not path.is_symlink())


def rearrange_fanart(
    artist: Artist,
    order: Sequence[int],
    *,
    source: str = MANUAL,
    actor: User | None = None,
    group: UUID | None = None,
) -> Rearranged:
    """Keep the backdrops of these slots, in this order; the others are removed. Numbers follow, formats stay.

    All slots in their own order repairs the numbers alone. Two phases: every byte that will move is kept and noted,
    then the names change one by one; a process that is killed between any two of them is taken back (cut_off.py).
    Raises Invalid for a slot that is not there or is named twice, Conflict when somebody else changed the backdrops at
    the same moment, and as `remove_pictures`.
    """
    rows = _rows(artist, "fanart")
    slots = {row["slot"] for row in rows}
    if len(set(order)) != len(order) or not set(order) <= slots:
        raise Invalid("order must name each backdrop at most once", "order")
    require_write("image", artist)
    removed = len(rows) - len(order)
    summary = f"Removed {removed} backdrop{'s' if removed > 1 else ''}" if removed else "Reordered the backdrops"
    plans: list[_Plan] = []
    with operation(artist, source=source, summary=summary, actor=actor, group=group) as change:
        change.before_rows(lambda change: plans.append(_carry_out(change, rows, order)))
    (plan,) = plans
    return Rearranged(tuple(path.name for path in plan.doomed), len(plan.kept), change)


def permutation_of(artist: Artist, order: Sequence[int]) -> list[int]:
    """The order, if it names every backdrop once. Raises Invalid."""
    slots = sorted(row["slot"] for row in _rows(artist, "fanart"))
    if sorted(order) != slots:
        raise Invalid("order must be a permutation of all backdrops", "order")
    return list(order)


def _rows(artist: Artist, kind: str) -> list[Row]:
    return [row for row in COLLECTIONS[f"images.{kind}"].read(artist) if row["exists"]]


def _carry_out(change: Change, seen: Sequence[Row], order: Sequence[int]) -> _Plan:
    """In this artist's turn: nobody changes files or rows between the reading and the writing."""
    rows = _rows(change.artist, "fanart")
    if _files_of(rows) != _files_of(seen):
        raise Conflict("the backdrops have been changed meanwhile")
    plan = _planned(picture_folder(change.artist), active_naming(), rows, order)
    for backdrop in plan.kept:
        for name in backdrop.names:
            if plan.lying.get(name) != backdrop.data:
                change.write_file(plan.folder / name, backdrop.data, known=plan.lying.get(name))
    for path in plan.doomed:
        change.remove_file(path, known=plan.lying.get(path.name))
    change.after_files(lambda change: _describe(change, plan))
    return plan


def _files_of(rows: Sequence[Row]) -> list[tuple[int, str, str]]:
    return [(row["slot"], row["file_name"], row["content_hash"]) for row in rows]


def _planned(folder: Path, naming: ImageNaming, rows: Sequence[Row], order: Sequence[int]) -> _Plan:
    """Who stays under which names, and which names nobody has any more: copies and other formats included."""
    present = names_in(folder)
    old = {row["slot"]: on_disk(row["file_name"]) for row in rows}
    names = {
        slot: tuple(slot_names(naming, "fanart", split_name(old[slot])[1], number)) for number, slot in enumerate(order)
    }
    wanted = [name for each in names.values() for name in each]
    affected = [*old.values(), *(copy for name in old.values() for copy in copies_of(naming, name, present))]
    doomed = [folder / name for name in affected if name not in wanted] + twins(folder, present, wanted)
    touched = dict.fromkeys([*(old[slot] for slot in order), *wanted])
    lying = {name: read_bytes_limited(folder / name, MAX_BYTES) for name in touched if name in present}
    by_slot = {row["slot"]: row for row in rows}
    return _Plan(
        folder,
        tuple(_Backdrop(by_slot[slot], _required(lying, old[slot]), names[slot]) for slot in order),
        tuple(dict.fromkeys(doomed)),
        lying,
    )


def _required(lying: Mapping[str, bytes], name: str) -> bytes:
    """Raises NotFound for a file that somebody has removed: a backdrop that is not there cannot change its place."""
    if name not in lying:
        raise NotFound(f"{printable(name)} is not there any more; scan the folder again")
    return lying[name]


def _describe(change: Change, plan: _Plan) -> None:
    """The rows follow at once, and so does what is known of the order (bug 52)."""
    rows = []
    for number, backdrop in enumerate(plan.kept):
        written = change.written.get(plan.folder / backdrop.names[0])
        moved = {"mtime_ns": written.mtime_ns} if written else {}
        rows.append({**backdrop.row, "slot": number, "file_name": storable(backdrop.names[0]), **moved})
    change.set_rows("images.fanart", rows)
    change.set_facts(sequence_problem="")
