"""What can go wrong with a file, named in plain words with the system's own number kept.

FileRefused    400  a path or a kind of file that we never touch
FileMissing    404  there is no such file
NameTaken      409  something else already has that name
OtherDevice    409  the move would cross from one disk to another
FileTooLarge   413  more bytes than the caller allows
DiskFull       503  no space, or the quota is used up
ReadOnly       503  mounted read-only
NotPermitted   503  the account Stillwater runs as may not
DeviceTrouble  503  anything else: we could not look, which is no evidence of absence
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from stillwater.errors import Conflict, Invalid, NotFound, StillwaterError, TooLarge, Unavailable


class FileProblem(StillwaterError):
    """Mixed into each of the errors below: `errno` is 0 where the refusal is our own."""

    sentence = "the file cannot be used"

    def __init__(self, path: str | os.PathLike[str], reason: str = "", *, number: int = 0) -> None:
        super().__init__(f"{reason or self.sentence}: {printable(path)}")
        self.path = os.fspath(path)
        self.errno = number


class FileRefused(FileProblem, Invalid):
    sentence = "this path is not allowed"
    field = ""


class FileMissing(FileProblem, NotFound):
    sentence = "there is no such file"


class NameTaken(FileProblem, Conflict):
    sentence = "something else already has this name"


class OtherDevice(FileProblem, Conflict):
    sentence = "this is on another disk, so it cannot be moved in one step"


class FileTooLarge(FileProblem, TooLarge):
    sentence = "the file is larger than allowed"


class DiskFull(FileProblem, Unavailable):
    sentence = "the disk is full or the quota is used up"


class ReadOnly(FileProblem, Unavailable):
    sentence = "the disk is mounted read-only"


class NotPermitted(FileProblem, Unavailable):
    sentence = "the account Stillwater runs as may not do this"


class DeviceTrouble(FileProblem, Unavailable):
    sentence = "the disk or share did not answer properly"


_BY_NUMBER: dict[int, type[FileProblem]] = {
    errno.ENOENT: FileMissing,
    errno.EEXIST: NameTaken,
    errno.ENOTEMPTY: NameTaken,
    errno.EXDEV: OtherDevice,
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EFBIG: DiskFull,
    errno.EROFS: ReadOnly,
    errno.EACCES: NotPermitted,
    errno.EPERM: NotPermitted,
    errno.ELOOP: FileRefused,
    errno.ENOTDIR: FileRefused,
    errno.EISDIR: FileRefused,
    errno.ENAMETOOLONG: FileRefused,
}


def printable(path: str | os.PathLike[str]) -> str:
    """The path with bytes that are not UTF-8 and control characters escaped, so that a message is one line."""
    text = os.fspath(path).encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)


def named(error: OSError, path: str | os.PathLike[str]) -> FileProblem:
    """The named error for a system error; unknown numbers are `DeviceTrouble`."""
    number = error.errno or 0
    return _BY_NUMBER.get(number, DeviceTrouble)(path, number=number)


@contextmanager
def naming(path: str | os.PathLike[str]) -> Iterator[None]:
    """Turns every `OSError` of the block into its named error about `path`."""
    try:
        yield
    except OSError as error:
        raise named(error, path) from error
