"""A batch of artists' folders looked through for album tags, in a process of its own; imports no Django."""

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from artists.folders.storable import storable
from artists.tags.albums import album_files, album_folders, album_tags
from artists.tags.track import TrackTags
from stillwater.errors import reason_of


class TagTask(NamedTuple):
    """An artist's folder as the disk spells it, and the stamps by storable album folder that are known already."""

    path: str
    known: Mapping[str, str]


class AlbumFound(NamedTuple):
    """One album folder; `tags` None: the files are those of the last look, or there are none to read."""

    folder: str
    stamp: str
    tags: TrackTags | None = None


class TagsFound(NamedTuple):
    """Every album folder of an artist; `problem`: the artist's folder could not be listed, so nothing is known."""

    albums: tuple[AlbumFound, ...] = ()
    problem: str = ""


def look_for_tags(tasks: Sequence[TagTask]) -> list[TagsFound]:
    """In the order of the tasks."""
    return [_look(task) for task in tasks]


def _look(task: TagTask) -> TagsFound:
    try:
        names = album_folders(task.path)
    except OSError as error:
        return TagsFound(problem=f"the folder cannot be read ({reason_of(error)})")
    return TagsFound(tuple(_album(task, name) for name in names))


def _album(task: TagTask, name: str) -> AlbumFound:
    folder = storable(name)
    files = album_files(os.path.join(task.path, name))
    if files.problem:
        return AlbumFound(folder, "", TrackTags(problem=files.problem, unreachable=True))
    if not files.paths or files.stamp == task.known.get(folder):
        return AlbumFound(folder, files.stamp)
    return AlbumFound(folder, files.stamp, album_tags(files))
