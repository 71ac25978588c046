"""Reads the tags of one audio file per album folder into stored facts; unchanged files are not opened again."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from artists.folders.storable import on_disk
from artists.models import AlbumTags, Artist
from artists.services.parallel import cores, spread
from artists.tags.looking import AlbumFound, TagsFound, TagTask, look_for_tags
from artists.tags.track import VARIOUS_ARTISTS
from stillwater.events import publish
from stillwater.progress import Progress, no_progress

AT_ONCE = 32
_FACTS = ("tag_albums", "tag_mbid", "tag_mbid_albums", "tag_mbids")
_VALUES = ("album_artist", "album_artist_mbids", "release_group_id", "album", "year")
_COLUMNS = ("file_stamp", "was_read", *_VALUES, "problem")


@dataclass(slots=True)
class TagResult:
    """How many artists were looked at, how many albums were read anew, and how many of those could not be."""

    artists: int = 0
    albums: int = 0
    unreadable: int = 0

    def as_plain(self) -> dict[str, Any]:
        return asdict(self) | {"message": f"{self.artists} artists, {self.albums} albums read"}


def read_album_tags(
    artist_ids: Sequence[int] | None = None, *, progress: Progress = no_progress, workers: int | None = None
) -> TagResult:
    """Look into the album folders of artists with a folder (None: all); publishes `artists.tagged` {artist_ids}.

    What could not be read leaves what is known of it as it was. Killed, the next run opens only what is not stored
    yet. Raises Cancelled.
    """
    artists = Artist.objects.exclude(path="").filter(missing_since=None)
    if artist_ids is not None:
        artists = artists.filter(pk__in=artist_ids)
    total, result = artists.count(), TagResult()
    queue: deque[list[int]] = deque()
    pieces = _pieces(artists.order_by("pk").values_list("pk", "path"), queue)
    for found in spread(look_for_tags, pieces, workers=cores() if workers is None else workers):
        _save(queue.popleft(), found, result)
        progress(result.artists, total, f"{result.artists} of {total} artists")
    return result


def _pieces(rows: Any, queue: deque[list[int]]) -> Iterator[list[TagTask]]:
    """Pieces of work by key, so that no cursor stays open; whose they are waits in the queue, in the same order."""
    last = 0
    while some := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        last = some[-1][0]
        known = _known([pk for pk, _ in some])
        queue.append([pk for pk, _ in some])
        yield [TagTask(on_disk(path), known.get(pk, {})) for pk, path in some]


def _known(artists: Sequence[int]) -> dict[int, dict[str, str]]:
    known: dict[int, dict[str, str]] = {}
    rows = AlbumTags.objects.order_by().filter(artist__in=artists).values_list("artist", "folder", "file_stamp")
    for artist, folder, stamp in rows:
        known.setdefault(artist, {})[folder] = stamp
    return known


def _save(artists: Sequence[int], found: Sequence[TagsFound], result: TagResult) -> None:
    result.artists += len(artists)
    with transaction.atomic():
        alive = Artist.objects.select_for_update().order_by("pk").in_bulk(artists)
        looked = {pk: one for pk, one in zip(artists, found, strict=True) if not one.problem and pk in alive}
        stored = {(row.artist_id, row.folder): row for row in AlbumTags.objects.filter(artist__in=looked)}
        rows = [_row(pk, album, stored.get((pk, album.folder))) for pk, one in looked.items() for album in _told(one)]
        AlbumTags.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["artist", "folder"], update_fields=_COLUMNS
        )
        here = {(pk, album.folder) for pk, one in looked.items() for album in one.albums if album.stamp or album.tags}
        gone = [row.pk for key, row in stored.items() if key not in here]
        AlbumTags.objects.filter(pk__in=gone).delete()
        changed = _derive([alive[pk] for pk in looked])
    result.albums += len(rows)
    result.unreadable += sum(bool(row.problem) for row in rows) + sum(bool(one.problem) for one in found)
    if changed:
        publish("artists.tagged", {"artist_ids": changed})


def _told(found: TagsFound) -> Iterator[AlbumFound]:
    return (album for album in found.albums if album.tags is not None)


def _row(artist: int, album: AlbumFound, before: AlbumTags | None) -> AlbumTags:
    """A look that failed keeps the values of the one before; one that could not be taken has to be made again."""
    row = before or AlbumTags(artist_id=artist, folder=album.folder)
    tags = album.tags
    if tags is None:
        return row
    row.problem, row.file_stamp = tags.problem, "" if tags.unreachable else album.stamp
    if not tags.problem:
        row.was_read = True
        row.album_artist, row.album_artist_mbids = tags.album_artist or tags.artist, list(tags.claimed_mbids)
        row.release_group_id, row.album, row.year = tags.release_group_id, tags.album, tags.year
    return row


def is_compilation(album: AlbumTags) -> bool:
    return VARIOUS_ARTISTS in album.album_artist_mbids or album.album_artist.casefold() == "various artists"


def claims(albums: Iterable[AlbumTags]) -> Counter[str]:
    """MBID to the number of albums that name it, compilations left out."""
    return Counter(mbid for album in albums if not is_compilation(album) for mbid in album.album_artist_mbids)


def _derive(artists: Sequence[Artist]) -> list[int]:
    """Store what the albums say together; returns the artists of whom that changed."""
    albums: dict[int, list[AlbumTags]] = {artist.pk: [] for artist in artists}
    for album in AlbumTags.objects.filter(artist__in=albums, was_read=True):
        albums[album.artist_id].append(album)
    news = {artist.pk: facts for artist in artists if (facts := _news_of(artist, albums[artist.pk]))}
    for key, facts in news.items():
        Artist.objects.filter(pk=key).update(**facts)  # facts of the folder, no field of the artist
    return list(news)


def _news_of(artist: Artist, albums: Sequence[AlbumTags]) -> dict[str, object]:
    """The facts that the albums give the artist; empty where it has them already."""
    counted = claims(albums)
    mbid = min(counted, key=lambda each: (-counted[each], each), default="")
    facts = (sum(not is_compilation(album) for album in albums), mbid, counted[mbid], " ".join(sorted(counted)))
    if facts == tuple(getattr(artist, column) for column in _FACTS):
        return {}
    return dict(zip(_FACTS, facts, strict=True))
