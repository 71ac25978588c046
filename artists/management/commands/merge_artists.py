"""`manage.py merge_artists SURVIVOR LOSER… [--dry-run] [--override]`: make several artists one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from artists.queries.detail import artist_by_id
from artists.services.merging.merging import merge, plan_merges
from artists.services.merging.planning import MergePlan
from stillwater.errors import StillwaterError


class Command(BaseCommand):
    help = "Makes the losers part of the survivor: ids, names, pictures, albums and history; all of it can be undone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("survivor", help="the id of the artist that stays")
        parser.add_argument("losers", nargs="+", help="the ids of those that become part of it")
        parser.add_argument("--dry-run", action="store_true", help="tell what would move, and move nothing")
        parser.add_argument("--override", action="store_true", help="although different words tell them apart")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            survivor = artist_by_id(options["survivor"])
            losers = [artist_by_id(loser) for loser in options["losers"]]
            if options["dry_run"]:
                plans = plan_merges(survivor, losers, override=options["override"])
            else:
                plans = list(merge(survivor, losers, override=options["override"]).plans)
        except StillwaterError as error:
            raise CommandError("; ".join(error.details) or error.message) from error
        for plan in plans:
            self.stdout.write(_as_text(plan))


def _as_text(plan: MergePlan) -> str:
    lines = [f"{plan.loser.name} into {plan.survivor.name}"]
    lines += [f"  refused: {refusal}" for refusal in plan.refusals]
    lines += [f"  {key}: {value}" for key, value in plan.values.items()]
    lines += [f"  alias: {alias}" for alias in plan.aliases]
    lines += [f"  moves: {old} -> {new}" for old, new in plan.moves]
    lines += [f"  removes (kept for undo): {path}" for path in plan.removals]
    return "\n".join(lines)
