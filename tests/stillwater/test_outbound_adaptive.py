"""A rate that falls when a server asks us to slow down, and creeps back with its answers."""

from pathlib import Path

import pytest

from stillwater.outbound import FileBuckets, Rate
from tests.stillwater.misbehaving import Clock

RATE = Rate("mb", per_second=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def buckets(tmp_path: Path, clock: Clock) -> FileBuckets:
    return FileBuckets(tmp_path, clock)


def share(buckets: FileBuckets) -> float:
    return round(buckets.look("mb").share, 6)


def throttle(buckets: FileBuckets, clock: Clock, times: int = 1, seconds: float = 0) -> list[float]:
    """The pauses that follow."""
    pauses = []
    for _ in range(times):
        buckets.throttled(RATE, seconds)
        pauses.append(round(buckets.enter(RATE, 0).wait, 3))
        clock.now += 3600
    return pauses


def test_a_throttle_halves_the_rate_and_pauses(buckets: FileBuckets, clock: Clock) -> None:
    assert throttle(buckets, clock) == [2]
    assert share(buckets) == 0.5


def test_the_pause_that_the_server_names_is_kept(buckets: FileBuckets, clock: Clock) -> None:
    assert throttle(buckets, clock, seconds=17) == [17]


def test_a_pause_of_days_ends_after_an_hour(buckets: FileBuckets, clock: Clock) -> None:
    assert throttle(buckets, clock, seconds=1e9) == [3600]


def test_pauses_without_a_named_time_double_up_to_a_minute(buckets: FileBuckets, clock: Clock) -> None:
    assert throttle(buckets, clock, 8) == [2, 4, 8, 16, 32, 60, 60, 60]
    assert share(buckets) == 0.125


def test_workers_that_hear_of_the_same_throttle_halve_once(buckets: FileBuckets) -> None:
    for _ in range(5):
        buckets.throttled(RATE, 0)
    assert share(buckets) == 0.5


def test_those_who_wait_already_are_slowed_as_well(buckets: FileBuckets, clock: Clock) -> None:
    waiting = [buckets.enter(RATE, 100) for _ in range(3)]
    buckets.throttled(RATE, 10)
    assert [round(buckets.wait(RATE, ticket), 2) for ticket in waiting] == [10, 12.07, 14.14]


def test_answers_give_the_rate_back_little_by_little_and_never_more(buckets: FileBuckets, clock: Clock) -> None:
    throttle(buckets, clock)
    shares = []
    for _ in range(100):
        buckets.succeeded(RATE)
        shares.append(share(buckets))
    assert shares[8:10] == [0.5, 0.6]
    assert shares[48:51] == [0.9, 1, 1]
    assert max(shares) == 1


def test_a_new_throttle_begins_the_count_anew(buckets: FileBuckets, clock: Clock) -> None:
    throttle(buckets, clock)
    for _ in range(9):
        buckets.succeeded(RATE)
    throttle(buckets, clock)
    for _ in range(9):
        buckets.succeeded(RATE)
    assert share(buckets) == 0.25


def test_a_clock_set_back_does_not_prolong_the_pause(buckets: FileBuckets, clock: Clock) -> None:
    buckets.throttled(RATE, 30)
    clock.now -= 86_400
    assert buckets.enter(RATE, 100).wait == pytest.approx(30)
