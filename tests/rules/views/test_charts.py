"""Charts are drawn from numbers alone: where the line goes, what the grid says, which points one can press."""

from datetime import date, timedelta

from rules.charts import MOST_POINTS, bounds, grid_values, line_chart, pair_chart

FIRST = date(2026, 8, 1)


def series(*values: float) -> list[tuple[date, float]]:
    return [(FIRST + timedelta(days=index), value) for index, value in enumerate(values)]


class TestLine:
    def test_a_line_runs_from_the_left_edge_to_the_right(self) -> None:
        chart = line_chart(series(60, 70, 80), width=300)
        first, *_middle, last = chart.line.split(" ")
        assert first.startswith("0,")
        assert last.startswith("300,")

    def test_a_higher_value_stands_higher(self) -> None:
        chart = line_chart(series(60, 80))
        low, high = (float(spot.split(",")[1]) for spot in chart.line.split(" "))
        assert high < low

    def test_days_keep_their_distance(self) -> None:
        rows = [(FIRST, 60.0), (FIRST + timedelta(days=1), 61.0), (FIRST + timedelta(days=10), 62.0)]
        xs = [float(spot.split(",")[0]) for spot in line_chart(rows, width=100).line.split(" ")]
        assert xs == [0, 10, 100]

    def test_an_empty_series_has_no_line(self) -> None:
        assert line_chart([]).line == ""

    def test_one_day_is_drawn_level(self) -> None:
        ys = {spot.split(",")[1] for spot in line_chart(series(70)).line.split(" ")}
        assert len(ys) == 1

    def test_many_days_have_few_points_first_and_last_among_them(self) -> None:
        chart = line_chart(series(*range(100)), width=990)
        assert len(chart.points) == MOST_POINTS
        assert (chart.points[0][0], chart.points[-1][0]) == (0, 990)

    def test_a_point_says_its_value_and_leads_to_its_day(self) -> None:
        chart = line_chart(series(70.5, 71), unit=" %", link=lambda day: f"/activity?since={day}")
        assert chart.points[0][2:] == ("1 Aug: 70.5 %", "/activity?since=2026-08-01")

    def test_the_scale_of_per_cents_ends_at_a_hundred(self) -> None:
        assert bounds([99, 100], highest=100)[1] == 100

    def test_equal_values_still_have_a_scale(self) -> None:
        low, high = bounds([50, 50])
        assert low < 50 <= high
        assert grid_values(low, high)


class TestPairs:
    def test_bars_grow_with_their_counts(self) -> None:
        small, large = pair_chart([("a", 1, 0), ("b", 4, 2)], names=("found", "resolved")).pairs
        assert large.first_height == small.first_height * 4
        assert small.second_height == 0

    def test_bars_say_what_they_are(self) -> None:
        chart = pair_chart([("1 Aug", 3, 2)], names=("found", "resolved"))
        assert chart.pairs[0].title == "1 Aug: 3 found, 2 resolved"

    def test_nothing_at_all_has_no_grid(self) -> None:
        assert pair_chart([("a", 0, 0)], names=("found", "resolved")).grid == []
