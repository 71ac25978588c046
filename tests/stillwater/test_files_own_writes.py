"""The watcher is told apart our writes from everybody else's, across processes and for five minutes."""

import os
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from stillwater.files import OwnWrites, is_own_write, remove_file, rename_folder, write_file

SECOND = 1_000_000_000


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def music(tmp_path: Path) -> Path:
    (tmp_path / "music/Nina").mkdir(parents=True)
    return tmp_path / "music"


def seen(path: Path) -> int | None:
    return path.stat().st_mtime_ns if path.exists() else None


def test_a_write_of_ours_is_known(music: Path) -> None:
    written = write_file(music / "Nina/artist.nfo", b"x", root=music)
    assert is_own_write(written.path, seen(written.path))


def test_it_is_known_at_the_moment_it_becomes_visible(music: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = music / "Nina/artist.nfo"
    known: list[bool] = []
    real = os.replace

    def replace(*arguments: str, **options: int) -> None:
        real(*arguments, **options)
        known.append(is_own_write(target, seen(target)) or target.parent.name == "own-writes")

    monkeypatch.setattr(os, "replace", replace)
    write_file(target, b"x", root=music)
    assert known[-1]


def test_a_later_change_by_somebody_else_is_not_ours(music: Path) -> None:
    target = write_file(music / "Nina/artist.nfo", b"x", root=music).path
    os.utime(target, ns=(0, seen(target) + 5 * SECOND + 1))  # type: ignore[operator]
    assert not is_own_write(target, seen(target))


def test_a_path_we_never_wrote_is_not_ours(music: Path) -> None:
    assert not is_own_write(music / "Nina", seen(music / "Nina"))


def test_a_removal_of_ours_is_known_and_a_removal_by_others_is_not(music: Path) -> None:
    ours = write_file(music / "a", b"x", root=music).path
    theirs = write_file(music / "b", b"x", root=music).path
    remove_file(ours, root=music)
    theirs.unlink()
    assert is_own_write(ours, None)
    assert not is_own_write(theirs, None)


def test_both_names_of_a_renamed_folder_are_known(music: Path) -> None:
    rename_folder(music / "Nina", music / "Nina Simone", root=music)
    assert is_own_write(music / "Nina", None)
    assert is_own_write(music / "Nina Simone", seen(music / "Nina Simone"))


def test_another_process_sees_the_note(tmp_path: Path) -> None:
    OwnWrites(tmp_path / "notes").note(tmp_path / "x", 5)
    assert OwnWrites(tmp_path / "notes").includes(tmp_path / "x", 5)


def test_a_note_expires_and_is_swept(tmp_path: Path) -> None:
    clock = Clock()
    notes = OwnWrites(tmp_path / "notes", clock)
    notes.note(tmp_path / "x", 5)
    clock.now += 299
    assert notes.includes(tmp_path / "x", 5)
    clock.now += 2
    assert not notes.includes(tmp_path / "x", 5)
    notes.note(tmp_path / "y", 5)
    assert len(list((tmp_path / "notes").iterdir())) == 1


def test_a_clock_that_was_set_back_makes_nothing_ours_for_ever(tmp_path: Path) -> None:
    clock = Clock()
    notes = OwnWrites(tmp_path / "notes", clock)
    notes.note(tmp_path / "x", 5)
    clock.now -= 100
    assert not notes.includes(tmp_path / "x", 5)


def test_whole_seconds_of_a_coarse_file_system_are_taken_with_that_grain(tmp_path: Path) -> None:
    notes = OwnWrites(tmp_path / "notes")
    notes.note(tmp_path / "x", 100 * SECOND + 123)
    assert notes.includes(tmp_path / "x", 100 * SECOND)
    assert not notes.includes(tmp_path / "x", 103 * SECOND)
    assert not notes.includes(tmp_path / "x", 100 * SECOND + 124)


def test_a_registry_that_cannot_be_written_does_not_stop_a_write(music: Path, settings: Settings) -> None:
    settings.STILLWATER_DATA = music / "a file"
    (music / "a file").write_bytes(b"")
    assert write_file(music / "Nina/artist.nfo", b"x", root=music).path.exists()


def test_a_torn_note_is_no_note(tmp_path: Path) -> None:
    notes = OwnWrites(tmp_path / "notes")
    notes.note(tmp_path / "x", 5)
    next((tmp_path / "notes").iterdir()).write_text("1")
    assert not notes.includes(tmp_path / "x", 5)
