"""Says in plain words what the rows hold in keys: where a value is from, what a change did, when an artist lived."""

import re
from dataclasses import dataclass

from artists.fields import BY_KEY
from artists.models import Artist, MetadataChange
from artists.services.values import as_text

_PROVIDERS = {
    "musicbrainz": "MusicBrainz", "audiodb": "TheAudioDB", "discogs": "Discogs", "wikidata": "Wikidata",
    "wikipedia": "Wikipedia", "deezer": "Deezer", "spotify": "Spotify", "lastfm": "Last.fm", "genius": "Genius",
    "fanarttv": "Fanart.tv", "several": "several providers",
}  # fmt: skip
_SOURCES = {
    "manual": "by hand", "nfo": "artist.nfo", "scan": "artist.nfo", "import": "an earlier artist.nfo",
    "revert": "taken back", "folder": "folder name",
    "upload": "uploaded", "url": "from an address", "crop": "cropped", "move": "its new folder",
}  # fmt: skip
_ADDRESSES = {
    "musicbrainz_id": "https://musicbrainz.org/artist/",
    "audiodb_id": "https://www.theaudiodb.com/artist/",
    "discogs_id": "https://www.discogs.com/artist/",
    "wikidata_id": "https://www.wikidata.org/wiki/",
    "deezer_id": "https://www.deezer.com/artist/",
    "spotify_id": "https://open.spotify.com/artist/",
}
_LINKABLE = re.compile(r"[A-Za-z0-9-]+")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_LABELS = {
    "members": "Members", "aliases": "Aliases", "locked": "Lock", "locked_fields": "Field locks", "path": "Folder",
    "is_excluded": "Excluded", "images.thumb": "Thumb", "images.fanart": "Backdrops", "images.logo": "Logo",
    "images.banner": "Banner",
}  # fmt: skip


def source_words(source: str) -> str:
    """Where a value is from, for people: `provider:discogs` is Discogs, `manual` is by hand."""
    kind, _, name = source.partition(":")
    if kind == "rule":
        return f"rule {name.replace('_', ' ')}"
    return _SOURCES.get(source) or _PROVIDERS.get(name or source) or name.capitalize() or source


def label_of(key: str) -> str:
    """What people call a field, a collection, or a kind of picture."""
    return BY_KEY[key].label if key in BY_KEY else _LABELS.get(key, key.replace("_", " ").capitalize())


def address_of(key: str, identifier: str) -> str:
    """The page of an artist at a provider, if the identifier can be part of an address; else nothing."""
    return f"{_ADDRESSES[key]}{identifier}" if key in _ADDRESSES and _LINKABLE.fullmatch(identifier) else ""


def provider_links(artist: Artist) -> list[tuple[str, str]]:
    """Name and address of each provider's page about the artist."""
    found = ((BY_KEY[key].label.removesuffix(" ID"), address_of(key, getattr(artist, key))) for key in _ADDRESSES)
    return [(label, address) for label, address in found if address]


def years_of(artist: Artist) -> str:
    """1685–1750, or "since 1994", or nothing."""
    begin, end = _year(artist.born or artist.formed), _year(artist.died or artist.disbanded)
    if begin and end:
        return f"{begin}–{end}"
    if begin:
        return f"born {begin}" if artist.born else f"since {begin}"
    return f"until {end}" if end else ""


def summary_of(artist: Artist) -> str:
    """The line below the name: what it is, which one of its namesakes, when."""
    kind = artist.type.capitalize()
    return " · ".join(part for part in (kind, artist.disambiguation, years_of(artist)) if part)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of an artist's history."""

    change: MetadataChange

    @property
    def label(self) -> str:
        return label_of(self.change.field)

    @property
    def old(self) -> str:
        return as_text(self.change.old_value)

    @property
    def new(self) -> str:
        return as_text(self.change.new_value)

    @property
    def is_long(self) -> bool:
        return len(self.old) + len(self.new) > 160

    @property
    def who(self) -> str:
        """The person where one did it, and the source of the value where that is not the same."""
        words = source_words(self.change.source)
        actor = self.change.operation.actor
        return words if actor is None else str(actor) if self.change.source == "manual" else f"{actor}, {words}"

    @property
    def can_revert(self) -> bool:
        key = self.change.field
        return self.change.source != "revert" and key in BY_KEY and BY_KEY[key].tracked


def _year(text: str) -> str:
    found = _YEAR.search(text)
    return found[0] if found else ""
