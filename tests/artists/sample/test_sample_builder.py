"""Building a sample library: reproducible, careful with folders that are not its own."""

import hashlib
import os
from pathlib import Path

import pytest

from artists.sample.builder import build_library
from artists.sample.target import MARKER
from stillwater.errors import Conflict, Invalid


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "library"


def fingerprint(root: Path) -> dict[str, tuple[str, int]]:
    """Every path below the root with its content and time."""
    found = {}
    for path in [root, *root.rglob("*")]:
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        found[str(path.relative_to(root))] = (content, path.stat().st_mtime_ns)
    return found


def test_the_same_seed_gives_the_same_tree(tmp_path: Path) -> None:
    for name in ("one", "two"):
        build_library(tmp_path / name, artists=5, seed=3)
    assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "two")


def test_another_seed_gives_another_tree(tmp_path: Path) -> None:
    for seed in (3, 4):
        build_library(tmp_path / str(seed), artists=5, seed=seed, light=True)
    assert fingerprint(tmp_path / "3").keys() != fingerprint(tmp_path / "4").keys()


def test_building_again_replaces_an_own_library(target: Path) -> None:
    build_library(target, artists=8, seed=1, light=True)
    build_library(target, artists=2, seed=1, light=True)
    assert len(list(target.iterdir())) == 2 + 1


@pytest.mark.parametrize("marker", [None, "{}", "not json", '["stillwater sample library"]'])
def test_a_folder_with_content_that_is_not_ours_is_refused_untouched(tmp_path: Path, marker: str | None) -> None:
    (tmp_path / "keep.txt").write_text("mine")
    if marker is not None:
        (tmp_path / MARKER).write_text(marker)
    before = fingerprint(tmp_path)
    with pytest.raises(Conflict):
        build_library(tmp_path, artists=1, seed=1)
    assert fingerprint(tmp_path) == before


def test_a_marker_that_is_a_link_is_not_trusted(tmp_path: Path) -> None:
    build_library(tmp_path / "ours", artists=1, seed=1, light=True)
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / MARKER).symlink_to(tmp_path / "ours" / MARKER)
    with pytest.raises(Conflict):
        build_library(theirs, artists=1, seed=1, light=True)


def test_clearing_follows_no_link(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "keep.txt").write_text("mine")
    build_library(tmp_path / "library", artists=1, seed=1, light=True)
    (tmp_path / "library" / "link").symlink_to(outside)
    build_library(tmp_path / "library", artists=1, seed=1, light=True)
    assert (outside / "keep.txt").read_text() == "mine"


def test_a_file_as_target_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Conflict):
        build_library(tmp_path / "file", artists=1, seed=1)


@pytest.mark.parametrize(("artists", "flavour"), [(1, "spicy"), (-1, "plain")])
def test_nonsense_is_refused_before_anything_is_made(tmp_path: Path, artists: int, flavour: str) -> None:
    with pytest.raises(Invalid):
        build_library(tmp_path / "new", artists=artists, seed=1, flavour=flavour)
    assert not (tmp_path / "new").exists()


def test_the_report_counts_what_lies_on_disk(target: Path) -> None:
    report = build_library(target, artists=4, seed=2)
    files = [path for path in target.rglob("*") if path.is_file() and path.name != MARKER]
    assert report.files == len(files)
    assert report.bytes == sum(path.stat().st_size for path in files)
    assert report.artists == 4


def test_progress_hears_every_artist(target: Path) -> None:
    heard: list[tuple[int, int]] = []
    build_library(target, artists=3, seed=1, light=True, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_a_light_library_has_exactly_four_files_per_artist(target: Path) -> None:
    build_library(target, artists=150, seed=1, light=True)
    folders = [path for path in target.iterdir() if path.name != MARKER]
    assert len(folders) == 150
    for folder in folders:
        assert sorted(os.listdir(folder)) == ["artist.nfo", "fanart.jpg", "folder.jpg", "logo.png"]


def test_light_pictures_are_small_and_no_two_files_are_the_same(target: Path) -> None:
    build_library(target, artists=150, seed=1, light=True)
    pictures = [path.read_bytes() for path in target.rglob("*.*g")]
    assert len(set(pictures)) == len(pictures) == 450
    assert sum(map(len, pictures)) / len(pictures) < 25_000
