"""Renames an artist's folder, or says why not."""

import os
from pathlib import Path
from uuid import UUID

from artists.folders.names import directory_name_problem
from artists.models import Artist
from artists.services.change import Change
from artists.services.operations import operation
from artists.services.permission import ARTIST_LOCKED, MANUAL
from artists.services.places import owning_library, require_folder, stored
from artists.services.scanner.conditions import Conditions
from stillwater.errors import Conflict, Invalid, Locked
from stillwater.models import User


def rename_directory(
    artist: Artist,
    new_name: str,
    *,
    source: str = MANUAL,
    actor: User | None = None,
    group: UUID | None = None,
) -> Change:
    """Give the folder another name beside its old one; a change of case alone works on every disk.

    Raises Invalid for a name that no folder should have, that scans exclude, or that it has already; Locked;
    Conflict without a folder, with a folder shared with another program, or a name that is taken; another artist's is
    told in the details.
    """
    _refuse_name(new_name)
    if artist.locked:
        raise Locked(ARTIST_LOCKED)
    _refuse_exclusion(artist, new_name)
    old = require_folder(artist)
    new = old.with_name(new_name)
    if new == old:
        raise Invalid("the folder already has this name", "new_dirname")
    _refuse_place(artist, old, new)
    with operation(
        artist, source=source, summary=f"Renamed the folder to {new_name}", actor=actor, group=group
    ) as change:
        change.rename_folder(old, new)
    return change


def occupant(artist: Artist, new_name: str) -> Artist | None:
    """Another artist who has the folder of that name already: merging the two is what was meant."""
    if not artist.path or directory_name_problem(new_name):
        return None
    return _has(Path(require_folder(artist)).with_name(new_name), artist)


def _has(folder: Path, artist: Artist) -> Artist | None:
    return Artist.objects.filter(path=stored(folder)).exclude(pk=artist.pk).first()


def _refuse_name(new_name: str) -> None:
    problem = directory_name_problem(new_name)
    if problem:
        raise Invalid(problem, "new_dirname")


def _refuse_exclusion(artist: Artist, new_name: str) -> None:
    if artist.is_excluded or artist.exclusion_by_hand:
        return
    if reason := Conditions.current().why_excluded(new_name, "", ""):
        raise Invalid(f"the name is on the {reason}: the next scan would leave the artist out", "new_dirname")


def _refuse_place(artist: Artist, old: Path, new: Path) -> None:
    library = owning_library(artist.path)
    if library is not None and library.is_shared:
        raise Conflict("the folder is shared with another program, which would make the old one anew")
    if not old.is_dir():
        raise Conflict("the folder is not there")
    if (other := _has(new, artist)) is not None:
        told = f"artist {other.pk}, {other.name}: merge the two instead"
        raise Conflict("another artist already has this folder", details=[told])
    if os.path.lexists(new) and not os.path.samestat(os.lstat(old), os.lstat(new)):
        raise Conflict("a folder of this name already exists")
