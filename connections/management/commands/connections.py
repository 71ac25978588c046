"""`manage.py connections list`, `test [NAME…]` and `managed [NAME on|off]`: how servers stand, what a test finds, and
who writes their artwork and NFO files.
"""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from connections.models import Connection
from connections.services.managed import switch
from connections.services.testing import Trial, try_connections
from stillwater.errors import StillwaterError


class Command(BaseCommand):
    help = (
        "Lists the connected servers, tests them, or says and changes whether Stillwater manages their artwork and "
        "NFO files. "
        "Exit code 1: at least one that was tested did not pass, or the server did not follow."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("list", "test", "managed"), nargs="?", default="list")
        parser.add_argument(
            "names",
            nargs="*",
            metavar="NAME",
            help="by default all that are switched on; managed: a name, and on or off",
        )
        parser.add_argument("--json", action="store_true", help="one JSON object per line")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = self._rows(options["what"], options["names"])
        for row in rows:
            self.stdout.write(
                json.dumps(row) if options["json"] else "  ".join(f"{value!s:14}" for value in row.values())
            )
        if not all(row.get("ok", True) for row in rows):
            sys.exit(1)

    def _rows(self, what: str, names: list[str]) -> list[dict[str, Any]]:
        if what == "managed" and names[1:] in (["on"], ["off"]):
            return [_switched(_chosen(names[:1])[0], names[1] == "on")]
        chosen = _chosen(names)
        if what == "test":
            return [_tested(each, trial) for each, trial in zip(chosen, try_connections(chosen), strict=True)]
        return [(_managed if what == "managed" else _line)(each) for each in chosen]


def _chosen(names: list[str]) -> list[Connection]:
    known = {each.name: each for each in Connection.objects.all()}
    for name in names:
        if name not in known:
            raise CommandError(f"there is no connection called {name}")
    return [known[name] for name in names] or [each for each in known.values() if each.enabled]


def _line(connection: Connection) -> dict[str, Any]:
    return {"name": connection.name, "type": connection.type, "status": connection.status, "url": connection.url}


def _tested(connection: Connection, trial: Trial) -> dict[str, Any]:
    return {"name": connection.name, "ok": trial.ok, "message": trial.words, "drift": "; ".join(trial.drift)}


def _managed(connection: Connection) -> dict[str, Any]:
    """Asks nobody."""
    kept = connection.kept_settings.all()
    said = "; ".join(f"{row.name}: {text}" for row in kept for text in (row.problem, row.drift) if text)
    return {
        "name": connection.name,
        "managed": connection.feature_manage_server_files,
        "kept": len(kept),
        "message": said,
    }


def _switched(connection: Connection, on: bool) -> dict[str, Any]:
    try:
        outcome = switch(connection, on)
    except StillwaterError as error:
        return {**_managed(connection), "ok": False, "message": error.message}
    return {**_managed(connection), "ok": True, "message": "; ".join(outcome.lines) or "nothing had to be changed"}
