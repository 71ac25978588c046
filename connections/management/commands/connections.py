"""`manage.py connections list` and `manage.py connections test [NAME…]`: how servers stand, and what a test finds."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from connections.models import Connection
from connections.services.testing import try_connection


class Command(BaseCommand):
    help = "Lists the connected servers, or tests them. Exit code 1: at least one that was tested did not pass."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("list", "test"), nargs="?", default="list")
        parser.add_argument("names", nargs="*", metavar="NAME", help="by default all that are switched on")
        parser.add_argument("--json", action="store_true", help="one JSON object per line")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = _chosen(options["names"])
        rows = [_tested(each) for each in chosen] if options["what"] == "test" else [_line(each) for each in chosen]
        for row in rows:
            self.stdout.write(
                json.dumps(row) if options["json"] else "  ".join(f"{value!s:14}" for value in row.values())
            )
        if not all(row.get("ok", True) for row in rows):
            sys.exit(1)


def _chosen(names: list[str]) -> list[Connection]:
    known = {each.name: each for each in Connection.objects.all()}
    for name in names:
        if name not in known:
            raise CommandError(f"there is no connection called {name}")
    return [known[name] for name in names] or [each for each in known.values() if each.enabled]


def _line(connection: Connection) -> dict[str, Any]:
    return {"name": connection.name, "type": connection.type, "status": connection.status, "url": connection.url}


def _tested(connection: Connection) -> dict[str, Any]:
    trial = try_connection(connection)
    return {"name": connection.name, "ok": trial.ok, "message": trial.words, "drift": "; ".join(trial.drift)}
