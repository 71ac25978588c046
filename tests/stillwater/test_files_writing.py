"""What lies on disk after a write, a removal and a refused one."""

import hashlib
import os
import stat
from pathlib import Path

import pytest

from stillwater.files import (
    FileMissing,
    FileRefused,
    NameTaken,
    containment,
    create_file,
    make_folder,
    remove_file,
    write_file,
)


@pytest.fixture
def music(tmp_path: Path) -> Path:
    root = tmp_path / "music"
    (root / "Nina").mkdir(parents=True)
    return root


class TestWriteFile:
    def test_a_new_file_holds_the_bytes_and_the_answer_describes_it(self, music: Path) -> None:
        written = write_file(music / "Nina/artist.nfo", b"<artist/>", root=music)
        found = written.path.stat()
        assert written.path.read_bytes() == b"<artist/>"
        assert written.sha256 == hashlib.sha256(b"<artist/>").hexdigest()
        assert (written.size, written.mtime_ns) == (found.st_size, found.st_mtime_ns)

    def test_a_new_file_may_be_read_by_the_players(self, music: Path) -> None:
        old = os.umask(0o077)
        try:
            written = write_file(music / "Nina/folder.jpg", b"x", root=music)
        finally:
            os.umask(old)
        assert stat.S_IMODE(written.path.stat().st_mode) == 0o644

    def test_the_old_mode_is_kept(self, music: Path) -> None:
        target = music / "Nina/artist.nfo"
        target.write_bytes(b"old")
        target.chmod(0o664)
        write_file(target, b"new", root=music)
        assert stat.S_IMODE(target.stat().st_mode) == 0o664

    def test_a_caller_may_ask_for_a_private_file(self, music: Path) -> None:
        written = write_file(music / "secret", b"x", root=music, mode=0o600)
        assert stat.S_IMODE(written.path.stat().st_mode) == 0o600

    def test_nothing_is_readable_by_others_before_the_mode_is_set(
        self, music: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[int] = []
        real = os.write

        def write(descriptor: int, data: bytes) -> int:
            seen.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
            return real(descriptor, data)

        monkeypatch.setattr(os, "write", write)
        write_file(music / "secret", b"x", root=music, mode=0o600)
        assert seen == [0o600]

    def test_a_link_is_replaced_and_its_target_left_alone(self, music: Path, tmp_path: Path) -> None:
        outside = tmp_path / "outside.jpg"
        outside.write_bytes(b"theirs")
        link = music / "Nina/folder.jpg"
        link.symlink_to(outside)
        write_file(link, b"ours", root=music)
        assert not link.is_symlink()
        assert (link.read_bytes(), outside.read_bytes()) == (b"ours", b"theirs")

    def test_short_writes_are_completed(self, music: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        real = os.write
        monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(data[:7])))
        written = write_file(music / "Nina/artist.nfo", b"0123456789" * 10, root=music)
        assert written.path.read_bytes() == b"0123456789" * 10

    def test_a_reader_never_finds_the_file_missing(self, music: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        target = music / "Nina/folder.jpg"
        target.write_bytes(b"old")
        seen: list[bytes] = []
        for name in ("open", "fsync", "replace", "link", "unlink", "rename"):
            real = getattr(os, name)
            looked = lambda *a, real=real, **o: (seen.append(target.read_bytes()), real(*a, **o))[1]  # noqa: E731
            monkeypatch.setattr(containment.os, name, looked)
        write_file(target, b"new", root=music)
        assert set(seen) == {b"old", b"new"}

    def test_names_that_are_not_utf8_are_written(self, music: Path) -> None:
        path = Path(os.fsdecode(os.fsencode(music) + b"/Bj\xf6rk.nfo"))
        assert write_file(path, b"x", root=music).path.read_bytes() == b"x"

    @pytest.mark.parametrize("kind", ["folder", "pipe"])
    def test_what_is_no_regular_file_is_refused(self, music: Path, kind: str) -> None:
        target = music / "Nina/fanart.jpg"
        target.mkdir() if kind == "folder" else os.mkfifo(target)
        with pytest.raises(FileRefused, match="not a regular file"):
            write_file(target, b"x", root=music)
        assert os.listdir(music / "Nina") == ["fanart.jpg"]

    def test_a_name_that_is_too_long_is_a_clear_error(self, music: Path) -> None:
        with pytest.raises(FileRefused) as caught:
            write_file(music / ("音" * 90), b"x", root=music)
        assert caught.value.errno

    def test_a_missing_parent_is_not_invented(self, music: Path) -> None:
        with pytest.raises(FileMissing):
            write_file(music / "Gone/artist.nfo", b"x", root=music)


class TestContainment:
    @pytest.mark.parametrize(
        "path",
        [
            "{tmp}/music-evil/x", "{tmp}/x", "{tmp}/music", "{tmp}/music/../x", "{tmp}/music/Nina/../../x",
            "{tmp}/music/link/x", "{tmp}/music/Nina/..", "music/x", "/etc/x", "{tmp}/music/a\0b", "/", "",
        ],
    )  # fmt: skip
    def test_a_write_outside_the_root_is_refused(self, music: Path, tmp_path: Path, path: str) -> None:
        (tmp_path / "music-evil").mkdir()
        (music / "link").symlink_to(tmp_path / "music-evil")
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(FileRefused):
            write_file(Path(path.format(tmp=tmp_path)), b"x", root=music)
        assert sorted(tmp_path.rglob("*")) == before

    def test_a_link_that_stays_inside_is_followed(self, music: Path) -> None:
        (music / "alias").symlink_to(music / "Nina")
        assert write_file(music / "alias/artist.nfo", b"x", root=music).path == music / "Nina/artist.nfo"

    def test_a_root_that_is_a_link_itself_is_fine(self, music: Path, tmp_path: Path) -> None:
        (tmp_path / "share").symlink_to(music)
        written = write_file(tmp_path / "share/Nina/artist.nfo", b"x", root=tmp_path / "share")
        assert written.path == music / "Nina/artist.nfo"

    def test_a_folder_swapped_for_a_link_after_the_check_is_refused(
        self, music: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        evil = tmp_path / "evil"
        evil.mkdir()
        check = containment.contained

        def check_then_swap(path: Path, root: Path) -> Path:
            answer = check(path, root)
            (music / "Nina").rmdir()
            (music / "Nina").symlink_to(evil)
            return answer

        monkeypatch.setattr(containment, "contained", check_then_swap)
        with pytest.raises(FileRefused):
            write_file(music / "Nina/artist.nfo", b"x", root=music)
        assert list(evil.iterdir()) == []


class TestCreateFile:
    def test_a_taken_name_is_left_alone(self, music: Path) -> None:
        (music / "key").write_bytes(b"first")
        with pytest.raises(NameTaken):
            create_file(music / "key", b"second", root=music)
        assert (music / "key").read_bytes() == b"first"
        assert sorted(os.listdir(music)) == ["Nina", "key"]

    def test_a_dangling_link_is_a_taken_name(self, music: Path) -> None:
        (music / "key").symlink_to("nowhere")
        with pytest.raises(NameTaken):
            create_file(music / "key", b"second", root=music)

    def test_a_free_name_is_filled(self, music: Path) -> None:
        assert create_file(music / "key", b"x", root=music, mode=0o600).path.stat().st_nlink == 1


class TestRemoveFile:
    def test_a_file_goes(self, music: Path) -> None:
        (music / "old.jpg").write_bytes(b"x")
        assert remove_file(music / "old.jpg", root=music)
        assert os.listdir(music) == ["Nina"]

    def test_nothing_there_is_no_error(self, music: Path) -> None:
        assert not remove_file(music / "old.jpg", root=music)

    def test_a_folder_is_refused(self, music: Path) -> None:
        with pytest.raises(FileRefused, match="folder"):
            remove_file(music / "Nina", root=music)

    def test_a_link_goes_and_its_target_stays(self, music: Path, tmp_path: Path) -> None:
        (tmp_path / "theirs").write_bytes(b"x")
        (music / "link").symlink_to(tmp_path / "theirs")
        remove_file(music / "link", root=music)
        assert (tmp_path / "theirs").exists()
        assert not (music / "link").is_symlink()

    def test_outside_the_root_nothing_goes(self, music: Path, tmp_path: Path) -> None:
        (tmp_path / "theirs").write_bytes(b"x")
        with pytest.raises(FileRefused):
            remove_file(tmp_path / "theirs", root=music)
        assert (tmp_path / "theirs").exists()


class TestMakeFolder:
    def test_missing_parents_are_made(self, music: Path) -> None:
        assert make_folder(music / "cache/ab/cd", root=music).is_dir()

    def test_a_folder_that_is_there_is_fine(self, music: Path) -> None:
        assert make_folder(music / "Nina", root=music) == music / "Nina"

    def test_a_file_in_the_way_is_refused(self, music: Path) -> None:
        (music / "cache").write_bytes(b"x")
        with pytest.raises(FileRefused):
            make_folder(music / "cache", root=music)
        with pytest.raises(FileRefused):
            make_folder(music / "cache/ab", root=music)

    def test_nothing_is_made_outside(self, music: Path, tmp_path: Path) -> None:
        with pytest.raises(FileRefused):
            make_folder(tmp_path / "elsewhere/deep", root=music)
        assert not (tmp_path / "elsewhere").exists()
