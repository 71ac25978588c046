"""One album folder: which audio file speaks for it, and whether it is the one that spoke the last time."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from artists.tags.reading import EXTENSIONS, read_tags
from artists.tags.track import TrackTags
from stillwater.errors import reason_of

SPOKESMEN = 2
"""Files that are asked: the second one only when the first names nobody."""


@dataclass(frozen=True, slots=True)
class AlbumFiles:
    """The first audio files of an album by name; `stamp` is a digest of their names, sizes and times, blank: none."""

    paths: tuple[str, ...] = ()
    stamp: str = ""
    problem: str = ""


def album_folders(artist_folder: str) -> list[str]:
    """Names of the visible folders in an artist's folder, links left out, by name. Raises OSError."""
    with os.scandir(artist_folder) as entries:
        return sorted(entry.name for entry in entries if _is_folder(entry))


def album_files(folder: str) -> AlbumFiles:
    """The files that speak for an album; those of its first disc where the album itself holds none."""
    try:
        chosen = _audio(folder) or next(filter(None, map(_audio, _discs(folder))), [])
    except OSError as error:
        return AlbumFiles(problem=f"the folder cannot be read ({reason_of(error)})")
    if not chosen:
        return AlbumFiles()
    digest = blake2b(digest_size=16)
    for path, size, mtime_ns in chosen:
        digest.update(repr((path.removeprefix(folder), size, mtime_ns)).encode("utf-8", "surrogateescape"))
    return AlbumFiles(tuple(path for path, _, _ in chosen), digest.hexdigest())


def album_tags(files: AlbumFiles) -> TrackTags:
    """What the first file says, or the second one when the first names nobody."""
    answers = []
    for path in files.paths:
        answers.append(read_tags(path))
        if answers[-1].names_somebody:
            return answers[-1]
    return answers[0]


def _audio(folder: str) -> list[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        found = sorted(
            entry.path
            for entry in entries
            if os.path.splitext(entry.name)[1].lower() in EXTENSIONS
            and not entry.name.startswith(".")
            and entry.is_file(follow_symlinks=False)
        )
    return [(path, status.st_size, status.st_mtime_ns) for path in found[:SPOKESMEN] if (status := os.lstat(path))]


def _discs(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        names = sorted(entry.path for entry in entries if _is_folder(entry))
    yield from names


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
