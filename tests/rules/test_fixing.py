"""A fix goes through one door, closes a finding only once evaluation agrees, and can be taken back."""

from pathlib import Path

import pytest
from django.utils import timezone

from artists.models import Artist, Operation
from rules.models import Status, Violation
from rules.services.evaluation import evaluate
from rules.services.fixing import apply_candidate, fix, fix_all, fix_automatic, fixable_findings, undo_fix
from rules.services.rules import update_rule
from stillwater.errors import Gone, Invalid, Locked, NotFound, Unprocessable
from stillwater.models import User
from tests.builders import make_artist, make_library

pytestmark = pytest.mark.django_db
SHOWN = {"url": "https://example.org/a.jpg", "image_type": "thumb"}


@pytest.fixture
def artist(tmp_path: Path) -> Artist:
    """Mara Field, whose folder has no artist.nfo."""
    folder = tmp_path / "music" / "Mara Field"
    folder.mkdir(parents=True)
    artist = make_artist(library=make_library(path=folder.parent), path=str(folder))
    evaluate()
    return artist


def finding_of(rule: str) -> Violation:
    return Violation.objects.get(rule=rule)


def nfo(artist: Artist) -> Path:
    return Path(artist.path) / "artist.nfo"


class TestFix:
    def test_the_missing_nfo_is_written_and_the_finding_closes(self, artist: Artist, operator: User) -> None:
        outcome = fix(finding_of("nfo_exists").pk, actor=operator)
        assert outcome.status == "fixed"
        assert "Mara Field" in nfo(artist).read_text()
        assert finding_of("nfo_exists").status == Status.RESOLVED
        made = Operation.objects.get(pk=outcome.undo_id)
        assert (made.source, made.actor) == ("rule:nfo_exists", operator)

    def test_undo_removes_the_file_and_the_finding_opens_again(self, artist: Artist) -> None:
        outcome = fix(finding_of("nfo_exists").pk)
        undo_fix(outcome.undo_id)
        assert not nfo(artist).exists()
        assert finding_of("nfo_exists").status == Status.OPEN
        with pytest.raises(Gone, match="can no longer be undone"):
            undo_fix(outcome.undo_id)

    @pytest.mark.parametrize("key", ["999", "x", ""])
    def test_an_unknown_undo_is_gone(self, key: str) -> None:
        with pytest.raises(Gone):
            undo_fix(key)

    def test_a_file_that_is_there_is_left_alone(self, artist: Artist) -> None:
        nfo(artist).write_text("<artist><name>By hand</name></artist>")
        outcome = fix(finding_of("nfo_exists").pk)
        assert (outcome.status, outcome.message) == ("failed", "artist.nfo already exists")
        assert nfo(artist).read_text() == "<artist><name>By hand</name></artist>"
        row = finding_of("nfo_exists")
        assert row.status == Status.OPEN
        assert row.story[-1]["what"] == "failed: artist.nfo already exists"

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"status": "dismissed"}, "this violation is dismissed"),
            ({"status": "resolved"}, "this violation is resolved"),
            ({"status": "pending_choice", "candidates": [SHOWN]}, "candidate selection required"),
        ],
    )
    def test_only_open_findings_are_fixed(self, artist: Artist, change: dict[str, object], reason: str) -> None:
        Violation.objects.update(**change)
        outcome = fix(finding_of("nfo_exists").pk)
        assert (outcome.status, outcome.message) == ("failed", reason)
        assert not nfo(artist).exists()

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"locked": True, "locked_at": timezone.now()}, "artist is locked"),
            ({"is_excluded": True}, "artist is excluded"),
        ],
    )
    def test_locked_and_excluded_artists_are_left_alone(
        self, artist: Artist, change: dict[str, object], reason: str
    ) -> None:
        Artist.objects.update(**change)
        assert fix(finding_of("nfo_exists").pk).message == reason
        assert not nfo(artist).exists()

    def test_a_rule_without_a_fix_says_so(self, artist: Artist) -> None:
        assert fix(finding_of("thumb_exists").pk).message == "there is no automatic fix for this rule yet"

    def test_an_unknown_finding_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            fix("999")


class TestFixAll:
    def test_what_can_be_fixed_is_fixed_as_one_group(self, artist: Artist, tmp_path: Path) -> None:
        folder = tmp_path / "music" / "Second"
        folder.mkdir()
        make_artist("Second", library=artist.libraries.first(), path=str(folder))
        evaluate()
        result = fix_all()
        assert (result.total, result.fixed, result.failed) == (2, 2, 0)
        assert Operation.objects.values("group").distinct().count() == 1

    def test_only_those_that_are_named(self, artist: Artist) -> None:
        assert fix_all([]).total == 0
        assert not nfo(artist).exists()
        assert fix_all([str(finding_of("nfo_exists").pk)]).fixed == 1

    def test_findings_of_artists_without_a_library_are_dismissed_first(self, artist: Artist) -> None:
        artist.memberships.all().delete()
        assert fix_all().total == 0
        assert finding_of("nfo_exists").status == Status.DISMISSED

    def test_automatic_fixing_leaves_rules_in_manual_mode(self, artist: Artist) -> None:
        update_rule("nfo_exists", automation_mode="manual")
        assert fix_automatic().total == 0
        update_rule("nfo_exists", automation_mode="auto")
        assert fix_automatic(["bio_exists"]).total == 0
        assert fix_automatic().fixed == 1

    def test_locked_artists_are_not_even_tried(self, artist: Artist) -> None:
        Artist.objects.update(locked=True, locked_at=timezone.now())
        assert fixable_findings() == []


class TestCandidates:
    def test_only_a_finding_that_waits_for_a_choice_takes_one(self, artist: Artist) -> None:
        with pytest.raises(Invalid, match="not waiting for a choice"):
            apply_candidate(finding_of("thumb_exists").pk, SHOWN["url"], "thumb")

    def test_only_what_was_offered_can_be_chosen(self, artist: Artist) -> None:
        Violation.objects.filter(rule="thumb_exists").update(status="pending_choice", candidates=[SHOWN])
        key = finding_of("thumb_exists").pk
        for url, kind in (("https://example.org/b.jpg", "thumb"), (SHOWN["url"], "logo")):
            with pytest.raises(Invalid, match="not among the candidates"):
                apply_candidate(key, url, kind)
        with pytest.raises(Unprocessable):
            apply_candidate(key, SHOWN["url"], "thumb")

    def test_a_locked_artist_takes_none(self, artist: Artist) -> None:
        Violation.objects.filter(rule="thumb_exists").update(status="pending_choice", candidates=[SHOWN])
        Artist.objects.update(locked=True, locked_at=timezone.now())
        with pytest.raises(Locked):
            apply_candidate(finding_of("thumb_exists").pk, SHOWN["url"], "thumb")
