"""Moments at the ends of the calendar stay within what can be turned into any time zone."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.utils.timezone import override

from stillwater.moments import EARLIEST, LATEST, day_begins, day_ends, within_reach


@pytest.mark.parametrize("hours", [-23, 0, 23])
def test_the_first_and_the_last_moment_there_are_can_be_turned(hours: int) -> None:
    zone = timezone(timedelta(hours=hours))
    assert within_reach(datetime.min.replace(tzinfo=zone)) == EARLIEST
    assert within_reach(datetime.max.replace(tzinfo=zone)) == LATEST


def test_an_ordinary_moment_stays_as_it_is() -> None:
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert within_reach(moment) == moment


def test_a_day_is_one_of_the_house() -> None:
    with override("Asia/Tokyo"):
        assert day_begins(date(2026, 3, 1)) == datetime(2026, 2, 28, 15, tzinfo=UTC)
        assert day_ends(date(2026, 3, 1)) == datetime(2026, 3, 1, 14, 59, 59, 999999, tzinfo=UTC)
        assert day_begins(date.min) == EARLIEST
        assert day_ends(date.max) == LATEST
