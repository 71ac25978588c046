"""`manage.py fake_servers --port N`: the demo's invented servers on loopback, until they are stopped."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from artists.demo.server import FakeWorld, running
from artists.demo.world import World, world_of
from artists.sample.demo import ARTISTS, SEED, demo_recipes
from artists.sample.plan import cast
from connections.demo.houses import emby_house, fakes_of, jellyfin_house, leave_folders_alone, lidarr_house

STRANGERS = 6
"""Artists that the servers have and the library on disk has not."""


class Command(BaseCommand):
    help = "Serves an invented Emby, Jellyfin and Lidarr that know the artists of the demo's library, and some more."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        with running(FakeWorld(World(()), demo_servers()), options["port"]):
            stopped.wait()


def demo_servers() -> Any:
    """Emby has everybody, Jellyfin every second one, Lidarr nobody but those of the library. None of them writes there:
    a demo in which nothing may be mended would show little."""
    roles = cast(SEED, demo_recipes(SEED, ARTISTS))
    acts = world_of(SEED, demo_recipes(SEED, ARTISTS)).acts[: len(roles)]
    strangers = world_of(SEED + 1, demo_recipes(SEED + 1, STRANGERS)).acts[:STRANGERS]
    known, folders = (*acts, *strangers), [*(role.folder for role in roles), *(act.name for act in strangers)]
    jellyfin, emby = jellyfin_house(known[::2], folders[::2]), emby_house(known, folders)
    leave_folders_alone(jellyfin, emby)
    return fakes_of(jellyfin, emby, lidarr_house(acts, folders))
