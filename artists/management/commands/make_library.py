"""`manage.py make_library DIR --artists N --seed S`: a reproducible music folder for tests, demo and benchmarks."""

import os
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from artists.sample.builder import FLAVOURS, build_library
from artists.sample.report import SampleReport
from stillwater.errors import StillwaterError
from stillwater.management.terminal import show_progress

DEFAULT_ARTISTS = {"plain": 100, "demo": 60, "oddities": 0}


class Command(BaseCommand):
    help = "Builds a sample music library; the same seed gives the same files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a new or empty folder, or one that this command made")
        parser.add_argument("--artists", type=int, help="how many ordinary artists (plain 100, demo 60, oddities 0)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same library (1)")
        parser.add_argument("--flavour", choices=FLAVOURS, default="plain")
        parser.add_argument("--light", action="store_true", help="pictures of true size in few bytes, for benchmarks")

    def handle(self, *args: Any, **options: Any) -> None:
        flavour, artists = options["flavour"], options["artists"]
        started = time.monotonic()
        try:
            report = build_library(
                options["folder"],
                artists=DEFAULT_ARTISTS[flavour] if artists is None else artists,
                seed=options["seed"],
                flavour=flavour,
                light=options["light"],
                progress=self._progress if options["verbosity"] else None,
            )
        except StillwaterError as error:
            raise CommandError(error.message) from error
        self._tell(report, time.monotonic() - started, options["verbosity"])

    def _progress(self, done: int, total: int) -> None:
        if done % 100 == 0 or done == total:
            show_progress(self.stderr, f"{done} of {total}", ends=done == total)

    def _tell(self, report: SampleReport, seconds: float, verbosity: int) -> None:
        megabytes = report.bytes / 1_000_000
        self.stdout.write(f"{report.artists} artists, {report.files} files, {megabytes:.1f} MB in {seconds:.1f} s")
        if verbosity > 1:
            for kind, count in sorted(report.counts.items()):
                self.stdout.write(f"  {count:7} {kind}")
        for oddity in report.oddities:
            folder = ascii(os.fsdecode(oddity.folder))
            self.stdout.write(f"{oddity.number:3} {folder}: {oddity.what} -> {oddity.expected}")
        for oddity in report.left_out:
            self.stderr.write(f"this file system refused {os.fsdecode(oddity.folder)!a}: {oddity.what}")
