"""The folder picker shows folders inside the allowed roots and nothing else."""

import os
from pathlib import Path

import pytest

from stillwater.browsing import browse
from stillwater.errors import Forbidden, Invalid, NotFound


@pytest.fixture
def music(tmp_path: Path) -> Path:
    root = tmp_path / "music"
    for name in ("beta", "Alpha", "gamma", ".hidden", "beta/inside"):
        (root / name).mkdir(parents=True)
    (root / "song.mp3").write_bytes(b"x")
    (tmp_path / "music-evil").mkdir()
    (tmp_path / "private/deep").mkdir(parents=True)
    (root / "way-out").symlink_to(tmp_path / "private")
    (root / "way-in").symlink_to(root / "gamma")
    (root / "loop").symlink_to("loop")
    return root


def test_folders_come_sorted_without_case_and_without_hidden_ones_or_files(music: Path) -> None:
    folder = browse(str(music), [music])
    assert folder.path == str(music)
    assert folder.entries == ["Alpha", "beta", "gamma", "way-in"]


def test_the_top_has_no_parent_and_a_folder_below_has(music: Path) -> None:
    assert browse(str(music), [music]).parent == ""
    assert browse(f"{music}/beta/", [music]).parent == str(music)


def test_links_are_resolved(music: Path) -> None:
    assert browse(f"{music}/way-in", [music]).path == str(music / "gamma")


def test_a_root_that_is_a_link_may_be_browsed(music: Path, tmp_path: Path) -> None:
    (tmp_path / "share").symlink_to(music)
    assert browse(str(tmp_path / "share/beta"), [tmp_path / "share"]).entries == ["inside"]


def test_without_roots_nothing_may_be_seen(music: Path) -> None:
    for roots in ([], [music / "not there"]):
        with pytest.raises(Forbidden):
            browse(str(music), roots)


def test_everything_is_allowed_below_the_file_system_root(music: Path) -> None:
    assert "beta" in browse(str(music), [Path("/")]).entries
    assert browse("/", [Path("/")]).parent == ""


@pytest.mark.parametrize(
    "payload",
    [
        "{music}/..", "{music}/../", "{music}/../music-evil", "{music}/beta/../../private", "{music}/./../private",
        "{music}/beta/../..", "{music}//..//private", "{music}/../../../../../../etc", "/", "/etc", "//etc",
        "/../etc", "{tmp}", "{tmp}/music-evil", "{tmp}/private/deep", "{music}/way-out", "{music}/way-out/deep",
        "{music}\0", "{music}/\0/../private", "\0", "{music}\\..\\..\\etc", "../../etc", "..",
        "{music}/beta/..\\..\\..", "/proc/self/root/etc", "/proc/self/cwd", "{tmp}/MUSIC",
    ],
)  # fmt: skip
def test_no_spelling_leads_out_of_the_roots(music: Path, tmp_path: Path, payload: str) -> None:
    with pytest.raises(Forbidden):
        browse(payload.format(music=music, tmp=tmp_path), [music])


@pytest.mark.parametrize("path", ["{music}/nope", "{music}/song.mp3", "{music}/loop", "{music}/%2e%2e"])
def test_what_is_no_folder_is_not_found(music: Path, path: str) -> None:
    with pytest.raises(NotFound):
        browse(path.format(music=music), [music])


@pytest.mark.parametrize("path", ["", "music", "~", "file:///etc", "C:/music"])
def test_only_absolute_paths_are_taken(music: Path, path: str) -> None:
    with pytest.raises(Invalid):
        browse(path, [music])


def test_a_name_that_is_not_utf8_is_left_out(music: Path) -> None:
    os.mkdir(os.fsencode(music) + b"/Bj\xf6rk")
    assert browse(str(music), [music]).entries == ["Alpha", "beta", "gamma", "way-in"]


def test_a_folder_that_may_not_be_read_is_not_an_empty_one(music: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(Forbidden, match="may not read"):
        browse(str(music), [music])
