"""Takes the pictures that lie in our data folder along when their artist gets a folder: one operation, no byte lost."""

import hashlib
import logging
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from artists.fields import IMAGE_KINDS
from artists.folders.lookup import lookup_for
from artists.folders.naming import fold, split_name
from artists.folders.storable import on_disk, storable
from artists.imaging.decoding import MAX_BYTES
from artists.models import Artist
from artists.services.change import Change
from artists.services.collections import COLLECTIONS, Row
from artists.services.folder_look import look_at_folder
from artists.services.gates import require_write
from artists.services.operations import operation
from artists.services.permission import MOVE
from artists.services.pictures.places import cached_pictures, free_number, names_in, picture_folder, slot_names
from artists.services.pictures.saving import Place, write_picture
from artists.services.profiles import active_profile, naming_of
from stillwater.errors import StillwaterError
from stillwater.files import read_bytes_limited

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Move:
    """One artist's move under way. `cached` and `there`: file name to SHA-256, in our data folder and in the new one.

    `present` are all names in the new folder, those that are about to be written included.
    """

    change: Change
    home: Path
    folder: Path
    cached: Mapping[str, str]
    present: list[str]
    there: set[str] = field(default_factory=set)


def moving_in(artist_ids: Iterable[int] | None = None) -> list[Artist]:
    """Artists that have a folder and still have files in our data folder; of these, or of all."""
    keys = _keys_in(cached_pictures()) if artist_ids is None else list(artist_ids)
    filled = [key for key in keys if os.path.isdir(place := cached_pictures() / str(key)) and os.listdir(place)]
    return list(Artist.objects.exclude(path="").filter(pk__in=filled)) if filled else []


def move_in_all(artist_ids: Iterable[int] | None = None) -> list[str]:
    """Move what can be moved; why the rest waits for the next scan, in a line each."""
    notes = []
    for artist in moving_in(artist_ids):
        try:
            move_in(artist)
        except StillwaterError as problem:
            logger.warning("the pictures of %s wait for its folder: %s", artist.name, problem.message)
            notes.append(f"{artist.name}: its pictures wait in Stillwater's own folder ({problem.message})")
    return notes


def move_in(artist: Artist) -> Change:
    """Put the artist's pictures into its folder. What the folder has in a slot stays there; backdrops follow its own.

    A picture whose slot is taken is kept as a replaced one is. Raises WriteBlocked, Unavailable and the disk's
    refusals: then all is where it was.
    """
    require_write("image", artist)
    with operation(artist, source=MOVE, summary="Moved its pictures into its folder") as change:
        change.before_rows(_carry_all)
    return change


def _keys_in(folder: Path) -> list[int]:
    try:
        return [int(name) for name in os.listdir(folder) if name.isascii() and name.isdigit()]
    except FileNotFoundError:
        return []


def _carry_all(change: Change) -> None:
    """In the artist's turn."""
    home, folder = cached_pictures() / str(change.artist.pk), picture_folder(change.artist)
    cached = {name: _digest(home / name) for name in names_in(home)}
    move = _Move(change, home, folder, cached, names_in(folder))
    for kind in IMAGE_KINDS:
        rows = COLLECTIONS[f"images.{kind}"].read(change.artist)
        if kind == "fanart":
            _carry_backdrops(move, rows)
        elif not any(row["exists"] for row in rows):
            _carry(move, kind, [row for row in rows if _waits(move, row)][:1], [])
    for name in cached:
        change.remove_file(home / name)
    change.after_files(look_at_folder)


def _carry_backdrops(move: _Move, rows: list[Row]) -> None:
    """Those that no row tells of any more, since the folder's own took their slots, are found by their names."""
    there = [row for row in rows if row["exists"]]
    move.there |= {_digest(move.folder / name) for row in there if (name := on_disk(row["file_name"])) in move.present}
    waiting = [row for row in rows if _waits(move, row)]
    known = {move.cached[on_disk(row["file_name"])] for row in waiting}
    lookup = lookup_for(naming_of(active_profile()))
    others = [
        (found.number, name)
        for name in move.cached
        if (found := lookup.fanart(fold(name))) and move.cached[name] not in known
    ]
    unknown: dict[str, Row] = {}
    for _number, name in sorted(others):
        unknown.setdefault(move.cached[name], {"file_name": storable(name)})
    _carry(move, "fanart", [*waiting, *unknown.values()], there)


def _carry(move: _Move, kind: str, waiting: list[Row], there: list[Row]) -> None:
    """Write each under the names that it has here; the rows follow when the files lie there."""
    profile, rows = active_profile(), list[tuple[Row, str]]()
    naming = naming_of(profile)
    for row in waiting:
        name = on_disk(row["file_name"])
        if move.cached[name] in move.there:
            continue
        move.there.add(move.cached[name])
        slot = len(there) + len(rows)
        number = free_number(naming, move.present, slot) if kind == "fanart" else 0
        names = tuple(slot_names(naming, kind, split_name(name)[1], number))
        if kind != "fanart" and any(each in move.present for each in names):
            continue
        place = Place(slot, names, (), linked=kind != "fanart" and profile is not None and profile.use_symlinks)
        write_picture(move.change, move.folder, place, read_bytes_limited(move.home / name, MAX_BYTES))
        move.present += names
        rows.append(({**row, "slot": slot, "exists": True, "file_name": storable(names[0])}, names[0]))
    if rows:
        move.change.after_files(lambda change: _describe(change, move.folder, kind, there, rows))


def _describe(change: Change, folder: Path, kind: str, there: list[Row], rows: list[tuple[Row, str]]) -> None:
    """With everything that was known of them, locks included; of what no row told, the next look finds out."""
    moved = [{**row, "mtime_ns": change.written[folder / name].mtime_ns} for row, name in rows]
    change.set_rows(f"images.{kind}", [*there, *moved])


def _waits(move: _Move, row: Row) -> bool:
    """Whether the row tells of a file in our data folder, and of no other of that name."""
    digest = move.cached.get(on_disk(row["file_name"]), "")
    return not row["exists"] and bool(digest) and row["content_hash"] in ("", digest)


def _digest(path: Path) -> str:
    return hashlib.sha256(read_bytes_limited(path, MAX_BYTES)).hexdigest()
