"""What the artist page says of one album's audio tags."""

from dataclasses import dataclass

from artists.models import AlbumTags
from artists.services.album_tags import is_compilation


@dataclass(frozen=True, slots=True)
class AlbumLine:
    """One album against the stored MBID; `level` and `verdict` are those of _parts/status.html."""

    album: AlbumTags
    mbid: str

    @property
    def title(self) -> str:
        return self.album.album or self.album.folder

    @property
    def level(self) -> str:
        return self._judged[0]

    @property
    def verdict(self) -> str:
        return self._judged[1]

    @property
    def strangers(self) -> list[str]:
        """Whom the tags name beside or instead of the artist."""
        return [mbid for mbid in self.album.album_artist_mbids if mbid != self.mbid.lower()]

    @property
    def _judged(self) -> tuple[str, str]:
        named = self.album.album_artist_mbids
        if not self.album.was_read:
            return "off", "not read"
        if is_compilation(self.album):
            return "off", "compilation"
        if not named:
            return "off", "no ID"
        if not self.mbid:
            return "info", "names an ID"
        return ("good", "same ID") if self.mbid.lower() in named else ("warning", "another ID")
