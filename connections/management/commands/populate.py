"""`manage.py populate [LIBRARY…]`: meet the artists of a server's libraries now."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from artists.models import Library
from connections.services.bring_pictures import bring_pictures
from connections.services.populate import populate
from stillwater.errors import StillwaterError


class Command(BaseCommand):
    help = "Takes over the artists of libraries that came from servers. Exit code 1: at least one failed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pictures", action="store_true", help="artists without a folder get their pictures too")
        parser.add_argument("names", nargs="*", metavar="LIBRARY", help="by default all that came from a server")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = False
        for library in _chosen(options["names"]):
            try:
                said = populate(library).words()
                if options["pictures"]:
                    said = f"{said}; {bring_pictures(library).words()}"
            except StillwaterError as error:
                said, failed = error.message, True
            self.stdout.write(f"{library.name}: {said}")
        if failed:
            sys.exit(1)


def _chosen(names: list[str]) -> list[Library]:
    known = {library.name: library for library in Library.objects.exclude(connection_id=None)}
    for name in names:
        if name not in known:
            raise CommandError(f"no library called {name} came from a server")
    return [known[name] for name in names] or list(known.values())
