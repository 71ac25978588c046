"""What floor 2 clears up by the clock: bytes kept for undoing, thumbnails, what crashes left behind."""

import time

from django.conf import settings

from artists.services.pictures.drafts import sweep_drafts
from artists.services.pictures.recent_offers import shared_offers
from artists.services.providers.misses import shared_misses
from artists.services.snapshots import sweep_orphans, sweep_snapshots
from stillwater.files import sweep_cache
from stillwater.schedule import is_due
from stillwater.services.options import option_number

HOUR = 3600.0
THUMBNAIL_SECONDS = 180 * 24 * HOUR
"""So long a thumbnail is kept at most: one is made anew in a few milliseconds, and nobody else knows whose are gone."""


def clear_up() -> None:
    """Called every minute; the slower work is done once an hour, by one worker of all."""
    sweep_snapshots()
    if is_due("clear-up", HOUR):
        sweep_orphans()
        sweep_thumbnails()
        shared_misses().sweep()
        sweep_drafts(time.time())
        shared_offers().sweep()


def sweep_thumbnails() -> int:
    """Keep the thumbnails within the option cache.image.max_size_mb (0: no limit); returns how many were removed."""
    limit = option_number("cache.image.max_size_mb") * 1024 * 1024
    return sweep_cache(
        settings.STILLWATER_DATA / "thumbs",
        now=time.time(),
        keep_seconds=THUMBNAIL_SECONDS,
        largest_bytes=limit or None,
    )
