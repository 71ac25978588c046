"""Steps on single folder entries that writing, moving and sweeping share."""

import errno
import logging
import os
from contextlib import suppress

from stillwater.files.containment import Place

logger = logging.getLogger(__name__)

NOT_KNOWN_HERE = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
"""How vfat and many shares answer when asked for modes or hard links."""


def refuse_taken(name: str, place: Place) -> None:
    """Raises `FileExistsError` when anything, even a dangling link, has this name in the place's folder."""
    try:
        os.lstat(name, dir_fd=place.folder)
    except FileNotFoundError:
        return
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name)


def link_or_rename(source: str, source_place: Place, target: str, target_place: Place) -> None:
    """Moves a file to a name that must be free; raises `FileExistsError` when it is not.

    Linking first makes the system itself refuse a taken name. Where there are no hard links all we can do
    is look and then rename: a file that appears between the two would be lost.
    """
    folders = {"src_dir_fd": source_place.folder, "dst_dir_fd": target_place.folder}
    try:
        os.link(source, target, follow_symlinks=False, **folders)
    except OSError as error:
        if error.errno not in NOT_KNOWN_HERE | {errno.EMLINK}:
            raise
        refuse_taken(target, target_place)
        os.rename(source, target, **folders)
        return
    try:
        os.unlink(source, dir_fd=source_place.folder)
    except OSError:
        with suppress(OSError):
            os.unlink(target, dir_fd=target_place.folder)
        raise


def make_durable(place: Place) -> None:
    """Asks the disk to remember the folder's entries; failing that only costs safety against a power cut."""
    try:
        os.fsync(place.folder)
    except OSError as error:
        logger.warning("a folder was not flushed to disk: %s", errno.errorcode.get(error.errno or 0, "unknown"))
