"""Reading what others own: regular files only, bounded, never hanging."""

import os
from pathlib import Path

import pytest

from stillwater.files import FileMissing, FileRefused, FileTooLarge, read_bytes_limited, reading


def test_the_whole_file_comes_back(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")
    assert read_bytes_limited(tmp_path / "x", 3) == b"abc"


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    assert read_bytes_limited(tmp_path / "x", 10) == b""


def test_one_byte_too_many_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abcd")
    with pytest.raises(FileTooLarge):
        read_bytes_limited(tmp_path / "x", 3)


def test_a_file_that_grows_while_it_is_read_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x").write_bytes(b"abc")
    real = os.read

    def read(descriptor: int, size: int) -> bytes:
        with (tmp_path / "x").open("ab") as file:
            file.write(b"more")
        return real(descriptor, size)

    monkeypatch.setattr(reading.os, "read", read)
    with pytest.raises(FileTooLarge):
        read_bytes_limited(tmp_path / "x", 3)


def test_a_folder_a_pipe_and_a_device_are_refused_without_hanging(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", Path("/dev/zero"), Path("/dev/tty")):
        with pytest.raises(FileRefused):
            read_bytes_limited(path, 10)


def test_a_pipe_that_takes_the_place_of_the_file_does_not_hang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    regular = (tmp_path / "x", (tmp_path / "x").touch())[0].stat()
    monkeypatch.setattr(reading.os, "stat", lambda _: regular)
    with pytest.raises(FileRefused):
        read_bytes_limited(tmp_path / "pipe", 10)


def test_a_link_inside_the_root_is_read_and_one_that_leads_out_is_not(tmp_path: Path) -> None:
    root = tmp_path / "music"
    root.mkdir()
    (root / "real").write_bytes(b"in")
    (tmp_path / "music-evil").write_bytes(b"out")
    (root / "good").symlink_to("real")
    (root / "bad").symlink_to(tmp_path / "music-evil")
    assert read_bytes_limited(root / "good", 10, root=root) == b"in"
    with pytest.raises(FileRefused):
        read_bytes_limited(root / "bad", 10, root=root)


@pytest.mark.parametrize("root", [True, False])
def test_a_dangling_link_and_a_loop_are_named(tmp_path: Path, root: bool) -> None:
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(FileMissing):
        read_bytes_limited(tmp_path / "dangling", 10, root=tmp_path if root else None)
    with pytest.raises(FileRefused):
        read_bytes_limited(tmp_path / "loop", 10, root=tmp_path if root else None)


def test_the_message_is_one_printable_line(tmp_path: Path) -> None:
    with pytest.raises(FileMissing) as caught:
        read_bytes_limited(tmp_path / "a\nb\udcff\x1b", 10)
    assert caught.value.message.isprintable()
