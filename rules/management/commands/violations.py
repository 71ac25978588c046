"""`manage.py violations [--status …] [--severity …] [--rule …] [--json | --csv]`: what was found."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rules.catalogue import rule_by_id
from rules.queries.findings import FindingFilter, export_rows, findings
from stillwater.errors import StillwaterError
from stillwater.spreadsheets import csv_lines

COLUMNS = ("artist_name", "library_name", "rule_id", "severity", "message", "status", "age")


class Command(BaseCommand):
    help = "Lists findings, the worst first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--status", default="active", help="active, open, pending_choice, dismissed or resolved")
        parser.add_argument("--severity", default="", help="error, warning or info")
        parser.add_argument("--rule", default="", metavar="ID", help="only findings of this rule")
        shape = parser.add_mutually_exclusive_group()
        shape.add_argument("--json", action="store_true", help="one JSON object per line")
        shape.add_argument("--csv", action="store_true", help="a table for spreadsheets")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = FindingFilter(status=options["status"], severity=options["severity"], rule_id=options["rule"])
        try:
            if wanted.rule_id:
                rule_by_id(wanted.rule_id)
            rows = export_rows(findings(wanted))
        except StillwaterError as error:
            raise CommandError(error.message) from error
        if options["csv"]:
            for line in csv_lines(COLUMNS, ([row[name] for name in COLUMNS] for row in rows)):
                self.stdout.write(line, ending="")
            return
        for row in rows:
            self.stdout.write(json.dumps(row, ensure_ascii=False) if options["json"] else _line(row))


def _line(row: dict[str, Any]) -> str:
    return f"{row['severity']:8}{row['artist_name']}: {row['message']} ({row['rule_id']}, {row['age']})"
