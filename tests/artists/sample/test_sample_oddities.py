"""The oddities: each one named in the manifest is really there, and none reaches out of the library."""

import os
import stat
from pathlib import Path

import pytest
from PIL import Image

from artists.sample.builder import build_library
from artists.sample.report import SampleReport
from artists.sample.target import MARKER


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> SampleReport:
    return build_library(tmp_path_factory.mktemp("odd") / "library", artists=0, seed=1, flavour="oddities")


def mode(report: SampleReport, path: str) -> int:
    return os.lstat(report.target / path).st_mode


def test_there_are_far_more_than_forty_each_in_a_folder_of_its_own(report: SampleReport) -> None:
    folders = [os.fsencode(oddity.folder) for oddity in report.oddities]
    assert len(folders) > 100
    assert len(set(folders)) == len(folders)
    assert all(oddity.what and oddity.expected for oddity in report.oddities)


def test_the_manifest_is_what_lies_on_disk(report: SampleReport) -> None:
    assert report.left_out == []
    listed = set(os.listdir(os.fsencode(report.target))) - {MARKER.encode()}
    assert listed == {os.fsencode(oddity.folder) for oddity in report.oddities}


def test_every_oddity_of_folders_nfos_and_pictures_is_there(report: SampleReport) -> None:
    numbers = {oddity.number for oddity in report.oddities}
    elsewhere = {36, 37, 48, 50}  # uploads, downloads, inotify, jobs: not a matter of what lies on disk
    assert set(range(1, 52)) - elsewhere <= numbers


def test_special_files_are_special(report: SampleReport) -> None:
    assert stat.S_ISFIFO(mode(report, "Pipe/artist.nfo"))
    assert stat.S_ISDIR(mode(report, "Folder For Nfo/artist.nfo"))
    assert stat.S_ISLNK(mode(report, "Dangling/artist.nfo"))
    assert stat.S_ISLNK(mode(report, "Ouroboros"))
    assert stat.S_IMODE(mode(report, "Closed")) == 0
    assert stat.S_IMODE(mode(report, "Sealed/artist.nfo")) == 0


def test_the_huge_nfo_is_a_hole(report: SampleReport) -> None:
    found = os.stat(report.target / "Huge" / "artist.nfo")
    assert found.st_size == 100 * 1024 * 1024
    assert found.st_blocks * 512 < 1024 * 1024


def test_pictures_are_as_odd_as_they_claim(report: SampleReport) -> None:
    def picture(path: str) -> Image.Image:
        return Image.open(report.target / path)

    assert picture("Webp In Disguise/folder.jpg").format == "WEBP"
    assert getattr(picture("Gif In Disguise/folder.jpg"), "n_frames", 1) == 3
    assert picture("Print/folder.jpg").mode == "CMYK"
    assert picture("Turned/folder.jpg").getexif()[0x0112] == 6
    assert picture("Sixteen Bits/folder.png").mode == "I;16"
    assert picture("Palette/logo.png").mode == "P"
    assert picture("Thread/fanart.jpg").size == (1, 10_000)
    with pytest.raises(OSError, match="truncated"):
        picture("Half/folder.jpg").load()
    with pytest.raises(Image.DecompressionBombError):
        picture("Bomb/fanart.png")


def test_the_folder_can_be_built_again_although_parts_are_closed(report: SampleReport) -> None:
    again = build_library(report.target, artists=2, seed=1, flavour="oddities", light=True)
    assert again.artists == 2
    assert again.oddities == report.oddities


def test_nothing_is_written_beside_the_library(report: SampleReport, tmp_path: Path) -> None:
    build_library(tmp_path / "library", artists=0, seed=1, flavour="oddities")
    assert set(os.listdir(tmp_path)) - {"data"} == {"library"}
