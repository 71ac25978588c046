"""A house with a generated library whose worker scans, checks and fixes until nothing is left that it can fix alone.

Its worker is a process that may be killed at any moment. The one that comes after it goes on with what the rows say.
Used by benchmarks/kill_fixes.py; providers allow 10,000 requests a second, so that what is measured is us.
"""

import hashlib
import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]

PROLOGUE = """
import json
import django
django.setup()
from dataclasses import replace
from datetime import timedelta
from django.utils import timezone
from artists.models import Artist, ArtistImage, Library, Operation
from artists.providers import registry
from rules.models import Violation
from stillwater import jobs
from stillwater.models import Job
for provider in registry.PROVIDERS:
    provider.spec = replace(provider.spec, per_second=10_000.0)
jobs._enqueue = lambda job_id: None  # the loop below is the worker
"""

PREPARE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from artists.services.libraries import create_library
from rules.catalogue import RULES
from rules.management.commands.prepare_demo import _enter_keys
from rules.services.rules import rule_state, update_rule
create_library(name="Music", path={music!r})
_enter_keys()
for rule in RULES:
    config = rule_state(rule.id).config.values
    chosen = {{**config, "select_best_candidate": True}} if "select_best_candidate" in config else None
    update_rule(rule.id, enabled=True, automation_mode="auto", config=chosen)
"""

WORK = """
from artists.tasks.scanning import start_scan
from rules.services.prospects import automatic_findings
from rules.tasks import start_evaluation
def work():
    while (row := Job.objects.filter(state="queued").order_by("pk").first()) is not None:
        jobs.run(row.pk)
print("ready", flush=True)
Job.objects.filter(state="running").update(heartbeat_at=timezone.now() - jobs.STALE_AFTER - timedelta(seconds=1))
jobs.sweep()
work()
if not Job.objects.filter(kind="scan", state="done").exists():
    start_scan(None)
    work()
start_evaluation(scope="all", fix={fix})
work()
while {fix} and automatic_findings(None):  # until a pass mends nothing: some are always held back
    start_evaluation(scope="all", fix=True)
    work()
    if not Job.objects.filter(kind="fix").latest("pk").result.get("fixed"):
        break
print("done", flush=True)
"""

UNDO = """
from artists.services.undo import undo_group
from rules.services.evaluation import evaluate
refused, fixes = [], Operation.objects.filter(source__startswith="rule:").order_by("-pk")
for group in dict.fromkeys(fixes.values_list("group", flat=True)):
    refused += [(each.artist_name, each.summary, why) for each, why in undo_group(group).refused]
evaluate(scope="all")
print(json.dumps(refused))
"""

TELL = """
from artists.models import Alias, Membership, ProviderRecord
from django.db.models import F
VOLATILE = ("_at", "_since", "_ns", "_hash", "_stamp")
def rows(found, *names):
    return sorted((list(map(str, row)) for row in found.order_by().values_list(*names)))
columns = [field.attname for field in Artist._meta.concrete_fields
    if not field.attname.endswith(VOLATILE) and field.attname not in ("id", "other_pictures")]
print(json.dumps({
    "jobs": rows(Job.objects.all(), "kind", "state", "attempts", "error"),
    "artists": sorted(Artist.objects.values(*columns), key=lambda row: row["path"]),
    "images": rows(ArtistImage.objects, "artist__path", "kind", "slot", "exists", "file_name", "format", "width",
        "height", "bytes", "problem", "low_res", "perceptual_hash", "padding", "stand_in", "source", "locked"),
    "aliases": rows(Alias.objects, "artist__path", "alias", "source"),
    "findings": rows(Violation.objects.exclude(status="resolved"), "artist__path", "rule", "status", "message"),
}, default=str))
"""

ROWS = """
from tests.all_rows import restored_rows
print(json.dumps(restored_rows()))
"""


@dataclass
class Lives:
    """How the worker lived: the seconds of each life after it had started up, and how many of them were cut short."""

    seconds: list[float] = field(default_factory=list)
    killed: int = 0


class FixHouse:
    """A data folder of its own, and a copy of some music: the same bytes and times."""

    def __init__(self, folder: Path, origin: str, music: Path) -> None:
        self.music = folder / "music"
        shutil.copytree(music, self.music, symlinks=True)
        self.environment = {
            **os.environ,
            "STILLWATER_DATA": str(folder / "data"),
            "STILLWATER_PROVIDERS_URL": origin,
            "DJANGO_SETTINGS_MODULE": "stillwater.settings",
            "STILLWATER_LOG_LEVEL": "ERROR",
        }
        self.run(PREPARE.format(music=str(self.music)))

    def run(self, script: str) -> str:
        command = [sys.executable, "-c", PROLOGUE + script]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.splitlines()[-1] if done.stdout else ""

    def live(self, moments: list[float], *, fix: bool = True) -> Lives:
        """Work to the end; each of `moments` is after how many seconds of its life the worker is killed."""
        lives = Lives()
        for moment in [*moments, float("inf")]:
            if self._one_life(moment, lives, fix):
                return lives
            lives.killed += 1
        raise AssertionError("the last life was not cut short")

    def _one_life(self, moment: float, lives: Lives, fix: bool) -> bool:
        """Whether it came to its end."""
        command = [sys.executable, "-c", PROLOGUE + WORK.format(fix=fix)]
        with subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True, start_new_session=True
        ) as worker:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "ready\n", worker.wait()
            began = time.monotonic()
            ready, _, _ = select.select([worker.stdout], [], [], None if moment == float("inf") else moment)
            if not ready:
                os.killpg(worker.pid, signal.SIGKILL)
            said = worker.stdout.read()
            lives.seconds.append(time.monotonic() - began)
        assert not ready or said == "done\n", f"the worker ended by itself with {worker.returncode}: {said}"
        return bool(ready)

    def undo(self) -> list[Any]:
        """Take back every run of fixes, the newest first; what refused to go back."""
        refused: list[Any] = json.loads(self.run(UNDO))
        return refused

    def tell(self) -> dict[str, Any]:
        """Every row that says something of an artist, without keys and times, by its folder."""
        found: dict[str, Any] = json.loads(self.run(TELL).replace(str(self.music), ""))
        return found

    def rows(self) -> dict[str, list[str]]:
        """What an undo has to bring back."""
        found: dict[str, list[str]] = json.loads(self.run(ROWS).replace(str(self.music), ""))
        del found["stillwater.Option"]  # the keys of providers, sealed with another key in each house
        return found

    def disk(self) -> dict[str, str]:
        """File name to the SHA-256 of its bytes, as they are."""
        return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in self._files()}

    def said(self) -> dict[str, str]:
        """The same without the moments that we write into our own files."""
        return {name: hashlib.sha256(without_moments(path.read_bytes())).hexdigest() for name, path in self._files()}

    def _files(self) -> list[tuple[str, Path]]:
        found = [path for path in self.music.rglob("*") if path.is_file() or path.is_symlink()]
        return sorted((str(path.relative_to(self.music)), path) for path in found)


_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")
_PNG = b"\x89PNG\r\n\x1a\n"


def without_moments(data: bytes) -> bytes:
    """When a picture was fetched, and when artist.nfo was written; in a PNG that changes a checksum as well."""
    plain = _MOMENT.sub(b"", data)
    if not data.startswith(_PNG) or b"tEXtImageDescription" not in data:
        return plain
    place = data.index(b"tEXtImageDescription")
    size = int.from_bytes(data[place - 4 : place], "big")
    return data[:place] + _MOMENT.sub(b"", data[place : place + 4 + size]) + data[place + 8 + size :]
