"""What floor 2 clears up by the clock: bytes kept for undoing, thumbnails, what crashes left behind."""

import time

from artists.services.alike_pictures import find_near_pictures
from artists.services.picture_cache import sweep_picture_cache
from artists.services.pictures.drafts import sweep_drafts
from artists.services.pictures.recent_offers import shared_offers
from artists.services.providers.misses import shared_misses
from artists.services.snapshots import sweep_orphans, sweep_snapshots
from stillwater.schedule import is_due

HOUR = 3600.0


def clear_up() -> None:
    """Called every minute; the slower work is done once an hour, by one worker of all."""
    sweep_snapshots()
    if is_due("clear-up", HOUR):
        sweep_orphans()
        sweep_picture_cache()
        shared_misses().sweep()
        sweep_drafts(time.time())
        shared_offers().sweep()
    if is_due("near-pictures", 24 * HOUR):
        find_near_pictures()
