"""Turns a series of values over days into what an SVG line needs: points, grid lines, labelled ticks. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

TOP, BOTTOM = 12.0, 24.0
MOST_POINTS = 13
"""More circles than this would hide the line."""

_STEPS = (1, 2, 5, 10, 20, 50)

Series = Sequence[tuple[date, float]]


@dataclass(frozen=True, slots=True)
class Chart:
    """Coordinates in the units of the SVG's viewBox; the template prints them as they are."""

    width: float
    height: float
    line: str = ""
    area: str = ""
    grid: list[tuple[float, str]] = field(default_factory=list)
    ticks: list[tuple[float, str, str]] = field(default_factory=list)
    points: list[tuple[float, float, str, str]] = field(default_factory=list)


def line_chart(
    series: Series,
    *,
    width: float = 320,
    height: float = 130,
    unit: str = "",
    link: Callable[[date], str] = lambda _day: "",
    highest: float | None = None,
) -> Chart:
    """A line over `series` (day, value), oldest first. `highest` caps the scale, such as 100 for per cent.

    Days keep their distance: a gap in the series is a long straight piece. An empty series gives an empty chart.
    """
    if not series:
        return Chart(width, height)
    low, high = bounds([value for _day, value in series], highest)
    place = _Scale(series[0][0], max((series[-1][0] - series[0][0]).days, 1), low, high, width, height)
    spots = [(place.x(day), place.y(value)) for day, value in series]
    line = " ".join(f"{x:g},{y:g}" for x, y in spots)
    base = height - BOTTOM
    return Chart(
        width,
        height,
        line=line if len(spots) > 1 else f"0,{spots[0][1]:g} {width:g},{spots[0][1]:g}",
        area=f"{spots[0][0]:g},{base:g} {line} {spots[-1][0]:g},{base:g}",
        grid=[(place.y(value), f"{value:g}{unit}") for value in grid_values(low, high)],
        ticks=_ticks(series, width),
        points=[
            (*spots[index], f"{day_text(series[index][0])}: {series[index][1]:g}{unit}", link(series[index][0]))
            for index in _chosen(len(series))
        ],
    )


def bounds(values: Sequence[float], highest: float | None = None) -> tuple[float, float]:
    """A low and a high a little beyond the values, on round numbers, at least ten apart."""
    low, high = min(values), max(values)
    spread = max(high - low, 10.0)
    step = next((step for step in _STEPS if spread / step <= 5), 100)
    bottom, top = (low // step) * step, -(-high // step) * step
    if bottom == low and bottom > 0:
        bottom -= step
    top = max(top, bottom + 10)
    if highest is not None and top > highest:
        bottom, top = max(0.0, min(bottom, highest - 10)), highest
    return max(0.0, bottom), top


def grid_values(low: float, high: float) -> list[float]:
    """Two to five round values inside the bounds."""
    step = next((step for step in _STEPS if (high - low) / step <= 5), 100)
    first = -(-low // step) * step
    values = [first + index * step for index in range(int((high - first) // step) + 1)]
    return [value for value in values if low < value]


def day_text(day: date) -> str:
    return f"{day.day} {day:%b}"


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    days: int
    low: float
    high: float
    width: float
    height: float

    def x(self, day: date) -> float:
        return round((day - self.first).days / self.days * self.width, 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(TOP + (1 - share) * (self.height - TOP - BOTTOM), 1)


def _ticks(series: Series, width: float) -> list[tuple[float, str, str]]:
    first, last = series[0][0], series[-1][0]
    if first == last:
        return [(0.0, day_text(first), "start")]
    middle = first + (last - first) / 2
    ends = [(0.0, day_text(first), "start"), (width, day_text(last), "end")]
    return [ends[0], (width / 2, day_text(middle), "middle"), ends[1]] if (last - first).days > 6 else ends


def _chosen(count: int) -> list[int]:
    """All where they are few, else evenly spread ones, first and last among them."""
    if count <= MOST_POINTS:
        return list(range(count))
    return sorted({round(index * (count - 1) / (MOST_POINTS - 1)) for index in range(MOST_POINTS)})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bars side by side: their places and heights, and what they say."""

    first_x: float
    first_y: float
    first_height: float
    second_x: float
    second_y: float
    second_height: float
    title: str


@dataclass(frozen=True, slots=True)
class PairChart:
    """Bars for two counts over the same spans."""

    width: float
    height: float
    bar: float
    pairs: list[Pair] = field(default_factory=list)
    grid: list[tuple[float, str]] = field(default_factory=list)
    ticks: list[tuple[float, str, str]] = field(default_factory=list)


def pair_chart(
    rows: Sequence[tuple[str, int, int]], *, names: tuple[str, str], width: float = 640, height: float = 170
) -> PairChart:
    """One pair of bars per row (label, first, second); all zeros give a chart without a grid."""
    if not rows:
        return PairChart(width, height, 0)
    high = max(max(first, second) for _label, first, second in rows)
    slot = width / len(rows)
    bar = round(min(slot * 0.36, 18), 2)
    room = height - TOP - BOTTOM
    top = bounds([0, high])[1] if high else 1

    def tall(count: int) -> float:
        return round(count / top * room, 1)

    pairs = []
    for index, (label, first, second) in enumerate(rows):
        middle = slot * (index + 0.5)
        one, two = tall(first), tall(second)
        base = height - BOTTOM
        title = f"{label}: {first} {names[0]}, {second} {names[1]}"
        pairs.append(
            Pair(round(middle - bar - 0.5, 1), base - one, one, round(middle + 0.5, 1), base - two, two, title)
        )
    grid = (
        [(round(height - BOTTOM - tall(int(value)), 1), f"{value:g}") for value in grid_values(0, top)] if high else []
    )
    ends = [(0.0, rows[0][0], "start"), (width, rows[-1][0], "end")]
    return PairChart(width, height, bar, pairs, grid, ends if len(rows) > 1 else ends[:1])
