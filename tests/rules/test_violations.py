"""Findings are listed, counted, dismissed, resolved, reopened and cleared."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from rules.models import Severity, Status, Violation
from rules.queries.findings import (
    FindingFilter,
    age_text,
    badge_count,
    counts,
    counts_of_artists,
    export_rows,
    findings,
)
from rules.queries.tallies import grouped
from rules.services.violations import bulk_dismiss, clear_resolved, dismiss, dismiss_orphans, reopen, resolve
from rules.types import RANKS
from stillwater.errors import Invalid, NotFound
from stillwater.services.options import change_options
from tests.builders import make_artist, make_library

pytestmark = pytest.mark.django_db


def make_finding(
    artist_name: str = "Mara Field", rule: str = "bio_exists", severity: str = "warning", **values: object
) -> Violation:
    artist = values.pop("artist", None) or make_artist(artist_name)
    return Violation.objects.create(
        rule_id=rule,
        artist=artist,
        artist_name=artist_name,
        severity=severity,
        rank=RANKS[severity],
        category=values.pop("category", "metadata"),
        message=values.pop("message", "There is no biography."),
        **values,
    )


class TestList:
    def test_the_worst_come_first_then_by_name(self) -> None:
        for name, severity in (("B", "info"), ("C", "error"), ("A", "error"), ("D", "warning")):
            make_finding(name, severity=severity)
        assert [row.artist_name for row in findings()] == ["A", "C", "D", "B"]
        assert [row.artist_name for row in findings(order="asc")] == ["B", "D", "C", "A"]

    @pytest.mark.parametrize("status", Status.values)
    def test_one_status_is_listed(self, status: str) -> None:
        for number, one in enumerate(Status.values):
            make_finding(f"Artist {number}", status=one)
        assert [row.status for row in findings(FindingFilter(status=status))] == [status]
        assert {row.status for row in findings()} == {"open", "pending_choice"}

    def test_filters_work_together(self) -> None:
        library = make_library()
        artist = make_artist("Mara Field", library=library)
        wanted = make_finding(
            "Mara Field", artist=artist, severity="error", category="nfo", rule="nfo_exists", fixable=True
        )
        make_finding("Other", severity="error", category="nfo", rule="nfo_exists", fixable=True)
        make_finding("Mara Field", artist=artist)
        chosen = FindingFilter(
            severity="error",
            category="nfo",
            rule_id="nfo_exists",
            artist_id=artist.pk,
            library_id=library.pk,
            search="mara",
            fixable=True,
        )
        assert list(findings(chosen)) == [wanted]

    @pytest.mark.parametrize("typed", ["ÄÉRO", "aero", "the old name", "no lifE story"])
    def test_a_search_reads_names_as_the_list_of_artists_does_and_sentences(self, typed: str) -> None:
        artist = make_artist("Äéro", search_text="aero\nthe old name")
        wanted = make_finding("Äéro", artist=artist, message="Has no life story")
        make_finding("Other", message="The picture is small")
        assert list(findings(FindingFilter(search=typed))) == [wanted]

    def test_each_names_its_first_library(self) -> None:
        first, second = make_library("First"), make_library("Second")
        artist = make_artist(library=second)
        artist.memberships.create(library=first, added_at=timezone.now() - timedelta(days=1))
        make_finding(artist=artist)
        make_finding("Homeless")
        assert [row.library_name for row in findings(sort="artist_name", order="asc")] == ["", "First"]

    @pytest.mark.parametrize("name", ["status", "severity", "category"])
    def test_odd_words_are_refused(self, name: str) -> None:
        with pytest.raises(Invalid, match=f"{name} must be one of"):
            findings(FindingFilter(**{name: "odd"}))

    def test_odd_orders_are_refused(self) -> None:
        with pytest.raises(Invalid, match="sort must be one of"):
            findings(sort="colour")
        with pytest.raises(Invalid, match="order must be one of"):
            findings(order="up")

    def test_groups_are_counted_largest_first(self) -> None:
        artist = make_artist("Mara Field")
        make_finding(artist=artist)
        make_finding(artist=artist, rule="nfo_exists", severity="error", category="nfo")
        make_finding("Other")
        assert [(group.label, group.count) for group in grouped("artist")] == [("Mara Field", 2), ("Other", 1)]
        assert next((group.key, group.label) for group in grouped("rule")) == ("bio_exists", "Biography exists")
        assert {group.key: group.count for group in grouped("severity")} == {"warning": 2, "error": 1}
        with pytest.raises(Invalid):
            grouped("colour")

    @pytest.mark.parametrize("count", [1, 20])
    def test_a_list_costs_one_query(self, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        for number in range(count):
            make_finding(f"Artist {number}")
        with django_assert_num_queries(1):
            assert len([row.library_name for row in findings()]) == count


class TestCounts:
    def test_active_ones_by_severity(self) -> None:
        artist = make_artist("Mara Field")
        make_finding(artist=artist, severity="error")
        make_finding(artist=artist, rule="nfo_exists", status=Status.PENDING_CHOICE)
        make_finding("Done", severity="error", status=Status.RESOLVED)
        found = counts()
        assert (found.error, found.warning, found.info, found.total) == (1, 1, 0, 2)
        one = counts_of_artists([artist.pk])[artist.pk]
        assert (one.level, one.parts) == ("error", [("error", "1 error"), ("warning", "1 warning")])

    def test_the_badge_counts_the_severities_that_are_on(self) -> None:
        for number, severity in enumerate(Severity.values):
            make_finding(f"Artist {number}", severity=severity)
        assert badge_count() == 2
        change_options({"notif_badge_severity_info": True, "notif_badge_severity_error": False})
        assert badge_count() == 2
        change_options({"notif_badge_enabled": False})
        assert badge_count() == 0


class TestVerbs:
    def test_dismiss_resolve_reopen(self) -> None:
        row = make_finding()
        assert (dismiss(row.pk).status, resolve(row.pk).status, reopen(row.pk).status) == (
            "dismissed",
            "resolved",
            "open",
        )
        row.refresh_from_db()
        assert (row.dismissed_at, row.resolved_at) == (None, None)

    @pytest.mark.parametrize("verb", [dismiss, resolve, reopen])
    @pytest.mark.parametrize("key", ["999", "x", ""])
    def test_an_unknown_one_is_not_found(self, verb: object, key: str) -> None:
        with pytest.raises(NotFound, match="violation not found"):
            verb(key)  # type: ignore[operator]

    def test_dismissing_none_dismisses_nothing(self) -> None:
        make_finding()
        assert bulk_dismiss([]) == 0
        assert Violation.objects.get().status == Status.OPEN

    def test_dismissing_many_counts_the_active_ones_among_them(self) -> None:
        open_one, done = make_finding("A"), make_finding("B", status=Status.RESOLVED)
        kept = make_finding("C")
        assert bulk_dismiss([str(open_one.pk), done.pk, "x", 999]) == 1
        kept.refresh_from_db()
        assert kept.status == Status.OPEN

    def test_only_what_was_resolved_a_week_ago_is_cleared(self) -> None:
        now = timezone.now()
        make_finding("Old", status=Status.RESOLVED, resolved_at=now - timedelta(days=8))
        make_finding("New", status=Status.RESOLVED, resolved_at=now - timedelta(days=6))
        make_finding("Open")
        assert clear_resolved() == 1
        assert set(Violation.objects.values_list("artist_name", flat=True)) == {"New", "Open"}

    def test_artists_in_no_library_lose_their_findings_to_dismissal(self) -> None:
        make_finding(artist=make_artist("Housed", library=make_library()), artist_name="Housed")
        lost = make_finding("Lost")
        assert dismiss_orphans() == 1
        lost.refresh_from_db()
        assert lost.status == Status.DISMISSED


class TestExport:
    @pytest.mark.parametrize(
        ("age", "text"),
        [
            (timedelta(seconds=-5), "0m"),
            (timedelta(minutes=59), "59m"),
            (timedelta(hours=3), "3h"),
            (timedelta(hours=47), "1d"),
        ],
    )
    def test_ages_are_short(self, age: timedelta, text: str) -> None:
        assert age_text(age) == text

    def test_rows_have_the_columns_of_the_contract(self) -> None:
        row = make_finding()
        exported = list(export_rows(findings(), row.created_at + timedelta(hours=5)))
        assert exported == [
            {
                "artist_name": "Mara Field",
                "library_name": "",
                "rule_id": "bio_exists",
                "severity": "warning",
                "message": "There is no biography.",
                "status": "open",
                "age": "5h",
            }
        ]


class TestWaiting:
    """The column that lists and counts are narrowed by follows the status, whoever writes it."""

    def test_it_follows_every_decision(self) -> None:
        row = make_finding()
        for decide, waits in ((dismiss, 0), (reopen, 1), (resolve, 0)):
            assert decide(row.pk).waiting == waits
            assert Violation.objects.values_list("waiting", flat=True).get() == waits

    def test_it_follows_what_changes_many(self) -> None:
        row = make_finding()
        bulk_dismiss([row.pk])
        assert not counts().total
        Violation.objects.update(status=Status.PENDING_CHOICE)
        assert counts().total == 1

    def test_a_writer_that_forgets_it_is_refused(self) -> None:
        make_finding()
        with pytest.raises(IntegrityError, match="finding_waits_while_active"), transaction.atomic():
            Violation.objects.update(waiting=0)
