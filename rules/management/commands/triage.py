"""`manage.py triage --list [filters]`, `manage.py triage FINDING [--choose N]`: one finding after the other."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rules.models import Violation
from rules.queries.findings import FindingFilter, finding, findings, stretch
from rules.services.cases import plan_of
from rules.services.choosing import apply_candidate
from stillwater.errors import StillwaterError


class Command(BaseCommand):
    help = "Lists what waits for a decision, the worst first, tells all about one finding, or takes a candidate."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("finding", nargs="?", default="", help="an id, as --list prints it")
        parser.add_argument("--list", action="store_true", help="what waits, the worst first")
        parser.add_argument("--choose", type=int, default=0, metavar="N", help="take this candidate, counted from 1")
        parser.add_argument("--status", default="active", help="active, open or pending_choice")
        parser.add_argument("--rule", default="", metavar="ID", help="only findings of this rule")
        parser.add_argument("--limit", type=int, default=50, help="so many (50)")
        parser.add_argument("--json", action="store_true", help="one JSON object per line")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"] == bool(options["finding"]):
            raise CommandError("say --list, or name a finding")
        try:
            if options["list"]:
                wanted = FindingFilter(status=options["status"], rule_id=options["rule"])
                rows = stretch(findings(wanted), 0, max(1, options["limit"]))
            else:
                rows = [finding(options["finding"])]
                if options["choose"]:
                    self._choose(rows[0], options["choose"])
                    return
        except StillwaterError as error:
            raise CommandError(error.message) from error
        for row in rows:
            told = _told(row)
            self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else _line(told))

    def _choose(self, row: Violation, number: int) -> None:
        if not 1 <= number <= len(row.candidates):
            raise CommandError(f"there are {len(row.candidates)} candidates")
        chosen = row.candidates[number - 1]
        made = apply_candidate(row.pk, chosen["url"], chosen["image_type"])
        self.stdout.write(f"{row.artist_name}: {made.summary} (undo {made.pk})")


def _told(row: Violation) -> dict[str, Any]:
    plan = plan_of(row)
    return {
        "id": str(row.pk),
        "artist": row.artist_name,
        "rule": row.rule_id,
        "severity": row.severity,
        "status": row.status,
        "message": row.message,
        "would": plan.would,
        "refusal": plan.refusal,
        "candidates": row.candidates,
        "story": row.story,
    }


def _line(told: dict[str, Any]) -> str:
    head = f"{told['id']}  {told['severity']:8}{told['artist']}: {told['message']} ({told['rule']})"
    then = f"\n    {told['would'] or told['refusal']}"
    shown = (
        f"\n    {number}. {one['width'] or '?'} × {one['height'] or '?'} from {one['source']}  {one['url']}"
        for number, one in enumerate(told["candidates"], start=1)
    )
    return "".join([head, then, *shown])
