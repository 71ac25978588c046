"""`manage.py artists [QUERY] [--search TEXT] [--json | --csv]`: list artists by the filters of the list page."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict

from artists.queries.filters import ArtistFilter
from artists.queries.listing import matching
from stillwater.errors import Invalid, StillwaterError
from stillwater.spreadsheets import csv_lines

COLUMNS = (
    "id", "name", "sort_name", "type", "musicbrainz_id", "health_score", "locked", "is_excluded", "nfo_state", "path",
)  # fmt: skip


class Command(BaseCommand):
    help = "Lists all artists that match. QUERY is what stands behind the ? of the list page's address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "query", nargs="?", default="", help='such as "filter_missing_mbid=y&filter_locked=-y&sort=health_score"'
        )
        parser.add_argument("--search", metavar="TEXT", help="a part of the name, or of an alias")
        shape = parser.add_mutually_exclusive_group()
        shape.add_argument("--json", action="store_true", help="one JSON object per line")
        shape.add_argument("--csv", action="store_true", help="a table for spreadsheets")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            wanted = _filter(options["query"], options["search"])
        except StillwaterError as error:
            raise CommandError(error.message) from error
        rows = matching(wanted).order_by(*wanted.ordering()).values(*COLUMNS).iterator()
        lines = csv_lines(COLUMNS, (row.values() for row in rows)) if options["csv"] else _lines(rows, options["json"])
        for line in lines:
            self.stdout.write(line, ending="")


def _filter(query: str, search: str | None) -> ArtistFilter:
    given = QueryDict(query.removeprefix("?"), mutable=True)
    if search is not None:
        given["search"] = search
    wanted = ArtistFilter.from_query(given)
    _require_understood(given, wanted)
    return wanted


def _require_understood(given: QueryDict, wanted: ArtistFilter) -> None:
    """A page leaves out what it does not know; a script has to hear of its slip, else it works on all artists."""
    filters = {f"filter_{key}" for key in wanted.facets} | {f"filter_library_{key}" for key in wanted.libraries}
    odd = [key for key in given if key not in filters | {"search", "ids", "sort", "order", "library_id"}]
    if given.get("sort", wanted.sort) != wanted.sort:
        odd.append("sort")
    if given.get("order", "asc") not in ("asc", "desc"):
        odd.append("order")
    if odd:
        raise Invalid(f"not understood: {', '.join(odd)}")


def _lines(rows: Iterator[dict[str, Any]], as_json: bool) -> Iterator[str]:
    for row in rows:
        text = json.dumps(row, ensure_ascii=False) if as_json else f"{row['id']:>8}  {row['name']}  ({row['path']})"
        yield f"{text}\n"
