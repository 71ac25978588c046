"""Fixing, killed and restarted again and again, ends as an undisturbed run; undo restores every file and every row."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from tests.all_rows import differences
from tests.killed_fixes import DYING_IN, START, UNDO, House, world
from tests.killed_identify import DYING, RESTART
from tests.stillwater.misbehaving import Clock

ARTISTS = 6
WITHIN = [
    ("artists.services.operations", "_files_follow", 7),  # rows are saved, artist.nfo does not follow yet
    ("artists.services.operations", "_describe_files", 3),  # files lie there, no row tells of them yet
    ("rules.services.fixing", "_agreed", 5),  # all is stored, the finding is still open
    ("rules.services.fixing", "tell", 9),  # the finding is closed, its story is not told
]


@contextmanager
def a_house(folder: Path) -> Iterator[House]:
    program = FakeWorld(world(ARTISTS), FAKES, clock=Clock(step=60))
    with running(program) as origin:
        yield House(folder, program, origin)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a whole run leaves; taken back, it leaves nothing."""
    with a_house(tmp_path_factory.mktemp("whole") / "data") as house:
        before, rows = house.disk(), house.rows()
        house.run(START)
        told = house.tell_all()
        assert house.run(UNDO).split()[-1] == "0"
        assert house.disk() == before
        assert differences(rows, house.rows()) == []
    return told


def test_an_undisturbed_run_leaves_nothing_to_fix(undisturbed: dict[str, Any]) -> None:
    assert undisturbed["job"] == ["done", 1]
    assert {rule for _artist, rule, status in undisturbed["findings"] if status == "open"} <= {"logo_exists"}
    assert all(artist["musicbrainz_id"] and artist["biography"] for artist in undisturbed["artists"])


def test_killed_between_two_findings_and_within_a_fix_it_ends_the_same(
    undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    with a_house(tmp_path / "data") as house:
        before, rows = house.disk(), house.rows()
        house.die(DYING.format(call=4) + START)
        for module, name, call in WITHIN:
            house.die(DYING_IN.format(module=module, name=name, call=call) + RESTART)
        house.die(DYING.format(call=9) + RESTART)
        house.run(RESTART)
        told = house.tell_all()
        assert {**told, "job": None} == {**undisturbed, "job": None}
        assert house.run(UNDO).split()[-1] == "0"
        assert house.disk() == before
        assert differences(rows, house.rows()) == []
