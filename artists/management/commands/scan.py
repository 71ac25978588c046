"""`manage.py scan [PATH]`: scan all libraries, or the one at PATH, which is added when there is none yet."""

import json
import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from artists.models import Library
from artists.services.album_tags import read_album_tags
from artists.services.alike_pictures import find_near_pictures
from artists.services.fingerprints import take_fingerprints
from artists.services.foreign.examining import examine, waiting
from artists.services.libraries import create_library, library_at
from artists.services.scanner.results import ScanResult
from artists.services.scanner.scanning import scan_libraries
from stillwater.errors import StillwaterError
from stillwater.management.terminal import show_progress, tell

FAILED, STOPPED = 1, 130


class Command(BaseCommand):
    help = (
        "Scans the libraries. Exit code 1: nothing was scanned, no folder could be read, or a library was left alone "
        "because it looks unwell."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", help="a music folder; it becomes a library if it is none yet")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")
        parser.add_argument("--no-fingerprints", action="store_true", help="leave the pictures to the worker")
        parser.add_argument("--no-tags", action="store_true", help="do not look into audio files")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            libraries = [self._library(options["path"])] if options["path"] else None
            result = scan_libraries(libraries, progress=self._progress)
            examine(waiting())
            if not options["no_fingerprints"]:
                take_fingerprints(progress=self._progress)
                find_near_pictures()
            if not options["no_tags"]:
                read_album_tags(progress=self._progress)
        except StillwaterError as error:
            raise CommandError(error.message) from error
        except KeyboardInterrupt:
            self.stderr.write("\nStopped. Scan again to go on.")
            sys.exit(STOPPED)
        self._tell(result, as_json=options["json"])
        if result.error or result.saw_nothing or self._stopped(libraries):
            sys.exit(FAILED)

    def _library(self, path: str) -> Library:
        library = library_at(path)
        if library is None:
            library = create_library(path=os.path.abspath(path))
            tell(self.stderr, f"Added the library {library.name}.")
        return library

    def _stopped(self, libraries: list[Library] | None) -> bool:
        chosen = Library.objects.exclude(path="")
        if libraries is not None:
            chosen = chosen.filter(pk__in=[library.pk for library in libraries])
        return chosen.exclude(scan_problem="").exists()

    def _progress(self, done: int, total: int | None, message: str = "") -> None:
        show_progress(self.stderr, message, ends=done == total)

    def _tell(self, result: ScanResult, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(result.as_plain(), ensure_ascii=False))
            return
        self.stdout.write(result.message)
        for note in result.notes:
            self.stdout.write(f"  {note}")
