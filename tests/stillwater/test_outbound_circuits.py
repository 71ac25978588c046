"""A server that does not answer is left alone, and tried again little by little; all processes know."""

from pathlib import Path

import pytest

from stillwater.outbound import FileCircuits
from stillwater.outbound.circuits import Outcome
from tests.stillwater.misbehaving import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def circuits(tmp_path: Path, clock: Clock) -> FileCircuits:
    return FileCircuits(tmp_path, clock)


def ask(circuits: FileCircuits, outcome: Outcome, times: int = 1) -> list[float]:
    """How long each had to wait; those who were let in report."""
    waits = []
    for _ in range(times):
        waits.append(circuits.admit("mb"))
        if not waits[-1]:
            circuits.report("mb", outcome)
    return waits


def test_five_failures_in_a_row_open_it_for_everybody(circuits: FileCircuits, tmp_path: Path, clock: Clock) -> None:
    assert ask(circuits, "failed", 6) == [0, 0, 0, 0, 0, 30]
    assert FileCircuits(tmp_path, clock).admit("mb") == 30


def test_an_answer_in_between_begins_the_count_anew(circuits: FileCircuits) -> None:
    ask(circuits, "failed", 4)
    ask(circuits, "answered")
    assert ask(circuits, "failed", 5) == [0] * 5


def test_what_taught_us_nothing_counts_neither_way(circuits: FileCircuits) -> None:
    ask(circuits, "failed", 4)
    ask(circuits, "unclear", 3)
    assert ask(circuits, "failed", 2) == [0, 30]


def test_after_the_rest_one_alone_may_try(circuits: FileCircuits, clock: Clock) -> None:
    ask(circuits, "failed", 5)
    clock.now += 30
    assert [circuits.admit("mb") for _ in range(3)] == [0, 1, 1]


def test_each_answer_lets_twice_as_many_try_until_all_may(circuits: FileCircuits, clock: Clock) -> None:
    ask(circuits, "failed", 5)
    clock.now += 30
    widths = []
    for _ in range(4):
        admitted = [wait for _ in range(20) if not (wait := circuits.admit("mb"))]
        widths.append(len(admitted))
        for _ in admitted[1:]:
            circuits.report("mb", "unclear")
        circuits.report("mb", "answered")
    assert widths == [1, 2, 4, 8]
    assert [circuits.admit("mb") for _ in range(50)] == [0] * 50


def test_a_failed_try_opens_it_for_longer_each_time(circuits: FileCircuits, clock: Clock) -> None:
    ask(circuits, "failed", 5)
    rests = []
    for _ in range(6):
        rests.append(round(circuits.admit("mb"), 3))
        clock.now += rests[-1]
        ask(circuits, "failed")
    assert rests == [30, 60, 120, 240, 480, 600]


def test_a_try_whose_worker_was_killed_blocks_nobody_for_good(circuits: FileCircuits, clock: Clock) -> None:
    ask(circuits, "failed", 5)
    clock.now += 30
    assert circuits.admit("mb") == 0
    clock.now += 61
    assert circuits.admit("mb") == 0


def test_late_reports_of_those_who_left_before_change_nothing(circuits: FileCircuits, clock: Clock) -> None:
    ask(circuits, "failed", 5)
    for outcome in ("failed", "answered", "unclear"):
        circuits.report("mb", outcome)
    assert circuits.admit("mb") == 30


def test_a_clock_set_back_does_not_prolong_the_rest(circuits: FileCircuits, clock: Clock) -> None:
    ask(circuits, "failed", 5)
    clock.now -= 86_400
    assert circuits.admit("mb") == pytest.approx(30)


@pytest.mark.parametrize("text", ["", "torn", "[]", '{"width": 1}', '{"tries": ["a"]}', '{"tries": [], "x": 1}'])
def test_a_torn_file_counts_as_closed(circuits: FileCircuits, tmp_path: Path, text: str) -> None:
    ask(circuits, "failed", 5)
    next(tmp_path.glob("*.circuit")).write_text(text)
    assert circuits.admit("mb") == 0


def test_an_answer_to_somebody_who_asked_all_the_same_closes_it(circuits: FileCircuits) -> None:
    ask(circuits, "failed", 5)
    circuits.close("mb")
    assert ask(circuits, "failed", 5) == [0] * 5
