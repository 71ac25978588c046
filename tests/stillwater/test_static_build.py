"""The static files are collected once, also where two servers start at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from pytest_django.fixtures import Settings

from stillwater import static_build


def test_of_two_that_start_at_the_same_moment_one_builds(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATIC_ROOT = tmp_path / "built"
    collected: list[str] = []

    def collect(name: str, **_options: object) -> None:
        collected.append(name)
        settings.STATIC_ROOT.mkdir()

    monkeypatch.setattr(static_build, "call_command", collect)
    door = Barrier(2)

    def start(_number: int) -> bool:
        door.wait()
        return static_build.build()

    with ThreadPoolExecutor(2) as starting:
        assert sorted(starting.map(start, range(2))) == [False, True]
    assert collected == ["collectstatic"]
