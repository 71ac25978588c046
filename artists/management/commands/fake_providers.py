"""`manage.py fake_providers --port N`: the demo's invented providers on loopback, until they are stopped."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from artists.demo.world import world_of
from artists.sample.demo import ARTISTS, SEED, demo_recipes


class Command(BaseCommand):
    help = "Serves invented providers that know the artists of the demo's library."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        world = world_of(SEED, demo_recipes(SEED, ARTISTS))
        with running(FakeWorld(world, FAKES), options["port"]):
            stopped.wait()
