"""Lists a library's root and the artist folders in it; opens nothing and follows no link to a folder."""

import errno
import logging
import os
import stat
import time
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from artists.folders.inventory import NFO_NAME, FolderEntry
from artists.folders.names import why_ignored
from artists.folders.naming import EXTENSIONS
from artists.folders.storable import on_disk, storable
from stillwater.errors import reason_of
from stillwater.files import STRANDED_SECONDS, FileProblem, is_stray, sweep_stray_temps

logger = logging.getLogger(__name__)

LONGEST_PATH = 4096
CUT_OFF_SECONDS = 60.0
"""A renaming in two steps is over at once: a name between them that is a minute old was stranded by a crash."""
_UNSETTLED_NS = 2_000_000_000
_SIDECARS = (*EXTENSIONS, ".webp", NFO_NAME)
_EXTRA_FOLDERS = frozenset({"extrafanart", "extrathumbs"})
_NOT_THERE = frozenset({errno.ENOENT, errno.ELOOP, errno.ENOTDIR})


@dataclass(frozen=True, slots=True)
class RootListing:
    """The artist folders of a root by name as the disk spells them; `problem` says why there is no listing."""

    names: tuple[str, ...] = ()
    device: str = ""
    notes: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class FolderListing:
    """The entries that count in an artist's folder, and its visible folders. `problem`: it could not be listed."""

    entries: tuple[FolderEntry, ...] = ()
    folders: tuple[str, ...] = ()
    problem: str = ""
    gone: bool = False
    has_strays: bool = False
    """A crash left files of ours there."""

    def stamp(self, salt: str) -> str:
        """A digest of names, sizes and times; blank while a file is so young that its time proves nothing yet.

        A second change within the grain of a file's time (2 s on FAT) would leave no trace; times in the future
        count as young.
        """
        newest = max((entry.mtime_ns for entry in self.entries), default=0)
        if self.problem or newest > time.time_ns() - _UNSETTLED_NS:
            return ""
        digest = blake2b(salt.encode(), digest_size=16)
        digest.update(repr((sorted(self.entries), sorted(self.folders))).encode("utf-8", "surrogateescape"))
        return digest.hexdigest()


def list_root(path: str) -> RootListing:
    """The children of a library's root (storable spelling) that are artists; links and hidden folders are reported."""
    root = on_disk(path)
    names: list[str] = []
    notes: list[str] = []
    clear_strays(root, CUT_OFF_SECONDS)
    try:
        device = str(os.stat(root).st_dev)
        with os.scandir(root) as entries:
            for entry in entries:
                note = _why_not(entry, root)
                if note is None:
                    names.append(entry.name)
                elif note:
                    notes.append(f"{storable(entry.name)}: {note}")
    except OSError as error:
        return RootListing(problem=f"the folder cannot be read: {reason_of(error)}")
    return RootListing(tuple(sorted(names)), device, tuple(sorted(notes)))


def list_folder(path: str) -> FolderListing:
    """What counts in the folder at `path` (as the disk spells it)."""
    entries: list[FolderEntry] = []
    folders: list[str] = []
    has_strays = False
    try:
        with os.scandir(path) as found:
            for entry in found:
                if is_stray(entry.name):
                    has_strays = True
                else:
                    _sort(entry, entries, folders)
    except OSError as error:
        return FolderListing(problem=f"the folder cannot be read: {reason_of(error)}", gone=error.errno in _NOT_THERE)
    return FolderListing(tuple(entries), tuple(folders), has_strays=has_strays)


def clear_strays(path: str, older_than: float = STRANDED_SECONDS) -> None:
    """Clear up after a crash in the folder at `path` (as the disk spells it); one that cannot be changed stays."""
    try:
        swept = sweep_stray_temps(Path(path), before=time.time() - older_than)
    except FileProblem:
        return
    if swept.removed or swept.restored:
        logger.warning("cleared up after a crash in %s: %s", storable(path), swept)


def is_gone(path: str) -> bool:
    """Whether nothing of that name (as the disk spells it) is there; a disk that does not answer says nothing."""
    try:
        os.lstat(path)
    except OSError as error:
        return error.errno in (errno.ENOENT, errno.ENOTDIR)
    return False


def _why_not(entry: os.DirEntry[str], root: str) -> str | None:
    """None for an artist's folder, a reason worth telling for what may be one, blank for anything else."""
    if is_stray(entry.name):
        return "a renaming that was cut off; a scan puts it back"
    if entry.is_symlink():
        return "a link, which is not followed" if _leads_to_folder(entry) else ""
    if not entry.is_dir(follow_symlinks=False):
        return ""
    ignored = why_ignored(entry.name)
    if ignored:
        return ignored.reason if ignored.report else ""
    if len(storable(f"{root}/{entry.name}")) > LONGEST_PATH:
        return "the path is too long"
    return None


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    """A link to itself counts: somebody meant it to be a folder."""
    try:
        return entry.is_dir()
    except OSError:
        return True


def _sort(entry: os.DirEntry[str], entries: list[FolderEntry], folders: list[str]) -> None:
    name = entry.name
    lowered = name.lower()
    if entry.is_dir(follow_symlinks=False):
        if lowered in _EXTRA_FOLDERS or lowered.endswith(_SIDECARS):
            entries.append(FolderEntry(name, False, 0, 0, False))
        elif why_ignored(name) is None:
            folders.append(name)
    elif lowered.endswith(_SIDECARS) and not name.startswith("."):
        entries.append(_entry(entry))


def _entry(entry: os.DirEntry[str]) -> FolderEntry:
    """A file that could not be asked stays in the list, so that what is known of it is not taken as gone."""
    is_link = entry.is_symlink()
    try:
        found = entry.stat()
    except OSError as error:
        is_there = error.errno not in _NOT_THERE
        return FolderEntry(entry.name, is_there, 1, 0, is_link, is_there)
    return FolderEntry(entry.name, stat.S_ISREG(found.st_mode), found.st_size, found.st_mtime_ns, is_link)
