"""A worker that is killed in the middle of a scan leaves a job that resumes by itself, or closes.

Each step is a process of its own on a database of its own, since a killed process takes everything with it.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from artists.sample.builder import build_library

ARTISTS = 60

PROLOGUE = """
import json, os, signal
import django
django.setup()
from datetime import timedelta
from django.core.management import call_command
from django.conf import settings
from django.utils import timezone
from artists.models import Artist, ArtistImage
from artists.services.libraries import create_library
from artists.tasks.scanning import start_scan
from stillwater import jobs
from stillwater.job_progress import JobProgress
from stillwater.models import Job
settings.STILLWATER_JOBS_INLINE = True
"""

PREPARE = """
call_command("migrate", verbosity=0)
create_library(name="Music", path={music!r})
"""

SCAN_AND_DIE = """
calls = []
def dying(self, done, total, message=""):
    calls.append(done)
    if len(calls) == {call}:
        os.kill(os.getpid(), signal.SIGKILL)
JobProgress.__call__ = dying
start_scan(None)
"""

AGE = "Job.objects.update(heartbeat_at=timezone.now() - jobs.STALE_AFTER - timedelta(seconds=1))\n"

TELL = """
rows = Artist.objects.order_by("path").values_list("path", "name", "musicbrainz_id", "biography", "nfo_state")
print(json.dumps({
    "jobs": list(Job.objects.filter(kind="scan").values_list("state", flat=True)),
    "attempts": list(Job.objects.filter(kind="scan").values_list("attempts", flat=True)),
    "artists": [list(row) for row in rows],
    "images": ArtistImage.objects.count(),
}))
"""


class House:
    """A database and a music folder for a few processes."""

    def __init__(self, folder: Path, music: Path) -> None:
        self.environment = {
            **os.environ,
            "STILLWATER_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "stillwater.settings",
            "STILLWATER_LOG_LEVEL": "ERROR",
        }
        assert self.run(PREPARE.format(music=str(music))).returncode == 0

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        root = Path(__file__).resolve().parents[1]
        command = [sys.executable, "-c", PROLOGUE + script]
        return subprocess.run(command, cwd=root, env=self.environment, capture_output=True, text=True, timeout=120)

    def tell(self, before: str = "") -> dict[str, object]:
        done = self.run(before + TELL)
        assert done.returncode == 0, done.stderr
        found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
        return found


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("killed") / "music"
    build_library(target, artists=ARTISTS, seed=3, light=True)
    return target


@pytest.fixture(scope="module")
def undisturbed(music: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    return House(tmp_path_factory.mktemp("whole"), music).tell("start_scan(None)\n")


@pytest.mark.parametrize("call", [1, 2])
def test_a_killed_scan_resumes_to_the_same_end(
    call: int, music: Path, undisturbed: dict[str, object], tmp_path: Path
) -> None:
    house = House(tmp_path / "data", music)
    assert house.run(SCAN_AND_DIE.format(call=call)).returncode == -signal.SIGKILL
    assert house.tell()["jobs"] == ["running"], "nobody has noticed yet"
    resumed = house.tell(AGE + "jobs.sweep()\n")
    assert (resumed["jobs"], resumed["attempts"]) == (["done"], [2])
    assert resumed["artists"] == undisturbed["artists"]
    assert resumed["images"] == undisturbed["images"]


def test_a_job_that_kills_its_worker_again_and_again_closes(music: Path, tmp_path: Path) -> None:
    house = House(tmp_path / "data", music)
    house.run(SCAN_AND_DIE.format(call=1))
    gives_up = f"Job.objects.update(attempts={5})\n" + AGE + "jobs.sweep()\n"
    assert house.tell(gives_up)["jobs"] == ["failed"]
