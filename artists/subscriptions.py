"""What floor 2 offers to those below it: its background work, the sweeping of old files, the number in the sidebar."""

from importlib import import_module

from artists.models import Artist
from artists.services.cut_off import sweep_cut_off
from artists.services.merging.merging import finish_merges
from artists.services.providers.keys import forget_status
from artists.services.upkeep import clear_up
from artists.tasks import foreign
from stillwater import events
from stillwater.schedule import join_tick
from stillwater.shell import join_count

WORK = (
    "artists.tasks.scanning",
    "artists.tasks.many",
    "artists.tasks.undoing",
    "artists.tasks.tagging",
    "artists.tasks.bulk_runs",
    "artists.tasks.identify",
    "artists.tasks.mbid_checks",
)
"""Modules that declare jobs as they are imported; every process that runs or revives jobs needs them."""


def join() -> None:
    """Called once at start-up by artists/apps.py."""
    for module in WORK:
        import_module(module)
    events.subscribe("settings.changed", forget_status)
    join_tick(sweep_cut_off)
    join_tick(clear_up)
    join_tick(finish_merges)
    join_tick(foreign.tick)
    join_count("artist_count", Artist.objects.count)
