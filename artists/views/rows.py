"""What one line of the artist list shows, made for a whole page in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import prefetch_related_objects

from artists.models import Artist, ArtistImage, Library
from artists.row_extras import row_extras
from artists.views.pictures import Picture, first_of


class Mark(NamedTuple):
    """One letter of "Has": `state` is yes, low or nothing, `words` say it to everybody."""

    letter: str
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    artist: Artist
    extras: dict[str, object] = field(default_factory=dict)

    @property
    def images(self) -> list[ArtistImage]:
        return list(self.artist.images.all())

    @property
    def picture(self) -> Picture | None:
        return first_of("thumb", self.images)

    @property
    def libraries(self) -> list[Library]:
        return [membership.library for membership in self.artist.memberships.all()]

    @property
    def health(self) -> float | None:
        return self.artist.health_score if self.artist.health_evaluated_at else None

    @property
    def level(self) -> str:
        """The colour of a health that no finding explains."""
        return "good" if self.artist.health_score >= 90 else ""

    @property
    def marks(self) -> list[Mark]:
        artist, images = self.artist, self.images
        return [
            _mark("M", "MusicBrainz ID", bool(artist.musicbrainz_id)),
            _mark("N", "artist.nfo", artist.nfo_exists),
            _image_mark("T", "thumb", images),
            _image_mark("F", "backdrop", images, kind="fanart"),
            _image_mark("L", "logo", images),
            _image_mark("B", "banner", images),
        ]


def rows_of(artists: Sequence[Artist]) -> list[Row]:
    """One query for the libraries, and one per floor above; pictures and memberships are at hand (list_artists)."""
    prefetch_related_objects(list(artists), "images", "memberships__library")
    extras = row_extras([artist.pk for artist in artists])
    return [Row(artist, extras[artist.pk]) for artist in artists]


def _mark(letter: str, name: str, there: bool) -> Mark:
    return Mark(letter, "yes" if there else "", f"{name}: {'yes' if there else 'none'}")


def _image_mark(letter: str, name: str, images: Iterable[ArtistImage], kind: str = "") -> Mark:
    found = [image for image in images if image.kind == (kind or name) and image.exists]
    if not found:
        return _mark(letter, name, False)
    best = max(found, key=lambda image: image.width * image.height)
    size = f"{best.width} × {best.height}" if best.width else "yes"
    several = f", {len(found)} in all" if len(found) > 1 else ""
    if best.low_res:
        return Mark(letter, "low", f"{name}: {size}, low resolution{several}")
    return Mark(letter, "yes", f"{name}: {size}{several}")
