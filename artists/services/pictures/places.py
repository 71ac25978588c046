"""Where an artist's pictures lie, what else lies there, and which file names a slot has."""

import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from artists.folders.lookup import lookup_for
from artists.folders.naming import ImageNaming, fanart_name, fold, split_name
from artists.folders.storable import on_disk
from artists.models import Artist, ArtistImage
from artists.services.places import folder_of
from stillwater.errors import Unavailable, reason_of

TWIN_EXTENSIONS = frozenset({".jpg", ".jpeg", ".png", ".webp"})


def picture_folder(artist: Artist) -> Path:
    """Its own folder, or a place in our data folder for an artist that is known from a server only."""
    return folder_of(artist) or cached_pictures() / str(artist.pk)


def cached_pictures() -> Path:
    """Where the pictures of artists without a folder lie; a folder for each, named by its key."""
    folder: Path = settings.STILLWATER_DATA / "cache" / "images"
    return folder


def picture_path(image: ArtistImage) -> Path:
    return picture_folder(image.artist) / on_disk(image.file_name)


def names_in(folder: Path) -> list[str]:
    """Every name in the folder; none where the folder is not there yet. Raises Unavailable where it cannot be read."""
    try:
        return sorted(os.listdir(folder))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise Unavailable(f"the artist's folder cannot be read ({reason_of(error)})") from error


def slot_names(naming: ImageNaming, kind: str, extension: str, number: int = 0) -> list[str]:
    """What the active profile calls the picture; the extension follows the bytes. `number` counts fanart files."""
    primary = [split_name(name)[0] + extension for name in naming.names(kind)]
    if kind != "fanart":
        return list(dict.fromkeys(primary))
    return list(dict.fromkeys(fanart_name(name, number, naming.kodi_numbering) for name in primary))


def copies_of(naming: ImageNaming, name: str, present: Iterable[str]) -> list[str]:
    """The files in which the same backdrop lies under the profile's further names, in whatever format."""
    lookup = lookup_for(naming)
    this = lookup.fanart(fold(name))
    if this is None or this.family >= lookup.profile_families:
        return []
    return [
        each
        for each in present
        if each != name
        and (other := lookup.fanart(fold(each))) is not None
        and (other.number, other.family < lookup.profile_families) == (this.number, True)
    ]


def free_number(naming: ImageNaming, present: Iterable[str], at_least: int) -> int:
    """The first number from `at_least` on whose fanart name nobody has, in any format (bug 51)."""
    taken = {fold(split_name(name)[0]) for name in present}
    number = at_least
    while any(fold(split_name(name)[0]) in taken for name in slot_names(naming, "fanart", ".jpg", number)):
        number += 1
    return number


def twins(folder: Path, present: Iterable[str], names: Iterable[str]) -> list[Path]:
    """Files that differ from one of `names` in case or format alone: the same picture to any player.

    On a volume that does not tell case apart, another spelling is the very file that is about to be written.
    """
    wanted = list(names)
    bases = {fold(split_name(name)[0]) for name in wanted}
    return [
        folder / name
        for name in present
        if name not in wanted
        and split_name(fold(name))[1] in TWIN_EXTENSIONS
        and fold(split_name(name)[0]) in bases
        and not any(_same_file(folder / name, folder / each) for each in wanted)
    ]


def _same_file(first: Path, second: Path) -> bool:
    try:
        return not first.is_symlink() and os.path.samefile(first, second) and first.stat().st_nlink == 1
    except OSError:
        return False
