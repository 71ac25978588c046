"""Makes a name that leads to another file, so that one picture under several names lies on the disk once."""

import os
from contextlib import suppress
from pathlib import Path

from stillwater.files.containment import opened
from stillwater.files.entries import NOT_KNOWN_HERE, make_durable
from stillwater.files.errors import naming
from stillwater.files.naming import temporary_name
from stillwater.files.own_writes import note_own_write
from stillwater.files.writing import refuse_irregular


def link_file(path: Path, to: str, *, root: Path) -> bool:
    """Puts a symbolic link to `to` at `path`, replacing a file or link that is there; False where the disk knows none.

    Nobody ever sees the name missing. Raises the errors of `files.errors`, and then the old entry is untouched.
    """
    with naming(path), opened(path, root) as place:
        refuse_irregular(place)
        temporary = temporary_name()
        try:
            os.symlink(to, temporary, dir_fd=place.folder)
        except OSError as error:
            if error.errno in NOT_KNOWN_HERE:
                return False
            raise
        try:
            note_own_write(place.path, os.lstat(temporary, dir_fd=place.folder).st_mtime_ns)
            os.replace(temporary, place.name, src_dir_fd=place.folder, dst_dir_fd=place.folder)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary, dir_fd=place.folder)
            raise
        make_durable(place)
    return True
