"""What is kept in our data folder for the sake of speed: thumbnails, and pictures of artists that have no folder.

A picture that stands in a slot of such an artist lies nowhere else: it is counted, and never deleted. Bytes that are
kept for undoing (snapshots.py) are no cache and are not counted.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from artists.folders.storable import on_disk
from artists.models import ArtistImage
from artists.services.pictures.moving_in import moving_in
from artists.services.pictures.places import cached_pictures
from stillwater.files import STRANDED_SECONDS, Cached, cached_files, remove_cached, sweep_cache
from stillwater.services.options import option_number

LIMIT = "cache.image.max_size_mb"
MEGABYTE = 1024 * 1024
KEPT_SECONDS = 180 * 24 * 3600.0
"""So long a thumbnail is kept that nobody asked for: it is made anew in milliseconds; nobody knows whose are gone."""


@dataclass(frozen=True, slots=True)
class CacheStats:
    """`artist_count`: artists without a folder whose pictures lie here. `limit_bytes` 0: no limit."""

    size_bytes: int
    file_count: int
    artist_count: int
    in_use_bytes: int
    limit_bytes: int

    @property
    def is_beyond_help(self) -> bool:
        """The pictures in use alone need more than the limit."""
        return 0 < self.limit_bytes < self.in_use_bytes


@dataclass(frozen=True, slots=True)
class Cleared:
    files_deleted: int
    bytes_freed: int


def cache_stats() -> CacheStats:
    files, needed = cached_files(thumbnails(), cached_pictures()), in_use()
    artists = {Path(file.path).parent.name for file in files if _is_picture(file)}
    return CacheStats(
        size_bytes=sum(file.size for file in files),
        file_count=len(files),
        artist_count=len(artists),
        in_use_bytes=sum(file.size for file in files if file.path in needed),
        limit_bytes=option_number(LIMIT) * MEGABYTE,
    )


def clear_cache() -> Cleared:
    """Delete whatever can be made again or is in no slot; what resists, or is in use, stays."""
    spared = _sparing()
    gone = [file for file in cached_files(thumbnails(), cached_pictures()) if not spared(file) and remove_cached(file)]
    return Cleared(len(gone), sum(file.size for file in gone))


def sweep_picture_cache() -> int:
    """Keep the cache within the option cache.image.max_size_mb (0: no limit), the longest unused go first; returns how
    many were removed.
    """
    limit = option_number(LIMIT) * MEGABYTE
    return sweep_cache(
        thumbnails(),
        cached_pictures(),
        now=time.time(),
        keep_seconds=KEPT_SECONDS,
        largest_bytes=limit or None,
        spared=_sparing(),
    )


def thumbnails() -> Path:
    folder: Path = settings.STILLWATER_DATA / "thumbs"
    return folder


def in_use() -> set[str]:
    """The paths of pictures that stand in a slot of an artist without a folder."""
    rows = ArtistImage.objects.filter(artist__path="", exists=True).order_by().values_list("artist", "file_name")
    home = str(cached_pictures())
    return {os.path.join(home, str(artist), on_disk(name)) for artist, name in rows}


def _sparing() -> Callable[[Cached], bool]:
    """What is in use, what an operation may be about to put into a slot, and what is to move into a folder."""
    needed, young = in_use(), time.time() - STRANDED_SECONDS
    waiting = {str(artist.pk) for artist in moving_in()}

    def spared(file: Cached) -> bool:
        if file.path in needed:
            return True
        return _is_picture(file) and (file.changed > young or Path(file.path).parent.name in waiting)

    return spared


def _is_picture(file: Cached) -> bool:
    return cached_pictures() in Path(file.path).parents
