"""Opens one audio file for its tags: bounded, read only, through no link; whatever is wrong with it is an answer."""

import errno
import io
import os

import mutagen
from mutagen.aac import AAC
from mutagen.aiff import AIFF
from mutagen.apev2 import APEv2File
from mutagen.asf import ASF
from mutagen.dsf import DSF
from mutagen.flac import FLAC
from mutagen.monkeysaudio import MonkeysAudio
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4
from mutagen.musepack import Musepack
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE
from mutagen.wavpack import WavPack

from artists.tags.track import TrackTags, track_tags
from stillwater.errors import reason_of

EXTENSIONS = frozenset(
    {
        ".aac", ".aif", ".aiff", ".ape", ".dsf", ".flac", ".m4a", ".m4b", ".mp3", ".mp4", ".mpc", ".oga", ".ogg",
        ".opus", ".wav", ".wma", ".wv",
    }
)  # fmt: skip
MAX_READ = 32 * 1024 * 1024
"""Bytes that are read for one file's tags: large covers fit, a header that promises gigabytes does not."""

_FORMATS = [
    MP3, FLAC, OggVorbis, OggOpus, OggFLAC, MP4, ASF, MonkeysAudio, Musepack, WavPack, AIFF, WAVE, DSF, AAC, APEv2File,
]  # fmt: skip


class _TooMuch(Exception):
    """The file wants more read than tags can need."""


class _Bounded(io.FileIO):
    """A file that is read to `MAX_READ` bytes in all."""

    _left = MAX_READ

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = self._left + 1 if size is None or size < 0 else size
        if wanted > self._left:
            wanted = min(wanted, max(0, os.fstat(self.fileno()).st_size - self.tell()))
        if wanted > self._left:
            raise _TooMuch
        data = super().read(wanted) or b""
        self._left -= len(data)
        return data


def read_tags(path: str | os.PathLike[str]) -> TrackTags:
    """The tags of one regular file; `problem` says why there are none. Never raises, never writes, follows no link."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        return _unreachable(error)
    except ValueError:
        return TrackTags(problem="the file's name cannot be used")
    if not os.path.isfile(descriptor):
        os.close(descriptor)
        return TrackTags(problem="this is not a regular file")
    with _Bounded(descriptor, "rb") as file:
        return _read(file, os.fspath(path))


def _read(file: _Bounded, name: str) -> TrackTags:
    try:
        # The first bytes tell more than a name that lies; the name helps where they tell nothing.
        found = _opened(file, "")
        if found is None:
            found = _opened(file, name)
        if found is None:
            return TrackTags(problem="this is no audio file that we know")
        return track_tags(found.tags) if found.tags is not None else TrackTags()
    except _TooMuch:
        return TrackTags(problem=f"the tags are larger than {MAX_READ // 1024 // 1024} MiB")
    except OSError as error:
        return _unreachable(error)
    except Exception:  # mutagen's readers raise nearly anything on broken input
        return TrackTags(problem="the tags are damaged")


def _opened(file: _Bounded, name: str) -> mutagen.FileType | None:
    found: mutagen.FileType | None = mutagen.File(_Named(file, name), options=_FORMATS)
    return found


def _unreachable(error: OSError) -> TrackTags:
    if error.errno == errno.ELOOP:
        return TrackTags(problem="this is a link, which is not followed")
    words = reason_of(error)
    return TrackTags(problem=f"the file cannot be read ({words})", unreachable=True)


class _Named:
    """A file object under its name, which mutagen looks at beside the first bytes."""

    def __init__(self, file: _Bounded, name: str) -> None:
        self.name = name
        self.read, self.seek, self.tell = file.read, file.seek, file.tell
