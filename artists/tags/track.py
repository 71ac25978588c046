"""What the tags of one audio file say of who made the album: read forgivingly from every usual format, never written.

Names of the MusicBrainz tags: Picard's mappings. ID3 keeps them in TXXX frames, Vorbis and APEv2 as plain keys, MP4 in
freeform atoms and ASF as attributes; without case, prefixes and punctuation they are the same words everywhere.
"""

import re
from dataclasses import dataclass
from typing import Any

VARIOUS_ARTISTS = "89ad4ac3-39f7-470e-963a-56509c546377"
"""MusicBrainz' stand-in for the artists of a compilation."""

MAX_TEXT = 500
MAX_IDS = 20
_MBID = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-f])")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_PREFIXES = ("----:com.apple.itunes:", "txxx:", "wm/")

# The bare key of every format, the best one first.
_KEYS = {
    "album_artist": ("albumartist", "tpe2", "aart"),
    "artist": ("artist", "tpe1", "art", "author"),
    "album": ("album", "talb", "alb", "albumtitle"),
    "title": ("title", "tit2", "nam"),
    "date": ("originaldate", "tdor", "originalyear", "originalreleaseyear", "date", "tdrc", "tyer", "day", "year"),
    "album_artist_mbids": ("musicbrainzalbumartistid",),
    "artist_mbids": ("musicbrainzartistid",),
    "release_group_id": ("musicbrainzreleasegroupid",),
    "album_id": ("musicbrainzalbumid",),
}
_WANTED = frozenset(key for keys in _KEYS.values() for key in keys)


@dataclass(frozen=True, slots=True)
class TrackTags:
    """Text as the file has it, blank where it says nothing; MBIDs in lower case; `problem` says why there is no answer.

    Several MBIDs in one field (Picard and others join them by / or ;) come apart.
    """

    album_artist: str = ""
    artist: str = ""
    album: str = ""
    title: str = ""
    year: str = ""
    album_artist_mbids: tuple[str, ...] = ()
    artist_mbids: tuple[str, ...] = ()
    release_group_id: str = ""
    album_id: str = ""
    problem: str = ""
    unreachable: bool = False
    """We could not look, so that another look may tell more though the file stays the same."""

    @property
    def names_somebody(self) -> bool:
        return bool(self.album_artist or self.artist or self.claimed_mbids)

    @property
    def claimed_mbids(self) -> tuple[str, ...]:
        """Who made the album: its artists, or the track's where only that is known and no album artist contradicts."""
        if self.album_artist_mbids or self.album_artist not in ("", self.artist):
            return self.album_artist_mbids
        return self.artist_mbids


def track_tags(tags: Any) -> TrackTags:
    """From what mutagen holds of a file: a mapping of keys to frames, texts or lists of them."""
    found = _bare(tags)

    def values(name: str) -> list[str]:
        return next((found[key] for key in _KEYS[name] if found.get(key)), [])

    def text(name: str) -> str:
        return next(iter(values(name)), "")

    def mbids(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_MBID.findall(" ".join(values(name)).lower())))[:MAX_IDS]

    year = _YEAR.search(text("date"))
    return TrackTags(
        album_artist=text("album_artist"),
        artist=text("artist"),
        album=text("album"),
        title=text("title"),
        year=year[0] if year else "",
        album_artist_mbids=mbids("album_artist_mbids"),
        artist_mbids=mbids("artist_mbids"),
        release_group_id=next(iter(mbids("release_group_id")), ""),
        album_id=next(iter(mbids("album_id")), ""),
    )


def _bare(tags: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in tags.items():
        bare = _bare_key(str(key))
        if bare in _WANTED:
            found.setdefault(bare, []).extend(text for text in map(_text, _each(value)) if text)
    return found


def _bare_key(key: str) -> str:
    key = key.lower()
    for prefix in _PREFIXES:
        key = key.removeprefix(prefix)
    return "".join(letter for letter in key if letter.isalnum())


def _each(value: Any) -> list[Any]:
    """A frame of ID3 holds its texts in `text`, an attribute of ASF its one in `value`; others are texts themselves."""
    inner = getattr(value, "text", value)
    if isinstance(inner, list | tuple):
        return [getattr(each, "value", each) for each in inner]
    if isinstance(inner, str | bytes):
        return [inner]
    return list(inner) if hasattr(inner, "__iter__") else [inner]


def _text(value: Any) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return " ".join(text.replace("\0", "/").encode("utf-8", "replace").decode().split())[:MAX_TEXT]
