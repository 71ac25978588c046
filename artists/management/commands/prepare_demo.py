"""`manage.py prepare_demo FOLDER`: what `serve --demo` calls: a generated library, known and waiting to be scanned."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from artists.sample.builder import build_library
from artists.services.libraries import create_library
from artists.tasks.scanning import start_scan

SEED, ARTISTS = 1973, 60


class Command(BaseCommand):
    help = "Builds the demo's library, adds it and asks for a scan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        self.stdout.write("Drawing the demo's pictures…")
        build_library(folder, artists=ARTISTS, seed=SEED, flavour="demo")
        create_library(name="Demo music", path=str(folder))
        start_scan(None)
