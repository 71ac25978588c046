"""`manage.py refresh ARTIST… | --all-missing [--json]`: ask the providers about artists and take what they say."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from artists.models import Artist
from artists.queries.unrefreshed import artist_called, unrefreshed
from artists.services.refresh import refresh
from artists.services.sources import sources_for
from stillwater.errors import StillwaterError
from stillwater.management.terminal import show_progress

FAILED, STOPPED = 1, 130


@dataclass(frozen=True, slots=True)
class Line:
    """What came of one artist. `problem`: why it was not refreshed; `down`: who could not be asked, and why.

    `whole`: everybody was asked, and artist.nfo followed.
    """

    id: int
    name: str
    changed: list[str] = field(default_factory=list)
    down: dict[str, str] = field(default_factory=dict)
    warning: str = ""
    problem: str = ""
    whole: bool = False

    @property
    def text(self) -> str:
        """For people."""
        if self.problem:
            return f"{self.name}: not refreshed, {self.problem}"
        words = ", ".join(self.changed) or "nothing was new"
        notes = [*([self.warning] if self.warning else []), *(f"{name} {why}" for name, why in self.down.items())]
        return f"{self.name}: {words}{''.join(f'; {note}' for note in notes)}"


class Command(BaseCommand):
    help = (
        "Refreshes artists from the providers. "
        "Exit code 1: at least one artist was not refreshed, or a provider could not be asked."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("artists", nargs="*", metavar="ARTIST", help="an id, a MusicBrainz ID, or the whole name")
        parser.add_argument(
            "--all-missing", action="store_true", help="all with a MusicBrainz ID about whom nothing was answered yet"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object per line")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["artists"]) == options["all_missing"]:
            raise CommandError("name artists, or give --all-missing")
        try:
            chosen = [artist_called(text) for text in options["artists"]] or list(unrefreshed())
        except StillwaterError as error:
            raise CommandError(error.message) from error
        try:
            is_whole = self._refresh(chosen, as_json=options["json"])
        except KeyboardInterrupt:
            self.stderr.write("\nStopped. What was refreshed stays.")
            sys.exit(STOPPED)
        if not is_whole:
            sys.exit(FAILED)

    def _refresh(self, artists: Iterable[Artist], *, as_json: bool) -> bool:
        """One after the other, each told as soon as it is done. Whether all went well."""
        chosen, is_whole = list(artists), True
        for number, artist in enumerate(chosen, start=1):
            self._progress(f"{number} of {len(chosen)}: {artist.name}")
            line = _refreshed(artist)
            self._progress("")
            self.stdout.write(json.dumps(asdict(line), ensure_ascii=False) if as_json else line.text)
            is_whole = is_whole and line.whole
        return is_whole

    def _progress(self, text: str) -> None:
        show_progress(self.stderr, text)


def _refreshed(artist: Artist) -> Line:
    """Nobody looks at a page meanwhile, so providers get the time they need."""
    try:
        done = refresh(artist, sources=sources_for(artist, purpose="job"))
    except StillwaterError as error:
        return Line(artist.pk, artist.name, problem=error.message)
    if done.status == "disambiguation_required":
        return Line(artist.pk, artist.name, problem="it has no MusicBrainz ID")
    whole = not done.down and not (done.change and done.change.warning)
    return Line(artist.pk, artist.name, done.values, dict(done.down), done.warning, whole=whole)
