"""What many do at the same moment happens once: the first account (S46), starting a job, claiming a job (F8)."""

from pathlib import Path

from tests.steps import Steps

RACES = Path(__file__).with_name("races")


def outcome(race: str, folder: Path) -> str:
    """What the race printed, which was run in a process of its own, on a database file of its own."""
    return Steps(folder / "data", "").run((RACES / race).read_text(encoding="utf-8")).strip()


def test_of_fifty_who_set_up_at_once_one_becomes_the_administrator(tmp_path: Path) -> None:
    assert outcome("setup_race.py", tmp_path) == "1 1 {201: 1, 409: 49}"


def test_of_fifty_starts_one_makes_a_job_and_of_fifty_workers_one_runs_it(tmp_path: Path) -> None:
    assert outcome("claim_race.py", tmp_path) == "50 1 1 1 done 1"
