"""Identifying and refreshing, killed and restarted again and again, ends as an undisturbed run, and asks no more."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from tests.killed_identify import DYING, DYING_AFTER_THE_ANSWERS, RESTART, START, House, acts
from tests.stillwater.misbehaving import Clock

ARTISTS = 20


@contextmanager
def a_house(folder: Path) -> Iterator[House]:
    program = FakeWorld(acts(ARTISTS), FAKES, clock=Clock(step=60))
    with running(program) as origin:
        yield House(folder, program, origin)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Any]:
    with a_house(tmp_path_factory.mktemp("whole")) as house:
        house.run(START)
        return house.tell(), house.asked


def test_an_undisturbed_run_identifies_by_every_tier_and_asks_nothing_twice(
    undisturbed: tuple[dict[str, Any], Any],
) -> None:
    told, asked = undisturbed
    assert told["job"] == ["done", 1]
    assert {tier for _, state, tier, *_ in told["outcomes"] if state == "linked"} == {"tags", "album", "name"}
    assert sum(state == "linked" for _, state, *_ in told["outcomes"]) == 18
    assert [question for question, count in asked.items() if count > 1] == []


def test_killed_five_times_it_ends_the_same_and_has_asked_the_same(
    undisturbed: tuple[dict[str, Any], Any], tmp_path: Path
) -> None:
    with a_house(tmp_path / "data") as house:
        house.die(DYING.format(call=3) + START)
        for call in (2, 7, 8, 9):
            house.die(DYING.format(call=call) + RESTART)
        house.run(RESTART)
        told = house.tell()
        assert told["job"] == ["done", 6]
        assert (told["artists"], told["outcomes"]) == (undisturbed[0]["artists"], undisturbed[0]["outcomes"])
        assert house.asked == undisturbed[1]


def test_killed_between_the_answers_and_the_note_of_them_it_does_not_ask_again(
    undisturbed: tuple[dict[str, Any], Any], tmp_path: Path
) -> None:
    with a_house(tmp_path / "data") as house:
        house.die(DYING_AFTER_THE_ANSWERS + START)
        house.run(RESTART)
        assert house.tell()["artists"] == undisturbed[0]["artists"]
        assert house.asked == undisturbed[1]
