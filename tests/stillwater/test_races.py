"""What many do at the same moment happens once: the first account (S46), starting a job, claiming a job (F8)."""

import os
import subprocess
import sys
from pathlib import Path

from tests.steps import put_database


def outcome(script: str, data: Path) -> str:
    """Run the race in a process of its own, on a database file in `data`; returns what it printed."""
    put_database(data)
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("races") / script)],
        env={**os.environ, "STILLWATER_DATA": str(data), "STILLWATER_LOG_LEVEL": "ERROR"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_of_fifty_who_set_up_at_once_one_becomes_the_administrator(tmp_path: Path) -> None:
    assert outcome("setup_race.py", tmp_path) == "1 1 {201: 1, 409: 49}"


def test_of_fifty_starts_one_makes_a_job_and_of_fifty_workers_one_runs_it(tmp_path: Path) -> None:
    assert outcome("claim_race.py", tmp_path) == "50 1 1 1 done 1"
