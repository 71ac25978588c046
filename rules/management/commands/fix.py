"""`manage.py fix FINDING… | --rule ID | --artist ID | --all [--dry-run] [--json]`: mend what was found."""

import json
import sys
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rules.models import Violation
from rules.queries.findings import FindingFilter, finding, findings
from rules.services.cases import plan_of
from rules.services.fixing import fix, in_a_run
from rules.services.fixing_many import FixAllResult, fix_all
from stillwater.errors import StillwaterError
from stillwater.management.terminal import show_progress
from stillwater.numbers import whole_number

FAILED, STOPPED = 1, 130


class Command(BaseCommand):
    help = "Fixes findings. Exit code 1: at least one could not be fixed. `undo --run` takes a whole run back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("findings", nargs="*", metavar="FINDING", help="ids, as `triage --list` prints them")
        parser.add_argument("--all", action="store_true", help="everything that can be fixed")
        parser.add_argument("--rule", default="", metavar="ID", help="what this rule found")
        parser.add_argument("--artist", default="", metavar="ID", help="what was found of this artist")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done; nobody is asked")
        parser.add_argument("--json", action="store_true", help="JSON instead of sentences")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            chosen = self._chosen(options)
            if options["dry_run"]:
                self._tell_plans(chosen, as_json=options["json"])
            elif options["findings"]:
                self._fix_each(chosen, as_json=options["json"])
            else:
                self._fix_all([row.pk for row in chosen], options)
        except StillwaterError as error:
            raise CommandError(error.message) from error
        except KeyboardInterrupt:
            self.stderr.write("\nStopped. What was fixed stays.")
            sys.exit(STOPPED)

    def _chosen(self, options: dict[str, Any]) -> list[Violation]:
        if options["findings"]:
            return [finding(key) for key in options["findings"]]
        if not (options["all"] or options["rule"] or options["artist"]):
            raise CommandError("name findings, a --rule, an --artist, or say --all")
        wanted = FindingFilter(rule_id=options["rule"], artist_id=whole_number(options["artist"]), fixable=True)
        return list(findings(wanted).select_related("artist"))

    def _tell_plans(self, rows: list[Violation], *, as_json: bool) -> None:
        for row in rows:
            plan = plan_of(row)
            told = {"id": str(row.pk), "artist": row.artist_name, "rule": row.rule_id, "would": plan.would}
            told |= {"refusal": plan.refusal, "code": plan.code}
            words = plan.would or f"not tried: {plan.refusal}"
            line = f"{row.pk}  {row.artist_name}, {row.rule_id}: {words}"
            self.stdout.write(json.dumps(told, ensure_ascii=False) if as_json else line)

    def _fix_each(self, rows: list[Violation], *, as_json: bool) -> None:
        aid, is_whole = in_a_run(None, uuid4()), True
        for row in rows:
            outcome = fix(row.pk, aid=aid)
            is_whole = is_whole and outcome.status == "fixed"
            told = {"id": str(row.pk), "status": outcome.status, "message": outcome.message, "undo": outcome.undo_id}
            undo = f" (undo {outcome.undo_id})" if outcome.undo_id else ""
            line = f"{row.artist_name}, {row.rule_id}: {outcome.status}, {outcome.message}{undo}"
            self.stdout.write(json.dumps(told, ensure_ascii=False) if as_json else line)
        if not is_whole:
            sys.exit(FAILED)

    def _fix_all(self, keys: list[int], options: dict[str, Any]) -> None:
        """All of them are those that are open by then; findings of artists without a library are dismissed first."""
        narrowed = options["rule"] or options["artist"]
        result = fix_all(keys if narrowed else None, progress=self._progress)
        self.stdout.write(json.dumps(result.as_dict()) if options["json"] else _report(result))
        if result.failed:
            sys.exit(FAILED)

    def _progress(self, done: int, total: int | None, message: str = "") -> None:
        show_progress(self.stderr, f"{done} of {total} {message}", ends=done == total)


def _report(result: FixAllResult) -> str:
    lines = [f"{result.fixed} fixed, {result.skipped} left alone, {result.failed} failed, of {result.total}"]
    lines += [f"  {count} × {why}" for why, count in result.reasons.most_common(20)]
    return "\n".join([*lines, f"Take it back with: undo --run {result.group}"] if result.fixed else lines)
