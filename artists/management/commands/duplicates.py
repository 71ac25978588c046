"""`manage.py duplicates [--near] [--json]`: artists that may be one and the same, and why."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from artists.queries.duplicates import DuplicateGroup, open_groups


class Command(BaseCommand):
    help = "Lists the groups of artists that may be one; those that were ignored are left out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--near", action="store_true", help="names that are nearly the same, too; takes longer")
        parser.add_argument("--json", action="store_true", help="one JSON object per line")

    def handle(self, *args: Any, **options: Any) -> None:
        for group in open_groups(near=options["near"]):
            self.stdout.write(_as_json(group) if options["json"] else _as_text(group))


def _as_json(group: DuplicateGroup) -> str:
    told = {
        "key": group.key,
        "reasons": group.reasons,
        "warnings": group.warnings,
        "survivor_id": group.survivor.pk,
        "artists": [{"id": artist.pk, "name": artist.name, "path": artist.path} for artist in group.artists],
    }
    return json.dumps(told, ensure_ascii=False)


def _as_text(group: DuplicateGroup) -> str:
    lines = [group.reason, *(f"  careful: {warning}" for warning in group.warnings)]
    for artist in group.artists:
        mark = "*" if artist == group.survivor else " "
        lines.append(f"{mark} {artist.pk:>8}  {artist.name}  ({artist.path})")
    return "\n".join(lines)
