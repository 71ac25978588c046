"""The spans of time that reports speak of, and days put together so that bars can be told apart."""

from collections.abc import Sequence
from datetime import date

from rules.charts import day_text
from stillwater.numbers import whole_number

SPANS = {30: "30 days", 90: "90 days", 365: "A year"}


def span_of(text: str) -> int:
    days = whole_number(text)
    return days if days in SPANS else 90


def spans_of(days: Sequence[tuple[date, int, int]], span: int) -> list[tuple[str, int, int]]:
    """Days for a month, weeks for a quarter, four weeks for a year: never more bars than one can tell apart."""
    size = 1 if span <= 30 else 7 if span <= 90 else 28
    parts = [days[max(end - size, 0) : end] for end in range(len(days), 0, -size)]
    return [
        (day_text(part[0][0]), sum(day[1] for day in part), sum(day[2] for day in part)) for part in reversed(parts)
    ]
