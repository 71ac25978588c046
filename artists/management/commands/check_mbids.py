"""`manage.py check_mbids`: asks MusicBrainz whether stored identifiers still mean the artists that bear them."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from artists.services.bulk_runs.kinds import Asking
from artists.services.mbid_checks import A_PASS, check_mbids
from stillwater.errors import StillwaterError


class Command(BaseCommand):
    help = "Asks MusicBrainz about stored IDs, those that were asked about longest ago first; changes no artist."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--most", type=int, default=A_PASS, help=f"artists to ask about (default {A_PASS})")
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = check_mbids(Asking().panel(None), limit=max(options["most"], 0))
        except StillwaterError as problem:
            raise CommandError(problem.message) from problem
        self.stdout.write(json.dumps(found.as_plain()) if options["json"] else found.message)
