"""`manage.py undo OPERATION… | --run GROUP`: take fixes, or any other change, back."""

import sys
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from artists.services.undo import undo_group
from rules.services.fixing import undo_fix
from stillwater.errors import StillwaterError

FAILED = 1


class Command(BaseCommand):
    help = "Takes changes back, with their files. Exit code 1: at least one could not be taken back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("operations", nargs="*", metavar="OPERATION", help="ids, as `fix` prints them")
        parser.add_argument("--run", default="", metavar="GROUP", help="a whole run, the newest change first")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["operations"]) == bool(options["run"]):
            raise CommandError("name changes, or a --run")
        try:
            is_whole = self._run(options["run"]) if options["run"] else self._each(options["operations"])
        except StillwaterError as error:
            raise CommandError(error.message) from error
        if not is_whole:
            sys.exit(FAILED)

    def _run(self, text: str) -> bool:
        result = undo_group(_group(text))
        self.stdout.write(f"{result.undone} taken back")
        for operation, reason in result.refused:
            self.stdout.write(f"  {operation.artist_name}: {operation.summary} stays, {reason}")
        return not result.refused

    def _each(self, keys: list[str]) -> bool:
        for key in keys:
            self.stdout.write(undo_fix(key).summary)
        return True


def _group(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise CommandError("a run is named by its UUID") from None
