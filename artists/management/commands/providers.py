"""`manage.py providers list` and `manage.py providers test [NAME…]`: how providers stand, and whether they answer."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from artists.queries.providers import provider_states
from artists.services.providers.settings import spec_of
from artists.services.providers.trying import try_providers
from stillwater.errors import StillwaterError


class Command(BaseCommand):
    help = "Lists the providers, or asks each one question. Exit code 1: at least one that was asked did not answer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("list", "test"), nargs="?", default="list")
        parser.add_argument("names", nargs="*", metavar="NAME", help="by default all that can be asked")
        parser.add_argument("--json", action="store_true", help="one JSON object per line")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for name in options["names"]:
                spec_of(name)
        except StillwaterError as error:
            raise CommandError(f"{error.message}: {name}") from error
        rows = _states(options["names"]) if options["what"] == "list" else _trials(options["names"])
        for row in rows:
            self.stdout.write(
                json.dumps(row) if options["json"] else "  ".join(f"{value!s:14}" for value in row.values())
            )
        if not all(row.get("ok", True) for row in rows):
            sys.exit(1)


def _states(names: list[str]) -> list[dict[str, Any]]:
    wanted = [state for state in provider_states() if not names or state.name in names]
    return [{"name": state.name, "status": state.status, "rate_limit": state.rate_limit} for state in wanted]


def _trials(names: list[str]) -> list[dict[str, Any]]:
    return [{"name": each.provider, "ok": each.ok, "reason": each.reason} for each in try_providers(names or None)]
