"""`manage.py identify [--all | ARTIST…]`: says who artists are, links and refreshes them."""

import json
import sys
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from artists.models import Artist
from artists.services.identifying.plain import plain_candidates
from artists.services.identifying.running import identify, preview
from artists.services.identifying.scope import by_ids, unidentified
from stillwater.management.terminal import show_progress


class Command(BaseCommand):
    help = "Identifies artists without a MusicBrainz ID. Exit code 1: somebody could not be asked about."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("artists", nargs="*", metavar="ARTIST", help="an id or an exact name")
        parser.add_argument("--all", action="store_true", help="everybody without a MusicBrainz ID")
        parser.add_argument("--dry-run", action="store_true", help="ask and decide, but store nothing")
        parser.add_argument("--json", action="store_true", help="one JSON object per line")

    def handle(self, *args: Any, **options: Any) -> None:
        artists = self._scope(options)
        if options["dry_run"]:
            rows = [_decided(artist, decision) for artist, decision in preview(artists)]
        else:
            result = identify(artists, uuid4(), progress=self._progress)
            rows = [{"run": str(result.run), "message": result.message, **result.counts}]
        for row in rows:
            self.stdout.write(json.dumps(row, ensure_ascii=False) if options["json"] else _line(row))
        if any(row.get("failed") or row.get("verdict") == "not_asked" for row in rows):
            sys.exit(1)

    def _scope(self, options: dict[str, Any]) -> QuerySet[Artist]:
        if options["all"] == bool(options["artists"]):
            raise CommandError("name artists, or say --all")
        return unidentified() if options["all"] else by_ids([_key(word) for word in options["artists"]])

    def _progress(self, done: int, total: int | None, message: str = "") -> None:
        show_progress(self.stderr, f"{done} of {total} {message}", ends=done == total)


def _key(word: str) -> int:
    """Raises CommandError for nobody, and for a name that several have."""
    found = Artist.objects.filter(pk=int(word)) if word.isascii() and word.isdigit() else Artist.objects.none()
    keys = list((found if found.exists() else Artist.objects.filter(name=word)).values_list("pk", flat=True)[:2])
    if len(keys) != 1:
        raise CommandError(f"several artists are called {word}: say the id" if keys else f"no artist {word}")
    return keys[0]


def _decided(artist: Artist, decision: Any) -> dict[str, Any]:
    return {
        "artist_id": str(artist.pk),
        "name": artist.name,
        "verdict": decision.verdict,
        "tier": decision.tier,
        "mbid": decision.mbid,
        "reason": decision.reason,
        "candidates": plain_candidates(decision.candidates),
        "evidence": dict(decision.evidence),
    }


def _line(row: dict[str, Any]) -> str:
    if "message" in row:
        return str(row["message"])
    return f"{row['name']}: {row['verdict']} {row['tier']} {row['mbid']} ({row['reason']})"
