"""Predicates over who an artist is: identifiers present, used once, and the folder that fits."""

from collections.abc import Iterable, Sequence

from django.db.models import Exists, F, OuterRef, Q

from artists.models import Artist, MbidVerdict
from rules.checks.words import beyond, tolerance
from rules.types import Config, Row, Rule, Setting

_PROVIDERS = {"discogs": "Discogs", "deezer": "Deezer", "spotify": "Spotify"}

NFO_HAS_MBID = Rule(
    id="nfo_has_mbid",
    name="MusicBrainz ID is known",
    description="The artist has a MusicBrainz ID.",
    doc="With it every provider and every server means the same artist. Looks at what is stored, "
    "which a scan reads from artist.nfo.",
    category="nfo",
    default_severity="error",
    default_mode="auto",
    broken=lambda _config: Q(musicbrainz_id=""),
    sentence=lambda _row, _config: "There is no MusicBrainz ID.",
    fix="identity",
)


def _same_mbid() -> Exists:
    """The condition on blanks is that of the index."""
    others = Artist.objects.order_by().filter(
        ~Q(musicbrainz_id=""), musicbrainz_id=OuterRef("musicbrainz_id"), is_excluded=False
    )
    return Exists(others.exclude(pk=OuterRef("pk")))


def _sharing_mbid(artists: Sequence[int]) -> Iterable[int]:
    shared = Artist.objects.order_by().filter(~Q(musicbrainz_id=""), pk__in=artists).values("musicbrainz_id")
    known = Artist.objects.order_by().filter(~Q(musicbrainz_id=""))
    return known.filter(musicbrainz_id__in=shared).values_list("pk", flat=True)


MBID_DUPLICATE = Rule(
    id="mbid_duplicate",
    name="MusicBrainz ID is used once",
    description="No other artist has the same MusicBrainz ID.",
    doc="Two folders of one artist, or one of them was taken for the other.",
    category="metadata",
    default_severity="warning",
    broken=lambda _config: ~Q(musicbrainz_id="") & Q(_same_mbid()),
    facts=("musicbrainz_id",),
    sentence=lambda row, _config: f"Another artist has the same MusicBrainz ID {row['musicbrainz_id']}.",
    neighbours=_sharing_mbid,
)


def _contradiction(row: Row, _config: Config) -> str:
    named, albums = row["tag_mbid_albums"], row["tag_albums"]
    return (
        f"The audio tags of {named} of {albums} album{'' if albums == 1 else 's'} name {row['tag_mbid']}, "
        f"none names the stored MusicBrainz ID {row['musicbrainz_id']}."
    )


MBID_CONTRADICTS_TAGS = Rule(
    id="mbid_contradicts_tags",
    name="MusicBrainz ID agrees with the audio tags",
    description="The tags of the artist's own albums do not name another artist than the stored MusicBrainz ID does.",
    doc="A namesake was taken for the artist, or the files were tagged as somebody else's. Broken when no album names "
    "the stored ID and at least two albums, or all of them, name another one. Compilations, and albums whose tags "
    "could not be read or hold no ID, say nothing. The tags are read after a scan; they are never written.",
    category="metadata",
    default_severity="warning",
    broken=lambda _config: (
        ~Q(musicbrainz_id="")
        & ~Q(tag_mbid="")
        & ~Q(tag_mbids__icontains=F("musicbrainz_id"))
        & (Q(tag_mbid_albums__gte=2) | Q(tag_mbid_albums=F("tag_albums")))
    ),
    facts=("musicbrainz_id", "tag_mbid", "tag_mbid_albums", "tag_albums"),
    sentence=_contradiction,
    filesystem=True,
)

_DOUBTS = {
    MbidVerdict.MERGED: "MusicBrainz has merged {mbid} into {survivor} ({found_name}).",
    MbidVerdict.GONE: "MusicBrainz knows no artist with the ID {mbid} any more.",
    MbidVerdict.NAME: "MusicBrainz calls the artist with the ID {mbid} “{found_name}”.",
    MbidVerdict.ALBUMS: "Of {albums_here} albums here, {found_name} at MusicBrainz ({mbid}) has {albums_shared}.",
}
_ANSWER = ("mbid", "verdict", "survivor", "found_name", "albums_here", "albums_shared")


def _doubt(row: Row, _config: Config) -> str:
    said = {name: row[f"mbid_check__{name}"] for name in _ANSWER}
    return _DOUBTS[MbidVerdict(said["verdict"])].format(**said)[:500]


MBID_RESOLVES = Rule(
    id="mbid_resolves",
    name="MusicBrainz ID means this artist",
    description="MusicBrainz still means this artist by the stored ID.",
    doc="Looks at what MusicBrainz said when it was last asked: that the entry was merged into another one, is gone, "
    "or is somebody else by name and albums. While the rule is on, MusicBrainz is asked once a day about the 200 "
    "artists that were asked about longest ago. The fix follows merged entries, and replaces no other ID.",
    category="metadata",
    default_severity="warning",
    default_enabled=False,
    broken=lambda _config: Q(mbid_check__verdict__in=list(_DOUBTS), mbid_check__mbid=F("musicbrainz_id")),
    facts=tuple(f"mbid_check__{name}" for name in _ANSWER),
    sentence=_doubt,
    fix="redirect",
)


def _unlike_sentence(row: Row, config: Config) -> str:
    least = config.number("tolerance") * 100
    names = f"Folder “{row['path'].rpartition('/')[2]}” and name “{row['name']}”"
    return f"{names} are {beyond(row['folder_similarity'] * 100, least)} % alike, wanted at least {least:g} %."


ARTIST_ID_MISMATCH = Rule(
    id="artist_id_mismatch",
    name="Folder and artist agree",
    description="The name of the folder resembles the name of the artist.",
    doc="A folder with quite another name hints at a wrong identification. Compares with name and sort name, "
    "without articles and punctuation.",
    category="metadata",
    default_severity="warning",
    default_enabled=False,
    own_settings=(tolerance(0.8, "Least likeness of the two names, 0 to 1."),),
    broken=lambda config: ~Q(path="") & Q(folder_similarity__lt=config.number("tolerance")),
    facts=("path", "name", "folder_similarity"),
    sentence=_unlike_sentence,
    filesystem=True,
)


def _missing_ids(config: Config) -> Q:
    missing = Q(pk__in=[])
    for provider in _PROVIDERS:
        if config.flag(provider):
            missing |= Q((f"{provider}_id", ""))
    return missing


def _missing_ids_sentence(row: Row, config: Config) -> str:
    names = [name for key, name in _PROVIDERS.items() if config.flag(key) and not row[f"{key}_id"]]
    return f"There is no ID for {', '.join(names)}."


PROVIDER_ID_MISSING = Rule(
    id="provider_id_missing",
    name="Provider IDs are known",
    description="The artist has an ID at each provider that is switched on here.",
    doc="Switch on the providers that you use.",
    category="metadata",
    default_severity="info",
    default_enabled=False,
    own_settings=(
        Setting("discogs", "flag", True, "Discogs"),
        Setting("deezer", "flag", True, "Deezer"),
        Setting("spotify", "flag", False, "Spotify"),
    ),
    broken=_missing_ids,
    facts=("discogs_id", "deezer_id", "spotify_id"),
    sentence=_missing_ids_sentence,
    fix="text",
)
