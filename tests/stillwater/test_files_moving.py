"""Renaming files and folders: nothing is overwritten, nothing copied, nothing left between two names."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from stillwater.files import (
    FileMissing,
    FileRefused,
    NameTaken,
    OtherDevice,
    moving,
    rename_file,
    rename_folder,
    sweep_stray_temps,
)


class FoldingOs:
    """A volume that ignores case: a name that is not there answers as its other spelling."""

    def __init__(self, fail_second_rename: bool = False) -> None:
        self.fail_second_rename = fail_second_rename
        self.renames = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def lstat(self, name: str, *, dir_fd: int) -> os.stat_result:
        spelt = [other for other in os.listdir(dir_fd) if other.casefold() == name.casefold()]
        return os.lstat(spelt[0] if spelt else name, dir_fd=dir_fd)

    def rename(self, *arguments: Any, **options: Any) -> None:
        self.renames += 1
        if self.fail_second_rename and self.renames >= 2:
            raise OSError(errno.EIO, "gone")
        os.rename(*arguments, **options)


class TestRenameFile:
    def test_the_file_has_its_new_name_only(self, tmp_path: Path) -> None:
        (tmp_path / "a.jpg").write_bytes(b"a")
        assert rename_file(tmp_path / "a.jpg", tmp_path / "b.jpg", root=tmp_path) == tmp_path / "b.jpg"
        assert (tmp_path / "b.jpg").read_bytes() == b"a"
        assert not (tmp_path / "a.jpg").exists()

    def test_a_taken_name_is_refused_and_both_files_stay(self, tmp_path: Path) -> None:
        (tmp_path / "a.jpg").write_bytes(b"a")
        (tmp_path / "b.jpg").write_bytes(b"b")
        with pytest.raises(NameTaken):
            rename_file(tmp_path / "a.jpg", tmp_path / "b.jpg", root=tmp_path)
        assert [(tmp_path / name).read_bytes() for name in ("a.jpg", "b.jpg")] == [b"a", b"b"]

    def test_a_name_taken_at_the_last_moment_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "a.jpg").write_bytes(b"a")
        monkeypatch.setattr(moving, "note_own_write", lambda *_: (tmp_path / "b.jpg").write_bytes(b"b"))
        with pytest.raises(NameTaken):
            rename_file(tmp_path / "a.jpg", tmp_path / "b.jpg", root=tmp_path)
        assert [(tmp_path / name).read_bytes() for name in ("a.jpg", "b.jpg")] == [b"a", b"b"]

    def test_a_second_hard_link_is_another_file_not_another_spelling(self, tmp_path: Path) -> None:
        (tmp_path / "a.jpg").write_bytes(b"a")
        (tmp_path / "A.jpg").hardlink_to(tmp_path / "a.jpg")
        with pytest.raises(NameTaken):
            rename_file(tmp_path / "a.jpg", tmp_path / "A.jpg", root=tmp_path)
        assert {"a.jpg", "A.jpg"} <= set(os.listdir(tmp_path))

    def test_another_spelling_on_a_volume_that_ignores_case(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(moving, "os", FoldingOs())
        (tmp_path / "Folder.JPG").write_bytes(b"a")
        rename_file(tmp_path / "Folder.JPG", tmp_path / "folder.jpg", root=tmp_path)
        assert sorted(os.listdir(tmp_path)) == ["data", "folder.jpg"]

    def test_the_same_name_changes_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "a.jpg").write_bytes(b"a")
        assert rename_file(tmp_path / "a.jpg", tmp_path / "a.jpg", root=tmp_path) == tmp_path / "a.jpg"

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(FileMissing, match=r"a\.jpg"):
            rename_file(tmp_path / "a.jpg", tmp_path / "b.jpg", root=tmp_path)


class TestRenameFolder:
    def test_the_folder_moves_with_its_content(self, tmp_path: Path) -> None:
        (tmp_path / "Bjork").mkdir()
        (tmp_path / "Bjork/artist.nfo").write_bytes(b"x")
        rename_folder(tmp_path / "Bjork", tmp_path / "Björk", root=tmp_path)
        assert (tmp_path / "Björk/artist.nfo").read_bytes() == b"x"
        assert not (tmp_path / "Bjork").exists()

    @pytest.mark.parametrize("taken", ["empty folder", "full folder", "file", "dangling link"])
    def test_a_taken_name_is_refused(self, tmp_path: Path, taken: str) -> None:
        (tmp_path / "a").mkdir()
        there = tmp_path / "b"
        if taken == "file":
            there.write_bytes(b"x")
        elif taken == "dangling link":
            there.symlink_to("nowhere")
        else:
            there.mkdir()
            if taken == "full folder":
                (there / "x").write_bytes(b"x")
        with pytest.raises(NameTaken):
            rename_folder(tmp_path / "a", there, root=tmp_path)
        assert (tmp_path / "a").is_dir()

    def test_a_full_folder_that_appears_at_the_last_moment_is_kept(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "a").mkdir()
        there = tmp_path / "b"

        def appear(*_: object) -> None:
            there.mkdir(exist_ok=True)
            (there / "x").write_bytes(b"x")

        monkeypatch.setattr(moving, "note_own_write", appear)
        with pytest.raises(NameTaken):
            rename_folder(tmp_path / "a", there, root=tmp_path)
        assert (there / "x").read_bytes() == b"x"

    def test_a_link_to_a_folder_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "real")
        with pytest.raises(FileRefused):
            rename_folder(tmp_path / "link", tmp_path / "new", root=tmp_path)

    @pytest.mark.parametrize("target", ["a/b", "../out", "outside/x"])
    def test_a_target_inside_itself_or_outside_the_root_is_refused(self, tmp_path: Path, target: str) -> None:
        root = tmp_path / "music"
        (root / "a").mkdir(parents=True)
        (root / "outside").symlink_to(tmp_path)
        with pytest.raises(FileRefused):
            rename_folder(root / "a", root / target, root=root)
        assert (root / "a").is_dir()

    def test_another_disk_is_refused_and_nothing_is_copied(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "a").mkdir()

        def cross(*_: object, **__: object) -> None:
            raise OSError(errno.EXDEV, "cross-device")

        monkeypatch.setattr(os, "rename", cross)
        with pytest.raises(OtherDevice, match="another disk"):
            rename_folder(tmp_path / "a", tmp_path / "b", root=tmp_path)
        assert sorted(os.listdir(tmp_path)) == ["a", "data"]

    def test_another_spelling_on_a_volume_that_ignores_case(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "abba").mkdir()
        monkeypatch.setattr(moving, "os", FoldingOs())
        rename_folder(tmp_path / "abba", tmp_path / "ABBA", root=tmp_path)
        assert sorted(os.listdir(tmp_path)) == ["ABBA", "data"]

    def test_a_folder_stranded_between_two_spellings_is_put_back_by_the_sweep(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "abba").mkdir()
        (tmp_path / "abba/artist.nfo").write_bytes(b"x")
        with monkeypatch.context() as patch:
            patch.setattr(moving, "os", FoldingOs(fail_second_rename=True))
            with pytest.raises(Exception, match="did not answer"):
                rename_folder(tmp_path / "abba", tmp_path / "ABBA", root=tmp_path)
        assert not (tmp_path / "abba").exists()
        assert sweep_stray_temps(tmp_path, before=float("inf")).restored == ["abba"]
        assert (tmp_path / "abba/artist.nfo").read_bytes() == b"x"


class TestSweep:
    def test_only_our_own_old_names_go(self, tmp_path: Path) -> None:
        ours = tmp_path / ".stillwater-0123456789abcdef.tmp"
        theirs = [tmp_path / name for name in ("a.tmp", ".stillwater-x.tmp", "x.bak", ".hidden", "x.moving")]
        for path in [ours, *theirs]:
            path.write_bytes(b"x")
        assert sweep_stray_temps(tmp_path, before=float("inf")).removed == [ours.name]
        assert all(path.exists() for path in theirs)

    def test_what_is_younger_than_this_process_stays(self, tmp_path: Path) -> None:
        (tmp_path / ".stillwater-0123456789abcdef.tmp").write_bytes(b"x")
        assert sweep_stray_temps(tmp_path).removed == []

    def test_a_stranded_entry_is_not_put_over_another(self, tmp_path: Path) -> None:
        stranded = tmp_path / "a.jpg.stillwater-0123456789abcdef.moving"
        stranded.write_bytes(b"stranded")
        (tmp_path / "a.jpg").write_bytes(b"there")
        assert sweep_stray_temps(tmp_path, before=float("inf")).restored == []
        assert (stranded.read_bytes(), (tmp_path / "a.jpg").read_bytes()) == (b"stranded", b"there")

    def test_a_folder_that_cannot_be_listed_is_an_error_not_an_empty_one(self, tmp_path: Path) -> None:
        with pytest.raises(FileMissing):
            sweep_stray_temps(tmp_path / "gone")

    def test_of_a_link_that_was_in_the_making_the_link_goes_and_what_it_leads_to_stays(self, tmp_path: Path) -> None:
        elsewhere = tmp_path / "folder.jpg"
        elsewhere.write_bytes(b"a picture")
        (tmp_path / ".stillwater-0123456789abcdef.tmp").symlink_to(elsewhere)
        assert sweep_stray_temps(tmp_path, before=float("inf")).removed == [".stillwater-0123456789abcdef.tmp"]
        assert elsewhere.read_bytes() == b"a picture"
