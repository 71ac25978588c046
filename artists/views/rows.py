"""What one line of the artist list shows, made for a whole page in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import prefetch_related_objects

from artists.models import Artist, ArtistImage
from artists.row_extras import row_extras
from artists.views.pictures import Picture, first_of


class Mark(NamedTuple):
    """One letter of "Has": `state` is yes, low or nothing, `words` say it to everybody."""

    letter: str
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """Everything is worked out once: a page has hundreds of them, and a template asks again and again."""

    artist: Artist
    picture: Picture | None
    marks: list[Mark]
    libraries: str
    health: float | None
    """None: never evaluated."""
    level: str
    """The colour of a health that no finding explains."""
    extras: dict[str, object]


def rows_of(artists: Sequence[Artist]) -> list[Row]:
    """One query for the libraries, and one per floor above; pictures and memberships are at hand (list_artists)."""
    prefetch_related_objects(list(artists), "images", "memberships__library")
    extras = row_extras([artist.pk for artist in artists])
    return [_row(artist, extras[artist.pk]) for artist in artists]


def _row(artist: Artist, extras: dict[str, object]) -> Row:
    images = [image for image in artist.images.all() if image.exists]
    return Row(
        artist=artist,
        picture=first_of("thumb", images),
        marks=_marks(artist, images),
        libraries=", ".join(membership.library.name for membership in artist.memberships.all()),
        health=artist.health_score if artist.health_evaluated_at else None,
        level="good" if artist.health_score >= 90 else "",
        extras=extras,
    )


def _marks(artist: Artist, images: list[ArtistImage]) -> list[Mark]:
    return [
        _mark("M", "MusicBrainz ID", bool(artist.musicbrainz_id)),
        _mark("N", "artist.nfo", artist.nfo_exists),
        _image_mark("T", "thumb", [image for image in images if image.kind == "thumb"]),
        _image_mark("F", "backdrop", [image for image in images if image.kind == "fanart"]),
        _image_mark("L", "logo", [image for image in images if image.kind == "logo"]),
        _image_mark("B", "banner", [image for image in images if image.kind == "banner"]),
    ]


def _mark(letter: str, name: str, there: bool) -> Mark:
    return Mark(letter, "yes" if there else "", f"{name}: {'yes' if there else 'none'}")


def _image_mark(letter: str, name: str, found: list[ArtistImage]) -> Mark:
    if not found:
        return _mark(letter, name, False)
    best = max(found, key=lambda image: image.width * image.height)
    size = f"{best.width} × {best.height}" if best.width else "yes"
    several = f", {len(found)} in all" if len(found) > 1 else ""
    if best.low_res:
        return Mark(letter, "low", f"{name}: {size}, low resolution{several}")
    return Mark(letter, "yes", f"{name}: {size}{several}")
