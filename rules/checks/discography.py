"""Predicates over albums: does artist.nfo name those that are there?"""

from django.db.models import ExpressionWrapper, F, FloatField, Q, Value

from rules.checks.words import beyond
from rules.types import Config, Row, Rule, Setting

_RELEASE_TYPES = ("Album", "EP", "Single", "Broadcast", "Other")
"""The primary types of MusicBrainz."""


def _thin(config: Config) -> Q:
    wanted = ExpressionWrapper(
        F("folder_album_count") * Value(config.number("coverage_threshold") / 100), output_field=FloatField()
    )
    known = ~Q(musicbrainz_id="") & Q(nfo_exists=True)
    return known & (Q(album_count=0) | Q(album_count__lt=wanted))


def _thin_sentence(row: Row, config: Config) -> str:
    albums, folders = row["album_count"], row["folder_album_count"]
    if not albums:
        return "artist.nfo names no albums."
    names = f"artist.nfo names {albums} {'album' if albums == 1 else 'albums'}, the folder holds {folders}"
    least = config.number("coverage_threshold")
    return f"{names}: {beyond(albums / folders * 100, least)} %, wanted at least {least:g} %."


DISCOGRAPHY_POPULATED = Rule(
    id="discography_populated",
    name="Discography is filled in",
    description="artist.nfo names the artist's albums.",
    doc="Compares the albums in artist.nfo with the album folders on disk; asks no provider. Only for artists "
    "that have a MusicBrainz ID and an artist.nfo. The fix asks MusicBrainz, and leaves what is listed.",
    category="metadata",
    default_severity="info",
    default_enabled=False,
    own_settings=(
        Setting("coverage_threshold", "number", 50.0, "Least coverage", 0, 100, help="Per cent of the folders."),
        Setting("release_types", "words", "Album,EP", "Releases that are added", choices=_RELEASE_TYPES),
    ),
    broken=_thin,
    facts=("album_count", "folder_album_count"),
    sentence=_thin_sentence,
    fix="discography",
    filesystem=True,
)
