"""Rate buckets that all processes of a machine share."""

import os
from pathlib import Path

import pytest

from stillwater.outbound import FileBuckets
from tests.stillwater.misbehaving import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def buckets(tmp_path: Path, clock: Clock) -> FileBuckets:
    return FileBuckets(tmp_path / "rate", clock)


def take(buckets: FileBuckets, name: str = "mb", *, burst: int = 1, patience: float = 100) -> float:
    return round(buckets.reserve(name, interval=1, burst=burst, patience=patience), 6)


def test_each_takes_the_next_free_moment(buckets: FileBuckets, clock: Clock) -> None:
    assert [take(buckets) for _ in range(4)] == [0, 1, 2, 3]
    clock.now += 10
    assert take(buckets) == 0


def test_a_burst_may_come_at_once_and_then_the_rate_holds(buckets: FileBuckets, clock: Clock) -> None:
    assert [take(buckets, burst=3) for _ in range(5)] == [0, 0, 0, 1, 2]
    clock.now += 1000
    assert [take(buckets, burst=3) for _ in range(4)] == [0, 0, 0, 1]


def test_buckets_do_not_disturb_each_other(buckets: FileBuckets) -> None:
    assert [take(buckets, name) for name in ("a", "b", "a/../b", "../a")] == [0, 0, 0, 0]


def test_beyond_the_patience_nothing_is_taken(buckets: FileBuckets) -> None:
    assert [take(buckets, patience=1) for _ in range(4)] == [0, 1, 2, 2]


def test_a_hold_counts_for_all_and_never_shortens_the_wait(buckets: FileBuckets, tmp_path: Path, clock: Clock) -> None:
    buckets.hold("mb", 30)
    buckets.hold("mb", 5)
    assert take(FileBuckets(tmp_path / "rate", clock)) == 30


@pytest.mark.parametrize("text", ["", "torn", "nan", "inf", "1e400", "\xff"])
def test_a_torn_file_counts_as_empty(buckets: FileBuckets, tmp_path: Path, text: str) -> None:
    take(buckets)
    next((tmp_path / "rate").iterdir()).write_text(text)
    assert [take(buckets), take(buckets)] == [0, 1]


def test_a_clock_that_was_set_back_blocks_nobody(buckets: FileBuckets, clock: Clock) -> None:
    take(buckets)
    clock.now -= 86_400
    assert take(buckets) == 0


def test_no_name_leads_out_of_the_folder(buckets: FileBuckets, tmp_path: Path) -> None:
    take(buckets, "../../etc/passwd")
    assert [path.name for path in (tmp_path / "rate").iterdir()] == ["______etc_passwd.next"]


def test_processes_at_the_same_time_never_take_the_same_moment(buckets: FileBuckets) -> None:
    reader, writer = os.pipe()
    children = []
    for _ in range(4):
        child = os.fork()
        if child == 0:
            for _ in range(50):
                os.write(writer, f"{take(buckets, patience=1000)}\n".encode())
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader) as waits:
        assert sorted(float(line) for line in waits) == list(range(200))
