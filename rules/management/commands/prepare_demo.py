"""`manage.py prepare_demo FOLDER`: what `serve --demo` calls: a generated library, known and waiting to be scanned."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from artists.demo.registry import FAKES
from artists.sample.builder import build_library
from artists.sample.demo import ARTISTS, SEED
from artists.services.libraries import create_library
from artists.services.providers.keys import set_key
from artists.services.providers.settings import spec_or_none
from artists.tasks.scanning import start_scan
from connections.demo.houses import EMBY_KEY, JELLYFIN_KEY
from connections.services.connections import add_connection
from connections.tasks.testing import start_tests
from rules.catalogue import RULES
from rules.services.rules import update_rule


class Command(BaseCommand):
    help = "Builds the demo's library, adds it, switches every rule on and asks for a scan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        self.stdout.write("Drawing the demo's pictures…")
        build_library(folder, artists=ARTISTS, seed=SEED, flavour="demo")
        create_library(name="Demo music", path=str(folder))
        _enter_keys()
        _connect_servers()
        for rule in RULES:
            update_rule(rule.id, enabled=True)
        start_scan(None)


def _connect_servers() -> None:
    """Tested by the worker, which starts together with them."""
    origin = settings.STILLWATER_DEMO_SERVERS_URL
    for name, kind, key in (("Living room", "emby", EMBY_KEY), ("Attic", "jellyfin", JELLYFIN_KEY)):
        if origin:
            add_connection(name=name, type=kind, url=f"{origin}/{kind}/server", api_key=key, skip_test=True)
    start_tests()


def _enter_keys() -> None:
    """What the invented providers accept, as a person would type it; untested, for they start a little later."""
    for name, fake in FAKES.items():
        spec = spec_or_none(name)
        if not fake.key or spec is None or spec.key == "none":
            continue
        parts = json.loads(fake.key) if len(spec.key_parts) > 1 else {spec.key_parts[0]: fake.key}
        set_key(name, parts, skip_test=True)
