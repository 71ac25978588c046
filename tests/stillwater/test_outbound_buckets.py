"""Rate buckets that all processes of a machine share."""

import os
from itertools import pairwise
from pathlib import Path

import pytest

from stillwater.outbound import FileBuckets, Rate
from stillwater.outbound.buckets import Ticket
from stillwater.outbound.policy import MARGIN
from tests.stillwater.misbehaving import Clock


def one_each_second(name: str = "mb", burst: int = 1) -> Rate:
    return Rate(name, per_second=MARGIN, burst=burst)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def buckets(tmp_path: Path, clock: Clock) -> FileBuckets:
    return FileBuckets(tmp_path / "rate", clock)


def take(buckets: FileBuckets, name: str = "mb", *, burst: int = 1, patience: float = 100) -> float:
    return round(buckets.enter(one_each_second(name, burst), patience).wait, 6)


def go(buckets: FileBuckets, ticket: Ticket, *, burst: int = 1) -> float:
    return round(buckets.leave(one_each_second(burst=burst), ticket), 6)


def test_each_takes_the_next_free_moment(buckets: FileBuckets, clock: Clock) -> None:
    assert [take(buckets) for _ in range(4)] == [0, 1, 2, 3]
    clock.now += 10
    assert take(buckets) == 0


def test_a_burst_may_come_at_once_and_then_the_rate_holds(buckets: FileBuckets, clock: Clock) -> None:
    assert [take(buckets, burst=3) for _ in range(5)] == [0, 0, 0, 1, 2]
    clock.now += 1000
    assert [take(buckets, burst=3) for _ in range(4)] == [0, 0, 0, 1]


def test_a_burst_leaves_at_once_and_the_next_waits(buckets: FileBuckets) -> None:
    tickets = [buckets.enter(one_each_second(burst=2), 100) for _ in range(3)]
    assert [go(buckets, ticket, burst=2) for ticket in tickets] == [0, 0, 1]


def test_who_leaves_late_pushes_those_behind(buckets: FileBuckets, clock: Clock) -> None:
    first, second = (buckets.enter(one_each_second(), 100) for _ in range(2))
    clock.now += 0.9
    assert go(buckets, first) == 0
    clock.now += 0.1
    assert go(buckets, second) == 0.9
    clock.now += 0.9
    assert go(buckets, second) == 0


def test_who_overslept_takes_the_next_free_moment_and_none_twice(buckets: FileBuckets, clock: Clock) -> None:
    first, second = (buckets.enter(one_each_second(), 100) for _ in range(2))
    clock.now += 1
    assert go(buckets, second) == 0
    assert go(buckets, first) == 1


def test_a_killed_worker_costs_its_own_turn_only(buckets: FileBuckets, clock: Clock) -> None:
    buckets.enter(one_each_second(), 100)
    others = [buckets.enter(one_each_second(), 100) for _ in range(3)]
    left = []
    for ticket in others:
        clock.now += buckets.wait(one_each_second(), ticket)
        left.append(clock.now)
        assert go(buckets, ticket) == 0
    assert [round(after - before, 6) for before, after in pairwise(left)] == [1, 1]


def test_buckets_do_not_disturb_each_other(buckets: FileBuckets) -> None:
    assert [take(buckets, name) for name in ("a", "b", "a/../b", "../a")] == [0, 0, 0, 0]


def test_beyond_the_patience_nothing_is_taken(buckets: FileBuckets) -> None:
    assert [take(buckets, patience=1) for _ in range(4)] == [0, 1, 2, 2]


def test_a_hold_counts_for_all_and_never_shortens_the_wait(buckets: FileBuckets, tmp_path: Path, clock: Clock) -> None:
    waiting = buckets.enter(one_each_second(), 100)
    buckets.hold(one_each_second(), 30)
    buckets.hold(one_each_second(), 5)
    assert go(buckets, waiting) == 30
    assert take(FileBuckets(tmp_path / "rate", clock)) == 31


@pytest.mark.parametrize("text", ["", "torn", "nan", "[]", '{"free_at": 1e999}', '{"share": 0}', '{"a": 1}', "\xff"])
def test_a_torn_file_counts_as_empty(buckets: FileBuckets, tmp_path: Path, text: str) -> None:
    take(buckets)
    next((tmp_path / "rate").iterdir()).write_text(text)
    assert [take(buckets), take(buckets)] == [0, 1]


@pytest.mark.parametrize("seconds", [60, 3600, 86_400])
def test_a_clock_that_was_set_back_blocks_nobody(buckets: FileBuckets, clock: Clock, seconds: float) -> None:
    assert go(buckets, buckets.enter(one_each_second(), 100)) == 0
    clock.now -= seconds
    assert take(buckets) == 1


def test_no_name_leads_out_of_the_folder(buckets: FileBuckets, tmp_path: Path) -> None:
    take(buckets, "../../etc/passwd")
    assert [path.name for path in (tmp_path / "rate").iterdir()] == ["______etc_passwd.rate"]


def test_processes_at_the_same_time_never_take_the_same_place(buckets: FileBuckets) -> None:
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


def test_who_allows_one_a_second_gets_longer_pauses_than_who_counts_many_in_a_window() -> None:
    slow, quick = Rate("musicbrainz", per_second=1), Rate("lastfm", per_second=5)
    assert slow.interval - 1 > quick.interval * 5 - 1 > 0
    assert 1 / slow.interval > 0.95
