"""Reports say what is stored, in a fixed number of queries."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from artists.models import Artist
from rules.models import HealthSnapshot, Status, Violation
from rules.reports.completeness import completeness
from rules.reports.compliance import HEADER, ComplianceFilter, as_cells, compliance, compliance_table
from rules.reports.health import health_history, library_healths, overall_health, top_rules
from rules.reports.trend import violation_trend
from rules.services.evaluation import evaluate
from rules.services.snapshots import record_snapshot
from stillwater.errors import Invalid
from tests.builders import make_artist, make_image, make_library

pytestmark = pytest.mark.django_db
LONG = "She sang in every harbour of the northern sea for forty years."


def scored(name: str, score: float, **values: object) -> Artist:
    return make_artist(name, health_score=score, health_evaluated_at=timezone.now(), **values)


class TestHealth:
    def test_an_empty_library_is_healthy(self) -> None:
        assert (overall_health().score, overall_health().total_artists) == (100.0, 0)

    def test_the_score_is_the_average_of_evaluated_artists(self) -> None:
        thumbed = scored("A", 100, nfo_exists=True, musicbrainz_id="x")
        make_image(thumbed)
        make_image(scored("B", 50.5), "fanart", exists=False)
        make_artist("C")
        scored("Various", 0, is_excluded=True)
        found = overall_health()
        assert (found.score, found.total_artists, found.compliant_artists) == (75.2, 3, 1)
        assert (found.missing_nfo, found.missing_thumb, found.missing_fanart, found.missing_mbid) == (2, 2, 3, 2)

    def test_nothing_evaluated_yet_is_not_healthy(self) -> None:
        make_artist()
        assert overall_health().score == 0

    def test_an_artist_counts_in_each_of_its_libraries(self) -> None:
        first, second, empty = make_library("First"), make_library("Second"), make_library("Third")
        both = scored("A", 80, library=first)
        both.memberships.create(library=second)
        scored("B", 100, library=second)
        found = {row.library_name: (row.total_artists, row.score) for row in library_healths()}
        assert found == {"First": (1, 80.0), "Second": (2, 90.0), empty.name: (0, 100.0)}

    def test_the_top_rules_have_most_active_findings(self) -> None:
        make_artist("A")
        make_artist("B", biography=LONG)
        evaluate(["bio_exists", "thumb_exists"])
        assert [(one.rule_id, one.count) for one in top_rules()] == [("thumb_exists", 2), ("bio_exists", 1)]

    def test_history_covers_both_days(self) -> None:
        library = make_library()
        record_snapshot()
        HealthSnapshot.objects.update(recorded_at=timezone.now() - timedelta(days=5))
        day = (timezone.now() - timedelta(days=5)).date()
        assert health_history(first=day, last=day).count() == 1
        assert health_history(first=day + timedelta(days=1)).count() == 0
        assert health_history(library_id=library.pk).count() == 1


class TestTrend:
    def test_days_without_findings_are_zero(self) -> None:
        artist = make_artist()
        evaluate(["bio_exists"])
        Violation.objects.update(
            created_at=timezone.now() - timedelta(days=2), status=Status.RESOLVED, resolved_at=timezone.now()
        )
        trend = violation_trend(4)
        assert [(day.created, day.resolved) for day in trend] == [(0, 0), (1, 0), (0, 0), (0, 1)]
        assert trend[-1].date == timezone.localdate()
        assert artist.pk

    @pytest.mark.parametrize("days", [0, 366, -1])
    def test_only_a_year_at_most(self, days: int) -> None:
        with pytest.raises(Invalid, match="days must be from 1 to 365"):
            violation_trend(days)


class TestCompleteness:
    def test_thirteen_things_where_they_apply(self) -> None:
        library = make_library()
        person = make_artist("A", library=library, type="person", born="1950", genres=["folk"], biography=LONG)
        make_image(person)
        make_artist("B", library=library, type="group", formed="1970", nfo_exists=True)
        make_artist("Various", is_excluded=True)
        report = completeness()
        found = {field.field: (field.count, field.total) for field in report.fields}
        assert len(found) == 13
        assert found["born"] == found["formed"] == (1, 1)
        assert found["died"] == found["disbanded"] == (0, 1)
        assert found["nfo"] == found["genres"] == found["biography"] == found["thumb"] == (1, 2)
        assert report.total_artists == 2
        assert report.overall_score == round(6 / 22 * 100, 1)
        assert [(one.library_name, one.score) for one in report.libraries] == [("Music", report.overall_score)]

    def test_the_lowest_are_named(self) -> None:
        scored("High", 90)
        scored("Low", 10)
        make_artist("Unknown")
        assert [one.name for one in completeness().lowest] == ["Low", "High"]

    def test_one_library(self) -> None:
        library = make_library()
        make_artist("A", library=library)
        make_artist("B")
        assert completeness(library.pk).total_artists == 1


class TestCompliance:
    def test_a_row_says_what_is_there_and_what_is_wrong(self) -> None:
        artist = make_artist(library=make_library(), nfo_exists=True, path="/music/Mara Field")
        make_image(artist)
        evaluate()
        page = compliance(ComplianceFilter(), sort="name", order="asc", page=1, page_size=50)
        row = page.rows[0]
        assert (page.total, row.library_name, row.images) == (1, "Music", frozenset({"thumb"}))
        assert row.rules_evaluated_count - row.rules_passed_count == len(row.violations) == 4
        assert row.violations[0].severity == "error"
        assert as_cells(row)[:8] == (
            "Mara Field",
            f"{artist_score(artist):.1f}",
            "yes",
            "yes",
            "no",
            "no",
            "no",
            "Music",
        )
        assert len(as_cells(row)) == len(HEADER)

    @pytest.mark.parametrize(
        ("wanted", "names"),
        [
            (ComplianceFilter(), ["Bad", "Good"]),
            (ComplianceFilter(status="compliant"), ["Good"]),
            (ComplianceFilter(status="non_compliant"), ["Bad"]),
            (ComplianceFilter(search="goo"), ["Good"]),
            (ComplianceFilter(filter="missing_nfo"), ["Bad"]),
            (ComplianceFilter(filter="missing_thumb", status="compliant"), ["Good"]),
            (ComplianceFilter(filter="excluded"), ["Various"]),
            (ComplianceFilter(health_min=50), ["Good"]),
            (ComplianceFilter(health_max=50), ["Bad"]),
        ],
    )
    def test_filters(self, wanted: ComplianceFilter, names: list[str]) -> None:
        scored("Good", 100, nfo_exists=True, search_text="good")
        scored("Bad", 20, search_text="bad")
        scored("Various", 0, is_excluded=True)
        page = compliance(wanted, sort="name", order="asc", page=1, page_size=50)
        assert [row.artist.name for row in page.rows] == names

    def test_odd_words_are_refused(self) -> None:
        for wanted in (ComplianceFilter(status="odd"), ComplianceFilter(filter="odd")):
            with pytest.raises(Invalid):
                compliance(wanted, sort="name", order="asc", page=1, page_size=50)
        with pytest.raises(Invalid):
            compliance(ComplianceFilter(), sort="colour", order="asc", page=1, page_size=50)

    @pytest.mark.parametrize("count", [1, 25])
    def test_a_page_costs_seven_queries(self, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        library = make_library()
        for number in range(count):
            make_image(make_artist(f"Artist {number}", library=library))
        evaluate()
        with django_assert_num_queries(7):
            compliance(ComplianceFilter(), sort="name", order="asc", page=1, page_size=50)

    def test_the_table_has_every_artist(self) -> None:
        Artist.objects.bulk_create(Artist(name=f"Artist {number:04}") for number in range(1003))
        names = [row.artist.name for row in compliance_table(ComplianceFilter(), sort="name", order="desc")]
        assert (len(names), names[0], names[-1]) == (1003, "Artist 1002", "Artist 0000")


def artist_score(artist: Artist) -> float:
    artist.refresh_from_db()
    return artist.health_score
