"""`manage.py evaluate [--rule ID] [--all] [--json]`: look at the artists by the rules."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rules.services.evaluation import RunResult, evaluate
from stillwater.errors import StillwaterError
from stillwater.management.terminal import show_progress


class Command(BaseCommand):
    help = "Evaluates the rules over the artists that changed since the last time, or over all of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rule", action="append", metavar="ID", help="only this rule; may be given more than once")
        parser.add_argument("--all", action="store_true", help="look at every artist, changed or not")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        scope = "all" if options["all"] else "incremental"
        try:
            result = evaluate(options["rule"], scope=scope, progress=self._progress)
        except StillwaterError as error:
            raise CommandError(error.message) from error
        self.stdout.write(json.dumps(result.as_dict()) if options["json"] else _words(result))

    def _progress(self, done: int, total: int | None, _message: str = "") -> None:
        show_progress(self.stderr, f"{done} of {total} artists", ends=done == total)


def _words(result: RunResult) -> str:
    looked = f"Looked at {result.processed} of {result.total} artists"
    return f"{looked}: {result.found} rules broken, {result.opened} new findings, {result.resolved} resolved."
