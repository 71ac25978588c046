"""The one place that writes, moves and removes files; what is raised means: the old bytes are still there."""

from stillwater.files.caching import STRANDED_SECONDS, Cached, cached_files, note_use, remove_cached, sweep_cache
from stillwater.files.errors import (
    DeviceTrouble,
    DiskFull,
    FileMissing,
    FileProblem,
    FileRefused,
    FileTooLarge,
    NameTaken,
    NotPermitted,
    OtherDevice,
    ReadOnly,
    printable,
)
from stillwater.files.linking import link_file
from stillwater.files.locked import change_under_lock, exclusive
from stillwater.files.moving import rename_file, rename_folder
from stillwater.files.naming import is_stray
from stillwater.files.own_writes import OwnWrites, is_own_write, note_own_write
from stillwater.files.reading import read_bytes_limited
from stillwater.files.sweeping import Swept, sweep_stray_temps
from stillwater.files.writing import WrittenFile, create_file, make_folder, remove_file, remove_folder, write_file

__all__ = [
    "STRANDED_SECONDS",
    "Cached",
    "DeviceTrouble",
    "DiskFull",
    "FileMissing",
    "FileProblem",
    "FileRefused",
    "FileTooLarge",
    "NameTaken",
    "NotPermitted",
    "OtherDevice",
    "OwnWrites",
    "ReadOnly",
    "Swept",
    "WrittenFile",
    "cached_files",
    "change_under_lock",
    "create_file",
    "exclusive",
    "is_own_write",
    "is_stray",
    "link_file",
    "make_folder",
    "note_own_write",
    "note_use",
    "printable",
    "read_bytes_limited",
    "remove_cached",
    "remove_file",
    "remove_folder",
    "rename_file",
    "rename_folder",
    "sweep_cache",
    "sweep_stray_temps",
    "write_file",
]
