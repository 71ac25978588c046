"""What the audio files say of who an artist is: which MBIDs, by how many albums, and whether they agree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from artists.models import AlbumTags, Artist
from artists.services.album_tags import claims, is_compilation


@dataclass(frozen=True, slots=True)
class TagEvidence:
    """For one artist. `claims`: MBID to the number of albums that name it, most first; compilations are left out.

    `albums` counts the albums that were read, `denied` says that the stored MBID is named by none though others are,
    `in_conflict` that albums name different artists.
    """

    albums: int
    claims: Mapping[str, int]
    denied: bool
    in_conflict: bool

    @property
    def best(self) -> str:
        """The MBID that most albums name; '' when none is, or when two are named equally often."""
        ranked = list(self.claims.items())
        tied = len(ranked) > 1 and ranked[0][1] == ranked[1][1]
        return ranked[0][0] if ranked and not tied else ""


def tag_evidence(artist_ids: Iterable[int]) -> dict[int, TagEvidence]:
    """For every artist of whom an album was read: two queries, however many they are."""
    albums: dict[int, list[AlbumTags]] = {}
    rows = AlbumTags.objects.filter(artist__in=list(artist_ids), was_read=True).order_by("artist", "folder")
    for album in rows:
        if not is_compilation(album):
            albums.setdefault(album.artist_id, []).append(album)
    stored = dict(Artist.objects.filter(pk__in=albums).values_list("pk", "musicbrainz_id"))
    return {pk: _evidence(found, stored.get(pk, "").lower()) for pk, found in albums.items()}


def _evidence(albums: list[AlbumTags], mbid: str) -> TagEvidence:
    counted = dict(sorted(claims(albums).items(), key=lambda pair: (-pair[1], pair[0])))
    named = [set(album.album_artist_mbids) for album in albums if album.album_artist_mbids]
    shared = set.intersection(*named) if named else set()
    return TagEvidence(
        albums=len(albums),
        claims=counted,
        denied=bool(mbid and counted) and mbid not in counted,
        in_conflict=bool(named) and not shared,
    )
