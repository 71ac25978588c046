"""`serve` keeps its processes alive: who dies starts again, orphans are swept up, and nobody outlives the house."""

import os
import select
from pathlib import Path

import pytest

from stillwater import schedule
from stillwater.serving import MOST_SILENCES, Watch
from stillwater.supervising import Companion
from tests.steps import Forked, Steps

SECONDS = 30.0

PROLOGUE = """
import os, signal
from stillwater.supervising import Supervisor
looks = []
def run(work, look):
    supervisor = Supervisor({"one": work})
    supervisor.run(lambda: look(supervisor))
"""

DIES_AT_ONCE = """
lives, said = os.pipe()
def work():
    os.write(said, b"x")
    os.kill(os.getpid(), signal.SIGKILL)
def look(supervisor):
    process = supervisor.companions["one"].process
    if process is None:
        return
    looks.append(os.read(lives, 1))
    if len(looks) == 2:
        os.kill(os.getpid(), signal.SIGTERM)
    process.join()
run(work, look)
print("stopped after", len(looks))
"""

LEAVES_AN_ORPHAN = """
alive, said = os.pipe()
def work():
    if os.fork():
        os.kill(os.getpid(), signal.SIGKILL)
    signal.pause()
def look(supervisor):
    if looks:
        os.close(said)
        print("the orphan has ended" if os.read(alive, 1) == b"" else "it lives")
        os.kill(os.getpid(), signal.SIGTERM)
    else:
        one = supervisor.companions["one"]
        looks.append(one.process.join())
        one.keep_alive()
        one.due = float("inf")
run(work, look)
"""

WAITS = """
import django
django.setup()
print("begun", flush=True)
run(signal.pause, lambda supervisor: None)
"""


def test_what_dies_starts_again_and_a_signal_stops_all(tmp_path: Path) -> None:
    assert Steps(tmp_path / "data", PROLOGUE).run(DIES_AT_ONCE) == "stopped after 2\n"


def test_the_children_of_the_dead_are_swept_up(tmp_path: Path) -> None:
    assert Steps(tmp_path / "data", PROLOGUE).run(LEAVES_AN_ORPHAN) == "the orphan has ended\n"


def test_nobody_outlives_a_house_that_is_killed(tmp_path: Path) -> None:
    """All of them hold the pipe: it ends with the last one."""
    house = Forked(PROLOGUE + WAITS, {}, tmp_path / "out", tmp_path / "err")
    assert house.stdout.readline() == "begun\n"
    house.kill()
    assert select.select([house.stdout], [], [], SECONDS)[0]
    assert house.stdout.read() == ""


class Cluster(Companion):
    """One that runs since long, and tells how often it was killed."""

    kills = 0

    def kill(self) -> None:
        self.kills += 1


@pytest.fixture
def cluster() -> Cluster:
    made = Cluster("worker", os.getpid, process=object())  # type: ignore[arg-type]
    made.begun = -2 * schedule.LATE
    return made


def ask(watch: Watch, times: int) -> None:
    for _ in range(times):
        watch.asked = float("-inf")
        watch.look()


def test_a_cluster_in_which_nothing_moves_starts_again(cluster: Cluster) -> None:
    ask(Watch(cluster, is_working=lambda: False), MOST_SILENCES)
    assert cluster.kills == 1


def test_one_silence_is_not_enough_and_a_sign_of_life_begins_anew(cluster: Cluster) -> None:
    answers = [False, True, False, True]
    ask(Watch(cluster, is_working=lambda: answers.pop(0)), len(answers))
    assert cluster.kills == 0


def test_a_database_that_does_not_answer_kills_nobody(cluster: Cluster) -> None:
    def silent() -> bool:
        raise OSError("gone")

    ask(Watch(cluster, is_working=silent), 2 * MOST_SILENCES)
    assert cluster.kills == 0
