"""Every system call of a write fails in turn, and a process is killed in the middle; old bytes stay whole."""

import errno
import os
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from stillwater.errors import StillwaterError
from stillwater.files import (
    DeviceTrouble,
    DiskFull,
    FileProblem,
    NotPermitted,
    ReadOnly,
    create_file,
    entries,
    moving,
    remove_file,
    rename_file,
    rename_folder,
    sweep_stray_temps,
    write_file,
    writing,
)
from tests.stillwater.faults import FaultyOs

NUMBERS = [
    errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EMFILE, errno.ESTALE,
]  # fmt: skip
LATER = float("inf")
OLD, NEW = b"old" * 5000, b"new" * 9000
KILLS = 40
SIZE = 512 * 1024


def fail_each_call(
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    for_good: bool,
    run: Callable[[], object],
    check: Callable[[bool], None],
) -> int:
    """Runs until no fault is left to meet; `check` learns whether the run raised."""
    for nth in range(1, 100):
        faulty = FaultyOs(nth, number, for_good=for_good)
        with monkeypatch.context() as patch:
            for module in (writing, entries, moving):
                patch.setattr(module, "os", faulty)
            said = number_of_failure(run)
        assert said in (0, number)
        check(said != 0)
        if not faulty.fired:
            return nth - 1
    raise AssertionError("the loop did not end")


def number_of_failure(run: Callable[[], object]) -> int:
    """The system's number in the error that was raised; 0 when all went well."""
    try:
        run()
    except FileProblem as problem:
        return problem.errno
    return 0


@pytest.mark.parametrize("for_good", [False, True])
@pytest.mark.parametrize("number", NUMBERS)
class TestEveryCallFailsOnce:
    def test_a_replaced_file_is_the_old_one_or_the_new_one(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, for_good: bool
    ) -> None:
        target = tmp_path / "artist.nfo"
        target.write_bytes(OLD)

        def check(raised: bool) -> None:
            assert target.read_bytes() == (OLD if raised else NEW)
            sweep_stray_temps(tmp_path, before=LATER)
            assert sorted(os.listdir(tmp_path)) == ["artist.nfo", "data"]
            target.write_bytes(OLD)

        run = lambda: write_file(target, NEW, root=tmp_path)  # noqa: E731
        assert fail_each_call(monkeypatch, number, for_good, run, check) >= 7

    def test_a_created_file_is_whole_or_not_there(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, for_good: bool
    ) -> None:
        target = tmp_path / "key"

        def check(raised: bool) -> None:
            sweep_stray_temps(tmp_path, before=LATER)
            assert target.exists() or raised
            assert not target.exists() or target.read_bytes() == NEW
            assert set(os.listdir(tmp_path)) <= {"data", "key"}
            target.unlink(missing_ok=True)

        run = lambda: create_file(target, NEW, root=tmp_path)  # noqa: E731
        assert fail_each_call(monkeypatch, number, for_good, run, check) >= 7

    def test_a_removed_file_is_gone_or_whole(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, for_good: bool
    ) -> None:
        target = tmp_path / "old.jpg"
        target.write_bytes(OLD)

        def check(raised: bool) -> None:
            assert target.exists() == raised
            target.write_bytes(OLD)

        run = lambda: remove_file(target, root=tmp_path)  # noqa: E731
        assert fail_each_call(monkeypatch, number, for_good, run, check) >= 2

    @pytest.mark.parametrize("rename", [rename_file, rename_folder])
    def test_a_renamed_entry_keeps_at_least_one_of_its_names(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        number: int,
        for_good: bool,
        rename: Callable[..., Path],
    ) -> None:
        source, target = tmp_path / "before", tmp_path / "after"
        source.mkdir() if rename is rename_folder else source.write_bytes(OLD)

        def check(raised: bool) -> None:
            there = [path for path in (source, target) if path.exists()]
            assert there
            assert target in there or raised
            assert rename is rename_folder or all(path.read_bytes() == OLD for path in there)
            if target in there:
                target.replace(source)
                target.unlink(missing_ok=True)  # one file under two names: the line above changed nothing

        run = lambda: rename(source, target, root=tmp_path)  # noqa: E731
        assert fail_each_call(monkeypatch, number, for_good, run, check) >= 3


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (errno.ENOSPC, DiskFull, "the disk is full"),
        (errno.EDQUOT, DiskFull, "quota"),
        (errno.EROFS, ReadOnly, "read-only"),
        (errno.EACCES, NotPermitted, "may not"),
        (errno.EIO, DeviceTrouble, "did not answer"),
        (errno.ESTALE, DeviceTrouble, "did not answer"),
    ],
)
def test_the_error_says_in_plain_words_what_the_disk_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[StillwaterError], words: str
) -> None:
    monkeypatch.setattr(writing, "os", FaultyOs(2, number))
    with pytest.raises(kind, match=words) as caught:
        write_file(tmp_path / "x", b"x", root=tmp_path)
    assert isinstance(caught.value.__cause__, OSError)


def test_a_file_system_without_modes_and_links_still_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "not supported")

    monkeypatch.setattr(os, "fchmod", refuse)
    monkeypatch.setattr(os, "link", refuse)
    create_file(tmp_path / "one", b"x", root=tmp_path)
    rename_file(tmp_path / "one", tmp_path / "two", root=tmp_path)
    assert (tmp_path / "two").read_bytes() == b"x"
    assert not (tmp_path / "one").exists()


def test_a_write_that_meets_a_real_size_limit_halfway_keeps_the_old_bytes(tmp_path: Path) -> None:
    target = tmp_path / "fanart.jpg"
    target.write_bytes(OLD)

    def write() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        with suppress(DiskFull):
            write_file(target, b"n" * 300_000, root=tmp_path)
            os._exit(1)

    child = fork(write)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert target.read_bytes() == OLD
    assert sorted(os.listdir(tmp_path)) == ["data", "fanart.jpg"]


def fork(run: Callable[[], object]) -> int:
    child = os.fork()
    if child == 0:
        try:
            run()
        except BaseException:
            os._exit(2)
        os._exit(0)
    return child


def torn_after_kills(target: Path, write: Callable[[bytes], object]) -> int:
    """Kills a process that rewrites the file over and over, at ever other moments; counts torn files."""
    torn = 0
    for kill in range(KILLS):
        target.write_bytes(b"0" * SIZE)
        reader, writer = os.pipe()

        def write_for_ever(writer: int = writer) -> None:
            while True:
                for letter in b"ABCD":
                    write(bytes([letter]) * SIZE)
                    os.write(writer, b".")

        child = fork(write_for_ever)
        assert os.read(reader, 1 + kill % 3)
        sum(range(kill * 1500))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reader)
        os.close(writer)
        found = target.read_bytes()
        torn += len(found) != SIZE or len(set(found)) != 1
    return torn


class TestSigkill:
    def test_a_killed_write_never_leaves_a_torn_file(self, tmp_path: Path) -> None:
        target = tmp_path / "fanart.jpg"
        assert torn_after_kills(target, lambda data: write_file(target, data, root=tmp_path)) == 0
        sweep_stray_temps(tmp_path, before=LATER)
        assert sorted(os.listdir(tmp_path)) == ["data", "fanart.jpg"]

    def test_a_writer_in_place_is_torn_by_the_same_kills(self, tmp_path: Path) -> None:
        target = tmp_path / "fanart.jpg"

        def in_place(data: bytes) -> None:
            with target.open("wb", buffering=0) as file:
                for start in range(0, SIZE, SIZE // 16):
                    file.write(data[start : start + SIZE // 16])

        assert torn_after_kills(target, in_place) > 0
