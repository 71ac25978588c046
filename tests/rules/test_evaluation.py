"""Findings open, stay, resolve and open again; people's words survive; older evaluations never win."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from artists.models import Artist
from rules.engine import Pass, apply
from rules.models import HealthSnapshot, RuleSetting, Status, Violation
from rules.services.evaluation import CHUNK, evaluate
from rules.services.rules import active_rules, update_rule
from rules.services.violations import dismiss
from rules.verdicts import bench, dirty_since_last
from stillwater.errors import Conflict, Invalid, NotFound
from stillwater.models import Event
from stillwater.progress import Cancelled
from tests.builders import make_artist, make_image, make_library

pytestmark = pytest.mark.django_db


def only(*rules: str) -> None:
    RuleSetting.objects.exclude(pk__in=rules).update(enabled=False)
    RuleSetting.objects.filter(pk__in=rules).update(enabled=True)


def touch(artist: Artist, **values: object) -> None:
    """What every writer of floor 2 does: the values, and since when they have to be looked at."""
    Artist.objects.filter(pk=artist.pk).update(dirty_since=timezone.now(), **values)


class TestLifecycle:
    def test_a_broken_rule_opens_a_finding_and_mending_resolves_it(self) -> None:
        only("origin_missing")
        artist = make_artist()
        assert evaluate().opened == 1
        touch(artist, origin="Leipzig")
        assert evaluate().resolved == 1
        found = Violation.objects.get()
        assert found.status == Status.RESOLVED
        assert found.resolved_at is not None
        artist.refresh_from_db()
        assert artist.health_score == 100

    def test_a_second_run_changes_nothing(self) -> None:
        make_artist()
        evaluate()
        before = list(Violation.objects.order_by("pk").values())
        result = evaluate(scope="all")
        assert (result.opened, result.resolved) == (0, 0)
        assert list(Violation.objects.order_by("pk").values()) == before

    def test_a_resolved_finding_opens_again_and_remembers_when_it_was_first_seen(self) -> None:
        only("origin_missing")
        artist = make_artist()
        evaluate()
        first = Violation.objects.get()
        touch(artist, origin="Leipzig")
        evaluate()
        touch(artist, origin="")
        assert evaluate().opened == 1
        again = Violation.objects.get()
        assert (again.pk, again.status, again.created_at, again.resolved_at) == (
            first.pk,
            "open",
            first.created_at,
            None,
        )

    def test_a_dismissal_is_sticky_but_its_sentence_follows(self) -> None:
        only("thumb_square")
        artist = make_artist()
        image = make_image(artist, width=600, height=779)
        evaluate()
        dismiss(Violation.objects.get().pk)
        image.width = 500
        image.save()
        touch(artist)
        evaluate()
        found = Violation.objects.get()
        assert found.status == Status.DISMISSED
        assert found.message == "Thumbnail is 500 × 779: ratio 0.64, wanted 1.00 ± 0.10."

    def test_a_dismissed_finding_still_counts_against_the_health(self) -> None:
        only("origin_missing")
        artist = make_artist()
        evaluate()
        dismiss(Violation.objects.get().pk)
        evaluate(scope="all")
        artist.refresh_from_db()
        assert artist.health_score == 0

    def test_a_parked_choice_and_its_candidates_survive(self) -> None:
        only("thumb_exists")
        artist = make_artist()
        evaluate()
        candidates = [{"url": "https://example.org/a.jpg", "image_type": "thumb"}]
        Violation.objects.update(status=Status.PENDING_CHOICE, candidates=candidates)
        touch(artist, name="Mara Fields")
        evaluate()
        evaluate(artists=[artist.pk])
        found = Violation.objects.get()
        assert (found.status, found.candidates, found.artist_name) == ("pending_choice", candidates, "Mara Fields")

    def test_a_changed_threshold_rewrites_the_sentence(self) -> None:
        only("bio_exists")
        make_artist(biography="Sings.")
        evaluate()
        update_rule("bio_exists", config={"min_length": 50, "severity": "info"})
        evaluate()
        found = Violation.objects.get()
        assert found.message == "Biography has 6 characters, wanted at least 50."
        assert (found.severity, found.rank) == ("info", 1)


class TestOrder:
    def test_an_older_evaluation_never_overwrites_a_newer_one(self) -> None:
        only("origin_missing")
        artist = make_artist()
        active = active_rules()
        judges = bench(tuple(active), skip_classical=True)
        started = timezone.now()
        stale = judges.judge([artist.pk])
        touch(artist, origin="Leipzig")
        evaluate(artists=[artist.pk])
        outcome = apply(Pass(judges, 1, started, complete=True), stale)
        assert outcome.outdated == 1
        assert not Violation.objects.exists()
        artist.refresh_from_db()
        assert artist.health_score == 100

    def test_a_change_during_the_pass_leaves_the_artist_dirty(self) -> None:
        artist = make_artist()
        evaluate()
        touch(artist, origin="Leipzig")
        assert list(Artist.objects.filter(dirty_since_last(active_rules()))) == [artist]


class TestWhoIsLookedAt:
    def test_excluded_and_locked_artists_are_skipped_and_keep_what_they_had(self) -> None:
        only("origin_missing")
        artist = make_artist()
        evaluate()
        touch(artist, origin="Leipzig", locked=True, locked_at=timezone.now())
        make_artist("Various", is_excluded=True)
        result = evaluate(scope="all")
        assert (result.processed, result.total) == (0, 0)
        assert Violation.objects.get().status == Status.OPEN

    def test_rules_about_files_do_not_consider_an_artist_without_a_folder(self) -> None:
        only("nfo_exists", "origin_missing")
        artist = make_artist(origin="Leipzig")
        evaluate()
        artist.refresh_from_db()
        assert artist.health_score == 100

    def test_incremental_looks_only_at_what_changed(self) -> None:
        first, second = make_artist("First"), make_artist("Second")
        evaluate()
        touch(second)
        result = evaluate()
        assert (result.processed, result.total, result.skipped) == (1, 2, 1)
        assert evaluate(scope="all").processed == 2
        assert first.pk != second.pk

    def test_a_run_of_one_rule_leaves_the_artists_dirty_for_the_others(self) -> None:
        artist = make_artist()
        result = evaluate(["bio_exists"])
        assert (result.found, result.opened) == (1, 1)
        artist.refresh_from_db()
        assert artist.rules_evaluated_at is None
        assert artist.health_evaluated_at is not None
        assert evaluate().processed == 1

    @pytest.mark.parametrize("values", [{"is_classical": True}, {}])
    def test_classical_artists_are_left_out_in_mode_skip(self, values: dict[str, bool]) -> None:
        library = make_library(type="regular" if values else "classical")
        artist = make_artist(library=library, **values)
        evaluate()
        artist.refresh_from_db()
        assert artist.health_score == 100
        assert not Violation.objects.exists()

    def test_more_artists_than_one_chunk(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("rules.services.evaluation.CHUNK", 2)
        monkeypatch.setattr("rules.engine.SLICE", 1)
        only("origin_missing")
        for number in range(5):
            make_artist(f"Artist {number}")
        seen: list[int] = []
        assert evaluate(progress=lambda done, _total, _message="": seen.append(done)).opened == 5
        assert seen == [0, 2, 4, 5]
        assert CHUNK > 2

    def test_a_cancelled_run_keeps_what_is_done_and_leaves_the_rest_dirty(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("rules.services.evaluation.CHUNK", 1)
        only("origin_missing")
        make_artist("First")
        make_artist("Second")

        def stop_after_one(done: int, _total: int | None, _message: str = "") -> None:
            if done:
                raise Cancelled

        with pytest.raises(Cancelled):
            evaluate(progress=stop_after_one)
        assert Violation.objects.count() == 1
        assert evaluate().processed == 1

    def test_refusals(self) -> None:
        update_rule("thumb_exists", enabled=False)
        with pytest.raises(Invalid, match="scope must be one of incremental, all"):
            evaluate(scope="some")
        with pytest.raises(NotFound, match="rule not found"):
            evaluate(["shoe_size"])
        with pytest.raises(Conflict, match="switched off"):
            evaluate(["thumb_exists"])


class TestEvents:
    def test_each_new_finding_is_told(self, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
        only("origin_missing")
        artist = make_artist()
        with django_capture_on_commit_callbacks(execute=True):
            evaluate()
        told = Event.objects.get(name="rule.violation").payload
        assert told["artist_id"] == str(artist.pk)
        assert told["violation_id"] == str(Violation.objects.get().pk)
        assert told["message"] == "Origin is empty."

    def test_a_flood_becomes_one_digest(
        self, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        monkeypatch.setattr("rules.services.evaluation.MOST_EVENTS", 2)
        only("origin_missing")
        for number in range(3):
            make_artist(f"Artist {number}")
        with django_capture_on_commit_callbacks(execute=True):
            evaluate()
        assert Event.objects.get(name="rule.violation").payload["count"] == 3

    def test_a_run_remembers_the_health_once_a_minute(self) -> None:
        library = make_library()
        make_artist(library=library)
        evaluate()
        evaluate(scope="all")
        assert set(HealthSnapshot.objects.values_list("library", flat=True)) == {None, library.pk}
        HealthSnapshot.objects.update(recorded_at=timezone.now() - timedelta(minutes=2))
        evaluate(scope="all")
        assert HealthSnapshot.objects.count() == 4


class TestQueries:
    @pytest.mark.parametrize("count", [1, 30])
    def test_they_do_not_grow_with_the_artists(
        self, count: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(count):
            make_artist(f"Artist {number}")
        evaluate()
        with django_assert_num_queries(12):
            evaluate(scope="all")
