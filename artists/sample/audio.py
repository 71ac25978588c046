"""Tiny audio files of silence, or of nothing at all, with the tags of an album: the same facts give the same bytes."""

import io
import struct
from collections.abc import Callable, Mapping

from mutagen.flac import FLAC
from mutagen.id3 import ID3, TALB, TDRC, TIT2, TPE1, TPE2, TXXX, Encoding, TextFrame
from mutagen.mp4 import MP4, MP4FreeForm
from mutagen.ogg import OggPage
from mutagen.oggvorbis import OggVorbis

Tags = Mapping[str, str]
"""Keys of Vorbis comments in lower case: albumartist, artist, album, title, date, musicbrainz_…."""

_PICARD = {
    "musicbrainz_albumartistid": "MusicBrainz Album Artist Id",
    "musicbrainz_artistid": "MusicBrainz Artist Id",
    "musicbrainz_releasegroupid": "MusicBrainz Release Group Id",
    "musicbrainz_albumid": "MusicBrainz Album Id",
}
_ID3: dict[str, type[TextFrame]] = {"albumartist": TPE2, "artist": TPE1, "album": TALB, "title": TIT2, "date": TDRC}
_ATOMS = {"albumartist": "aART", "artist": "\xa9ART", "album": "\xa9alb", "title": "\xa9nam", "date": "\xa9day"}
# Marker, 44.1 kHz, 16 bits, stereo, no frames, no digest.
_FLAC = b"fLaC\x80\x00\x00\x22" + struct.pack(">HH6xQ16x", 4096, 4096, (44100 << 44) | (1 << 41) | (15 << 36))
# Layer III at 32 kbit/s and 44.1 kHz: 104 bytes a frame.
_MP3_FRAME = b"\xff\xfb\x10\xc4" + bytes(100)


def flac(tags: Tags) -> bytes:
    stream = io.BytesIO(_FLAC)
    audio = FLAC(stream)
    audio.update({key.upper(): value for key, value in tags.items()})
    return _saved(audio, stream)


def ogg(tags: Tags) -> bytes:
    stream = io.BytesIO(_ogg_pages())
    audio = OggVorbis(stream)
    audio.update(dict(tags))
    return _saved(audio, stream)


def mp3(tags: Tags) -> bytes:
    frames = ID3()
    for key, value in tags.items():
        if key in _PICARD:
            frames.add(TXXX(encoding=Encoding.UTF8, desc=_PICARD[key], text=[value]))
        else:
            frames.add(_ID3[key](encoding=Encoding.UTF8, text=[value]))
    stream = io.BytesIO()
    frames.save(stream, padding=_no_padding)
    return stream.getvalue() + _MP3_FRAME * 6


def m4a(tags: Tags) -> bytes:
    stream = io.BytesIO(_mp4_atoms())
    audio = MP4(stream)
    if audio.tags is None:
        audio.add_tags()
    for key, value in tags.items():
        if key in _PICARD:
            audio[f"----:com.apple.iTunes:{_PICARD[key]}"] = [MP4FreeForm(value.encode())]
        else:
            audio[_ATOMS[key]] = [value]
    return _saved(audio, stream)


WRITERS: dict[str, Callable[[Tags], bytes]] = {".flac": flac, ".mp3": mp3, ".ogg": ogg, ".m4a": m4a}


def _saved(audio: FLAC | OggVorbis | MP4, stream: io.BytesIO) -> bytes:
    stream.seek(0)
    audio.save(stream, padding=_no_padding)
    return stream.getvalue()


def _no_padding(_info: object) -> int:
    return 0


def _ogg_pages() -> bytes:
    """The three headers of Vorbis, the last one empty: enough for whoever reads comments."""
    identification = b"\x01vorbis" + struct.pack("<IBIiiiBB", 0, 2, 44100, 0, 64000, 0, 0xB8, 1)
    comment = b"\x03vorbis" + struct.pack("<II", 0, 0) + b"\x01"
    first, second = OggPage(), OggPage()
    first.packets, second.packets = [identification], [comment, b"\x05vorbis"]
    for place, page in enumerate((first, second)):
        page.serial, page.sequence = 1, place
    first.first, second.last = True, True
    return bytes(first.write() + second.write())


def _mp4_atoms() -> bytes:
    handler = _atom(b"hdlr", bytes(8) + b"soun" + bytes(13))
    header = _atom(b"mdhd", bytes(12) + struct.pack(">II", 44100, 44100) + bytes(4))
    track = _atom(b"trak", _atom(b"mdia", header + handler))
    movie = _atom(b"moov", _atom(b"mvhd", bytes(12) + struct.pack(">II", 1000, 1000) + bytes(80)) + track)
    return _atom(b"ftyp", b"M4A \0\0\0\0M4A mp42") + movie


def _atom(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content
