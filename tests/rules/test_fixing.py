"""A fix goes through one door, closes a finding only once evaluation agrees, and can be taken back."""

from pathlib import Path

import pytest
from django.utils import timezone

from artists.models import Artist, Operation
from rules.models import Status, Violation
from rules.services.evaluation import evaluate
from rules.services.fixing import fix, undo_fix
from rules.services.fixing_many import fix_all, fix_automatic, fixable_findings
from rules.services.rules import update_rule
from stillwater.errors import Gone, NotFound
from stillwater.models import User
from tests.builders import make_artist

pytestmark = pytest.mark.django_db
SHOWN = {"url": "https://example.org/a.jpg", "image_type": "thumb"}


@pytest.fixture
def artist(mara: Artist) -> Artist:
    """Mara Field, whose folder has no artist.nfo."""
    evaluate()
    return mara


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
        update_rule("artist_id_mismatch", enabled=True)
        Artist.objects.update(folder_similarity=0.1)
        evaluate()
        outcome = fix(finding_of("artist_id_mismatch").pk)
        assert (outcome.message, outcome.code) == ("there is no automatic fix for this rule", "no_fix")

    def test_an_unknown_finding_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            fix("999")


class TestFixAll:
    def test_what_can_be_fixed_is_fixed_as_one_group(self, artist: Artist, tmp_path: Path) -> None:
        folder = tmp_path / "music" / "Second"
        folder.mkdir()
        make_artist("Second", library=artist.libraries.first(), path=str(folder))
        evaluate()
        result = fix_all(Violation.objects.filter(rule="nfo_exists").values_list("pk", flat=True))
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
        assert fix_automatic(["nfo_exists"]).total == 0
        update_rule("nfo_exists", automation_mode="auto")
        assert fix_automatic(["metadata_quality"]).total == 0
        assert fix_automatic(["nfo_exists"]).fixed == 1

    def test_locked_artists_are_not_even_tried(self, artist: Artist) -> None:
        Artist.objects.update(locked=True, locked_at=timezone.now())
        assert fixable_findings() == []
