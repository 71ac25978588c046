"""The one track of each album folder, tagged as its owner's habits are."""

from artists.sample.audio import WRITERS, Tags
from artists.sample.chance import seeded, weighted
from artists.sample.plan import ArtistPlan
from artists.sample.profiles import Album

_FORMATS = {".flac": 0.5, ".mp3": 0.3, ".m4a": 0.12, ".ogg": 0.08}


def track(seed: int, plan: ArtistPlan, album: Album) -> tuple[str, bytes]:
    """A file name and its bytes, under 2 KiB; the same arguments give the same bytes."""
    chance = seeded(seed, "track", plan.number, album.title)
    suffix = weighted(chance, _FORMATS)
    content = WRITERS[suffix](_tags(plan, album))
    return f"01 {album.title.replace('/', '_')}{suffix}", content[:20] if plan.tags == "broken" else content


def _tags(plan: ArtistPlan, album: Album) -> Tags:
    name = plan.profile.name
    tags = {"albumartist": name, "artist": name, "album": album.title, "title": album.title, "date": str(album.year)}
    if plan.tags == "plain":
        return tags
    return tags | {
        "musicbrainz_albumartistid": plan.tagged_mbid,
        "musicbrainz_artistid": plan.tagged_mbid,
        "musicbrainz_releasegroupid": album.release_group,
    }
