"""A worker that is killed in the middle of a scan leaves a job that resumes by itself, or closes.

Each step is a process of its own on a database of its own, since a killed process takes everything with it.
"""

import json
from pathlib import Path

import pytest

from artists.sample.builder import build_library
from stillwater import jobs
from tests.steps import Steps

ARTISTS = 60

PROLOGUE = """
import json, os, signal
from datetime import timedelta
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

PREPARE = "create_library(name='Music', path={music!r})\n"

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


class House(Steps):
    """A database and a music folder for a few processes."""

    def __init__(self, folder: Path, music: Path) -> None:
        super().__init__(folder, PROLOGUE)
        self.run(PREPARE.format(music=str(music)))

    def tell(self, before: str = "") -> dict[str, object]:
        found: dict[str, object] = json.loads(self.run(before + TELL).splitlines()[-1])
        return found


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("killed") / "music"
    build_library(target, artists=ARTISTS, seed=3, light=True)
    return target


@pytest.fixture(scope="module")
def undisturbed(music: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    return House(tmp_path_factory.mktemp("killed") / "whole", music).tell("start_scan(None)\n")


@pytest.fixture
def house(music: Path, tmp_path: Path) -> House:
    return House(tmp_path / "data", music)


@pytest.mark.parametrize("call", [1, 2])
def test_a_killed_scan_resumes_to_the_same_end(call: int, house: House, undisturbed: dict[str, object]) -> None:
    house.die(SCAN_AND_DIE.format(call=call))
    assert house.tell()["jobs"] == ["running"], "nobody has noticed yet"
    resumed = house.tell(AGE + "jobs.sweep()\n")
    assert (resumed["jobs"], resumed["attempts"]) == (["done"], [2])
    assert resumed["artists"] == undisturbed["artists"]
    assert resumed["images"] == undisturbed["images"]


def test_a_job_that_kills_its_worker_again_and_again_closes(house: House) -> None:
    house.die(SCAN_AND_DIE.format(call=1))
    gives_up = f"Job.objects.update(attempts={jobs.LONG_WORK})\n" + AGE + "jobs.sweep()\n"
    assert house.tell(gives_up)["jobs"] == ["failed"]
