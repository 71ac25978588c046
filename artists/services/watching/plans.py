"""How a library can be watched: by the kernel's notices, by looking at intervals, or both; pure decisions."""

import re
from pathlib import PurePosixPath
from typing import NamedTuple

WATCH, POLL = 1, 2
"""Bits of Library.fs_watch."""

# Changes made by other machines, or below the mount, are never told to this kernel.
_SILENT = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre", "beegfs", "9p",
        "virtiofs", "vboxsf", "prl_fs", "drvfs", "davfs", "fuse", "fuseblk", "mergerfs", "shfs",
    }
)  # fmt: skip
_ESCAPED = re.compile(r"\\([0-7]{3})")


class Plan(NamedTuple):
    """`poll_seconds` 0: no looking at intervals. `reason`: why it is not what was asked for."""

    notify: bool
    poll_seconds: int
    reason: str = ""


def plan_for(fs_watch: int, poll_seconds: int, filesystem: str, *, notify_works: bool = True) -> Plan:
    """What is asked for where it works; looking at intervals where notices would never come."""
    if not fs_watch & WATCH:
        return Plan(False, poll_seconds if fs_watch & POLL else 0)
    if is_silent(filesystem):
        return Plan(False, poll_seconds, f"{filesystem} sends no notices of changes")
    if not notify_works:
        return Plan(False, poll_seconds, "the limit of watched folders is reached (fs.inotify.max_user_watches)")
    return Plan(True, poll_seconds if fs_watch & POLL else 0)


def is_silent(filesystem: str) -> bool:
    """Whether a file system of this type hides changes from inotify."""
    return filesystem in _SILENT or filesystem.startswith("fuse.")


def filesystem_of(path: str, mountinfo: str) -> str:
    """The type of the file system that holds `path` (links resolved), from the text of /proc/self/mountinfo.

    Blank when it cannot be told. Of several mounts on one place the last one is seen.
    """
    here = PurePosixPath(path)
    best, found = -1, ""
    for line in mountinfo.splitlines():
        before, separator, after = line.partition(" - ")
        columns = before.split(" ")
        if not separator or len(columns) < 5:
            continue
        place = PurePosixPath(_ESCAPED.sub(lambda code: chr(int(code[1], 8)), columns[4]))
        if len(place.parts) >= best and place in (here, *here.parents):
            best, found = len(place.parts), after.split(" ")[0]
    return found
